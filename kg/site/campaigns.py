"""The pages of campaigns: a page a series, with its editions, who runs them, and what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from kg.site.corpus import Drive, Figure, Part
from kg.site.outline import Outline, Page, Plan, Section, series_slug
from kg.site.tables import Cell, Table


def campaign_pages(outline: Outline) -> Iterator[Page | Plan]:
    """Give the list of series, and a page each."""
    words, corpus = outline.words, outline.corpus
    editions: dict[str, list[Drive]] = defaultdict(list)
    parts: dict[str, list[Part]] = defaultdict(list)
    figures: dict[str, list[Figure]] = defaultdict(list)
    for drive in corpus.drives.values():
        editions[drive.series].append(drive)
    for part in corpus.parts:
        if part.campaign:
            parts[outline.series_of(part.campaign)].append(part)
    for figure in corpus.figures:
        if figure.campaign:
            figures[outline.series_of(figure.campaign)].append(figure)
    rows = []
    for series in sorted(editions, key=lambda iri: (corpus.series.get(iri, ""), iri)):
        agencies = {one.agency for one in (*parts[series], *figures[series]) if one.agency}
        regions = {outline.region(one) for one in agencies} - {""}
        name = Cell(corpus.series.get(series, ""), outline.series_href(series, ""), True)
        counts = (len(editions[series]), len(agencies), len(regions), len(figures[series]))
        rows.append((name, *(Cell(str(count) if count else "", sort=str(count)) for count in counts)))
        lay_out = partial(_page, outline, series, editions[series], parts[series], figures[series])
        yield Plan(outline.series_href(series, ""), lay_out)
    rows.sort(key=lambda row: (-int(row[2].sort), row[0].text))
    names = ("editions", "bureaus", "regions", "figures")
    columns = (outline.column("campaign"), *(outline.column(name, "number") for name in names))
    table = Table(
        words("campaigns.caption", count=len(rows)), columns, tuple(rows), True, filtered=words("site.filter")
    )
    yield Page(
        "campaigns.html", words("nav.campaigns"), words("campaigns.lead"), (Section(table=table),), here="campaigns"
    )


def _page(outline: Outline, series: str, editions: list[Drive], parts: list[Part], figures: list[Figure]) -> Page:
    words, root = outline.words, "../"
    name = outline.corpus.series.get(series, "")
    sections = []
    others = [one for one in sorted(editions, key=lambda one: (one.edition, one.name)) if one.name != name]
    if others:
        chips = tuple((one.name + (f" ({one.edition})" if one.edition else ""), "", True) for one in others)
        sections.append(Section(words("campaigns.editions"), "editions", chips=chips))
    if parts:
        rows = tuple(
            (outline.agency_cell(one.agency, root), Cell(outline.region(one.agency), chinese=True),
             Cell(outline.corpus.drives[one.campaign].name, chinese=True),
             Cell(outline.days(one.period), sort="/".join(one.period)), outline.words_cell(one, root))
            for one in sorted(parts, key=lambda one: (outline.region(one.agency), one.agency, one.period, one.key))
        )  # fmt: skip
        names = ("agency", "region", "called", "period")
        columns = (*(outline.column(one) for one in names), outline.column("quote", "quote"))
        filtered = words("site.filter") if len(rows) > 8 else ""
        table = Table(words("campaigns.who", name=name), columns, rows, filtered=filtered)
        sections.append(Section(words("campaigns.who_heading"), "who", table=table))
    if figures:
        ordered = sorted(figures, key=lambda one: (one.agency, one.period, one.key))
        columns_ = ("agency", "indicator", "value", "period", "against", "scope", "quote")
        table = outline.figures_table(words("campaigns.outcomes", name=name), ordered, root, *columns_)
        sections.append(
            Section(words("campaigns.outcomes_heading"), "outcomes", words("site.claims_note"), table=table)
        )
    crumbs = ((words("nav.campaigns"), f"{root}campaigns.html"),)
    return Page(
        f"campaign/{series_slug(series)}.html", name, "", tuple(sections), (), "campaigns", crumbs, chinese=True
    )
