"""The pages of indicators: bureaus side by side, and only what may be compared on one chart.

Figures meet in a group when kind, quantity, comparison, scope and campaign are the same, when their periods are of one
length and their baselines lie equally far back, and, for counts and sums of money, when their bureaus stand at one
level: a province's total says nothing beside a county's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from kg.site.agencies import LEVELS, length_of
from kg.site.corpus import Figure
from kg.site.outline import Chart, Outline, Page, Plan, Section
from kg.site.tables import Cell, Table

_SIZED = frozenset({"count", "money"})
Key = tuple[str, ...]


def indicator_pages(outline: Outline) -> Iterator[Page | Plan]:
    """Give the list of indicators, a page each, and the page of figures that no concept names."""
    words = outline.words
    rows = []
    for (subject, aspect), figures in outline.measured.items():
        agencies = {one.agency for one in figures if one.agency}
        years = sorted({one.period[1][:4] for one in figures if one.period[1]})
        span = words.days(f"{years[0]}-01-01", f"{years[-1]}-12-31") if years else words("period.unknown")
        href = outline.what_href(subject, aspect, "")
        topics = [outline.topic_name(outline.corpus.topics[iri]) for iri in (subject, aspect)]
        rows.append(
            (
                Cell(topics[0], href),
                Cell(topics[1], href),
                Cell(str(len(agencies))),
                Cell(str(len(figures))),
                Cell(span),
            )
        )
        yield Plan(href, partial(_page, outline, subject, aspect, figures))
    rows.sort(key=lambda row: (-int(row[2].text), -int(row[3].text), row[0].text, row[1].text))
    columns = (
        outline.column("subject"),
        outline.column("aspect"),
        outline.column("bureaus", "number"),
        outline.column("figures", "number"),
        outline.column("years"),
    )
    table = Table(
        words("indicators.caption", count=len(rows)), columns, tuple(rows), True, filtered=words("site.filter")
    )
    other = [one for one in outline.corpus.figures if (one.subject, one.aspect) not in outline.measured]
    links = ((words("indicators.other", count=len(other)), "indicator/other.html", False, ""),) if other else ()
    sections = (Section(table=table), Section(links=links)) if links else (Section(table=table),)
    yield Page("indicators.html", words("nav.indicators"), words("indicators.lead"), sections, here="indicators")
    if other:
        yield _other(outline, other)


_COLUMNS = ("agency", "indicator", "value", "period", "against", "scope", "streak", "campaign", "quote")


def _other(outline: Outline, figures: Sequence[Figure]) -> Page:
    words = outline.words
    ordered = sorted(figures, key=lambda one: (one.indicator, one.period, one.key))
    table = outline.figures_table(words("indicators.other_caption"), ordered, "../", *_COLUMNS)
    title = words("indicators.other", count=len(figures))
    crumbs = ((words("nav.indicators"), "../indicators.html"),)
    return Page("indicator/other.html", title, "", (Section(table=table),), here="indicators", crumbs=crumbs)


def _page(outline: Outline, subject: str, aspect: str, figures: Sequence[Figure]) -> Page:
    words = outline.words
    groups: dict[Key, list[Figure]] = defaultdict(list)
    alone: list[Figure] = []
    for figure in figures:
        key = _key(outline, figure)
        groups[key].append(figure) if key else alone.append(figure)
    many = sorted(
        ((key, some) for key, some in groups.items() if len({one.agency for one in some}) > 1),
        key=lambda item: (-len(item[1]), item[0]),
    )
    kept = {key for key, _ in many}
    alone += [one for key, some in groups.items() if key not in kept for one in some]
    sections = [_group(outline, key, some, number) for number, (key, some) in enumerate(many, 1)]
    if alone:
        table = outline.figures_table(words("indicators.alone"), sorted(alone, key=_place), "../", *_COLUMNS)
        heading = words("indicators.alone") if many else ""
        sections.append(Section(heading, "alone", words("indicators.alone_note"), table=table))
    title = outline.what(subject, aspect)
    crumbs = ((words("nav.indicators"), "../indicators.html"),)
    path = outline.what_href(subject, aspect, "")
    return Page(path, title, words("indicators.page_lead"), tuple(sections), here="indicators", crumbs=crumbs)


def _key(outline: Outline, figure: Figure) -> Key:
    """Return what figures share that may stand on one chart; nothing where agency, days or value are not known."""
    agency = outline.corpus.agencies.get(figure.agency)
    if not figure.alike or agency is None or figure.value is None:
        return ()
    level = agency.level if figure.kind in _SIZED else ""
    _, kind, quantity, comparison, _, scope, series = figure.alike
    back = _back(figure)
    if back == "1":
        comparison, back = "yoy", ""
    return (kind, quantity, comparison, back, scope, series, level, length_of(*figure.period))


def _back(figure: Figure) -> str:
    """Return how far back the baseline lies: in years where it is the same part of a year, else its days."""
    start, end = figure.baseline
    if not start:
        return ""
    same = length_of(start, end) == length_of(*figure.period) and start[5:7] == figure.period[0][5:7]
    years = int(figure.period[0][:4]) - int(start[:4])
    return str(years) if same and years > 0 else f"{start}/{end}"


def _place(figure: Figure) -> tuple[object, ...]:
    return (figure.kind, figure.agency, figure.period, figure.key)


def _group(outline: Outline, key: Key, figures: Sequence[Figure], number: int) -> Section:
    words = outline.words
    kind, _, comparison, back, scope, series, level, months = key
    unit = figures[0].unit
    parts = [
        words.of("kind", kind),
        unit,
        words("indicators.year") if months == "12" else words("indicators.months", count=months),
        words.of("level", level) if level in LEVELS and level else "",
        words("indicators.against", what=_against(outline, comparison, back)) if comparison else "",
        scope,
        series,
    ]
    heading = " · ".join(filter(None, parts))
    ordered = sorted(
        figures, key=lambda one: (-float(one.value or 0) * (-1 if one.direction == "down" else 1), _place(one))
    )
    # Figures that meet here may be worded otherwise: cases of the year and old ones are both cases solved.
    worded = len({one.indicator for one in ordered}) > 1
    labelled = ((one, _label(outline, one, one.indicator if worded else "")) for one in ordered)
    points = tuple(p for one, label in labelled if (p := outline.point(one, label)))
    caption = words("indicators.chart", what=outline.what(figures[0].subject, figures[0].aspect), how=heading)
    if len(points) > 40:
        caption = words.sentences(caption, words("indicators.cut", count=40))
    chart = Chart(points[:40], False, heading, caption, len({one.agency for one in figures}))
    table = outline.figures_table(caption, ordered, "../", *_COLUMNS)
    return Section(heading, f"group-{number}", "", chart=chart, table=table)


def _label(outline: Outline, figure: Figure, indicator: str) -> str:
    return " · ".join(filter(None, (outline.agency_name(figure.agency), outline.days(figure.period), indicator)))


def _against(outline: Outline, comparison: str, back: str) -> str:
    if back.isdigit():
        return outline.words("indicators.earlier", years=back)
    start, _, end = back.partition("/")
    return outline.days((start, end)) if back else outline.words.of("comparison", comparison)
