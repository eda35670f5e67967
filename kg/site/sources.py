"""The pages of articles: what each claims, in the order of its text, with the words; the text only if asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from kg.pages.article import Marked
from kg.site.corpus import Award, Claim, Figure, Source
from kg.site.outline import Outline, Page, Plan, Section
from kg.site.tables import Cell, Column, Table, listed

Reader = Callable[[str, str], Marked | None]
"""Gives an article's text with its marks, by id and language; nothing where it is not to be shown."""


def source_pages(outline: Outline, reader: Reader | None = None) -> Iterator[Page | Plan]:
    """Give the list of articles, and a page each: laid out where it shows what ``reader`` gives."""
    words = outline.words
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in outline.corpus.claims():
        claims[claim.article].append(claim)
    sources = sorted(outline.corpus.sources.values(), key=lambda one: (one.published, one.id), reverse=True)
    rows = tuple(
        (Cell(one.title, outline.source_href(one, ""), True), Cell(one.published), Cell(one.outlet, chinese=True),
         Cell(str(len(claims[one.iri]))))
        for one in sources
    )  # fmt: skip
    names = (
        outline.column("article"),
        outline.column("published"),
        outline.column("outlet"),
        outline.column("claims", "number"),
    )
    table = Table(words("articles.caption", count=len(rows)), names, rows, True, filtered=words("site.filter"))
    yield Page("articles.html", words("nav.articles"), words("articles.lead"), (Section(table=table),), here="index")
    for source in sources:
        lay_out = partial(_page, outline, source, claims[source.iri], reader)
        yield lay_out() if reader else Plan(outline.source_href(source, ""), lay_out)


def _page(outline: Outline, source: Source, claims: list[Claim], reader: Reader | None) -> Page:
    words, root = outline.words, "../"
    ordered = sorted(claims, key=lambda one: (one.start, one.key))
    marked = reader(source.id, words.language) if reader else None
    known = outline.corpus.agencies
    agencies = sorted({one.agency for one in ordered if one.agency in known})
    agencies.sort(key=outline.agency_name)
    chips = tuple((outline.agency_name(iri), outline.agency_href(iri, root), True) for iri in agencies)
    lead = " · ".join(
        filter(
            None,
            (source.id, _dated(outline, source), words("page.outlet", outlet=source.outlet) if source.outlet else ""),
        )
    )
    rows = tuple(_row(outline, claim, root) for claim in ordered)
    columns = (
        outline.column("quote", "quote"),
        Column(words("column.type")),
        outline.column("what"),
        Column(words("column.value")),
        outline.column("agency"),
        outline.column("period"),
    )
    table = Table(words("articles.claims_caption", count=len(rows)), columns, rows, filtered=words("site.filter"))
    note = "" if marked else words("articles.no_text")
    sections = (
        Section(words("bureau.family_of_article"), "bureaus", chips=chips),
        Section(words("articles.claims"), "claims", note, table=table),
    )
    crumbs = ((words("nav.articles"), f"{root}articles.html"),)
    items = listed((claim.key, row) for claim, row in zip(ordered, rows, strict=True))
    more: Mapping[str, object] = {"marked": marked, "claims": items}
    path = outline.source_href(source, "")
    return Page(path, source.title, lead, sections, (), "index", crumbs, True, "source.html", more)


def _dated(outline: Outline, source: Source) -> str:
    words = outline.words
    if not source.published:
        return words("page.undated")
    said = words("page.published", day=source.published)
    return f"{said} ({words('page.deduced')})" if source.deduced else said


def _row(outline: Outline, claim: Claim, root: str) -> tuple[Cell, ...]:
    words = outline.words
    if isinstance(claim, Figure):
        type_, what, value = "Metric", outline.figure_cells(claim, root, "indicator")[0], outline.amount(claim)
    elif isinstance(claim, Award):
        type_, what, value = "Honor", Cell(claim.title, chinese=True), words.of("award_level", claim.level or "none")
    else:
        type_, what, value = "Campaign", outline.campaign_cell(claim.campaign, root), ""
    return (
        Cell(claim.quote, f"#{claim.key}", True, style="quote"),
        Cell(words.of("type", type_)),
        what,
        Cell(value),
        outline.agency_cell(claim.agency, root) if claim.agency else Cell(words("value.unknown_bureau")),
        Cell(outline.days(claim.period), sort="/".join(claim.period)),
    )
