"""The pages of bureaus: their list, and one page each with what it claims, over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from kg.site.corpus import Agency, Figure
from kg.site.honors import awards_table
from kg.site.outline import Chart, Outline, Page, Pair, Plan, Section
from kg.site.tables import Cell, Table

LEVELS = ("ministry", "province", "prefecture", "county", "station", "unit", "")
_LAST = "\uffff"  # stands behind every name, Chinese ones too


def agency_pages(outline: Outline, pairs: Mapping[str, Sequence[Pair]]) -> Iterator[Page | Plan]:
    """Give the list of bureaus and their pages; ``pairs`` are contradictions by agency."""
    yield _list(outline)
    for iri in sorted(outline.shown):
        agency, its = outline.corpus.agencies[iri], tuple(pairs.get(iri, ()))
        yield Plan(_path(agency), partial(_page, outline, agency, its), repr(its))


def _list(outline: Outline) -> Page:
    words = outline.words
    rows = []
    shown = [outline.corpus.agencies[iri] for iri in outline.shown]
    for agency in sorted(shown, key=lambda one: (one.region or _LAST, _rank(one), one.name, one.iri)):
        counts = [len(some.get(agency.iri, ())) for some in (outline.figures_of, outline.awards_of, outline.parts_of)]
        cells = [Cell(str(count) if count else "", sort=str(count)) for count in counts]
        name = Cell(agency.name, outline.agency_href(agency.iri, ""), True)
        region = Cell(outline.region(agency.iri), chinese=True)
        level = Cell(words.of("level", agency.level), sort=str(_rank(agency)))
        rows.append((name, region, level, *cells))
    columns = (
        outline.column("agency"),
        outline.column("region"),
        outline.column("level"),
        outline.column("figures", "number"),
        outline.column("honors", "number"),
        outline.column("campaigns", "number"),
    )
    table = Table(words("bureaus.caption", count=len(rows)), columns, tuple(rows), True, filtered=words("site.filter"))
    return Page("bureaus.html", words("nav.bureaus"), words("bureaus.lead"), (Section(table=table),), here="bureaus")


def _rank(agency: Agency) -> int:
    return LEVELS.index(agency.level) if agency.level in LEVELS else len(LEVELS)


def _page(outline: Outline, agency: Agency, pairs: Sequence[Pair]) -> Page:
    words, root = outline.words, "../"
    figures = sorted(outline.figures_of.get(agency.iri, ()), key=lambda one: (_what(outline, one), one.period, one.key))
    awards, parts = outline.awards_of.get(agency.iri, ()), outline.parts_of.get(agency.iri, ())
    sections = [*_about(outline, agency, root), *_trends(outline, figures)]
    if figures:
        names = ("indicator", "value", "period", "against", "scope", "streak", "campaign", "quote")
        caption = words("bureau.figures_caption", name=agency.name)
        table = outline.figures_table(caption, figures, root, *names)
        sections.append(Section(words("bureau.figures"), "figures", words("site.claims_note"), table=table))
    if awards:
        table = awards_table(outline, words("bureau.honors_caption", name=agency.name), awards, root, agency=False)
        sections.append(Section(words("nav.honors"), "honors", table=table))
    if parts:
        rows = tuple(
            (outline.campaign_cell(one.campaign, root), Cell(outline.days(one.period), sort="/".join(one.period)),
             outline.words_cell(one, root))
            for one in sorted(parts, key=lambda one: (one.period, one.key))
        )  # fmt: skip
        columns = (outline.column("campaign"), outline.column("period"), outline.column("quote", "quote"))
        table = Table(words("bureau.campaigns_caption", name=agency.name), columns, rows)
        sections.append(Section(words("nav.campaigns"), "campaigns", table=table))
    if pairs:
        sections.append(Section(words("nav.contradictions"), "contradictions", pairs=tuple(pairs)))
    if not (figures or awards or parts):
        sections.append(Section(note=words("bureau.silent")))
    counts = {
        "figures": len(figures),
        "honors": len(awards),
        "campaigns": len(parts),
        "articles": _articles(outline, agency),
    }
    tiles = tuple((f"{count:,}", words(f"column.{name}")) for name, count in counts.items() if count)
    crumbs = ((words("nav.bureaus"), f"{root}bureaus.html"),)
    return Page(_path(agency), agency.name, "", tuple(sections), tiles, "bureaus", crumbs, chinese=True)


def _path(agency: Agency) -> str:
    return f"bureau/{agency.slug}.html"


def _articles(outline: Outline, agency: Agency) -> int:
    some = (outline.figures_of, outline.awards_of, outline.parts_of)
    return len({claim.article for claims in some for claim in claims.get(agency.iri, ())})


def _what(outline: Outline, figure: Figure) -> tuple[str, ...]:
    topics = outline.corpus.topics
    names = tuple(outline.topic_name(topics.get(iri)) for iri in (figure.subject, figure.aspect))
    return (*(names if all(names) else (_LAST, _LAST)), figure.kind, figure.indicator)


def _about(outline: Outline, agency: Agency, root: str) -> Iterator[Section]:
    words = outline.words
    said = [
        words.of("level", agency.level),
        outline.region(agency.iri) if agency.level != "province" else "",
        *agency.other_names,
    ]
    note = " · ".join(filter(None, said))
    above = outline.corpus.agencies.get(agency.parent)
    chips = []
    if above:
        chips.append((words("bureau.above", name=above.name), outline.agency_href(above.iri, root), False))
    below = sorted(outline.children_of.get(agency.iri, ()), key=lambda one: (one.iri not in outline.shown, one.name))
    chips += [(one.name, outline.agency_href(one.iri, root), True) for one in below]
    heading = words("bureau.family") if chips else ""
    yield Section(heading, "family", note, tuple(chips))


def _trends(outline: Outline, figures: Sequence[Figure]) -> Iterator[Section]:
    """Give a chart for what the bureau reports alike for several periods; nothing else is joined by a line."""
    words = outline.words
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.alike and figure.value is not None and figure.period[0]:
            groups[(figure.subject, figure.aspect, *figure.alike, _length(figure))].append(figure)
    ranked = sorted(
        (some for some in groups.values() if len({one.period for one in some}) > 1 and _one_a_period(some)),
        key=lambda some: (-len(some), some[0].indicator),
    )
    for some in ranked[:4]:
        ordered = sorted(some, key=lambda one: one.period)
        points = tuple(p for one in ordered if (p := outline.point(one, outline.days(one.period))))
        what = (
            outline.what(some[0].subject, some[0].aspect) if some[0].subject and some[0].aspect else some[0].indicator
        )
        axis = " · ".join(filter(None, (what, words.of("kind", some[0].kind), some[0].unit, some[0].scope)))
        yield Section(what, "", chart=Chart(points, True, axis, words("bureau.trend", what=what), len(points)))


def _one_a_period(figures: Sequence[Figure]) -> bool:
    """Tell whether no two numbers of one period compete: a line would have to choose between them."""
    return len({one.period for one in figures}) == len({(one.period, one.value, one.bound) for one in figures})


def _length(figure: Figure) -> str:
    """Return how long a period is, roughly: figures for a year and for a quarter are no series."""
    start, end = figure.period
    return length_of(start, end)


def length_of(start: str, end: str) -> str:
    """Return "year" for whole years, else the number of months.

    >>> length_of("2020-01-01", "2020-12-31"), length_of("2020-01-01", "2020-09-06")
    ('12', '9')
    """
    months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7]) + 1
    return str(months)
