"""The pages of honors: how many of which level in which year, and a page for each year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.facts.jsonl import AWARD_LEVELS
from kg.site.corpus import Award
from kg.site.outline import Outline, Page, Section
from kg.site.tables import Cell, Column, Table

_LEVELS = (*AWARD_LEVELS, "")


def honor_pages(outline: Outline) -> Iterator[Page]:
    """Give the overview of honors by level and year, and the list of each year."""
    words = outline.words
    by_year: dict[str, list[Award]] = {}
    for award in outline.corpus.awards:
        by_year.setdefault(_year(award), []).append(award)
    years = sorted(by_year, reverse=True)
    rows = tuple(_year_row(outline, year, by_year[year]) for year in years)
    levels = (Column(_level(outline, one), "number") for one in _LEVELS)
    columns = (outline.column("year"), *levels, outline.column("all", "number"))
    table = Table(words("honors.caption"), columns, rows, headed=True)
    sections = (Section(table=table, note=words("honors.note")),)
    yield Page("honors.html", words("nav.honors"), words("honors.lead"), sections, here="honors")
    for year in years:
        shown = year or words("period.unknown")
        table = awards_table(outline, words("honors.year_caption", year=shown), by_year[year], "../")
        title = words("honors.year", year=shown)
        crumbs = ((words("nav.honors"), "../honors.html"),)
        yield Page(_path(year), title, "", (Section(table=table),), here="honors", crumbs=crumbs)


def _path(year: str) -> str:
    return f"honors/{year or 'undated'}.html"


def _year(award: Award) -> str:
    return award.period[1][:4]


def _level(outline: Outline, level: str) -> str:
    return outline.words.of("award_level", level or "none")


def _year_row(outline: Outline, year: str, awards: list[Award]) -> tuple[Cell, ...]:
    counts = Counter(award.level for award in awards)
    name = Cell(year or outline.words("period.unknown"), _path(year))
    levels = (Cell(str(counts[level]) if counts[level] else "", sort=str(counts[level])) for level in _LEVELS)
    return (name, *levels, Cell(str(len(awards))))


def awards_table(outline: Outline, caption: str, awards: Iterable[Award], root: str, *, agency: bool = True) -> Table:
    """Return a table of honors, by period; ``agency`` adds whose they are."""
    words = outline.words
    rows = []
    for one in sorted(
        awards, key=lambda one: (one.period, _LEVELS.index(one.level) if one.level in _LEVELS else 9, one.key)
    ):
        own = (outline.agency_cell(one.agency, root),) if agency else ()
        times = words("value.times", count=one.times) if one.times else ""
        rows.append(
            (
                *own,
                Cell(one.title, chinese=True),
                Cell(_level(outline, one.level), sort=str(_LEVELS.index(one.level) if one.level in _LEVELS else 9)),
                Cell(one.recipient, chinese=True),
                Cell(words.of("recipient_kind", one.recipient_kind)),
                Cell(outline.days(one.period), sort="/".join(one.period)),
                Cell(" ".join(filter(None, (one.streak, times)))),
                outline.words_cell(one, root),
            )
        )
    columns = (
        *((outline.column("agency"),) if agency else ()),
        outline.column("title"),
        outline.column("level"),
        outline.column("recipient"),
        outline.column("recipient_kind"),
        outline.column("period"),
        outline.column("streak"),
        outline.column("quote", "quote"),
    )
    filtered = words("site.filter") if len(rows) > 8 else ""
    return Table(caption, columns, tuple(rows), filtered=filtered)
