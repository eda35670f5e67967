"""Where claims do not go together, with the words of both sides; and what the gate says of each article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.gate import SEVERITIES, Finding, Report
from kg.site.corpus import Source
from kg.site.outline import Outline, Page, Pair, Section
from kg.site.tables import Cell, Table

_OTHERS = re.compile(r"^(?P<expected>.*?) ?\((?P<others>.*)\)$", re.DOTALL)
_MOST = 400


def contradictions(outline: Outline, report: Report) -> Mapping[str, list[tuple[str, Pair]]]:
    """Return by agency what claims of its do not go together: the check, and both sides."""
    sources = {source.id: source for source in outline.corpus.sources.values()}
    claims = {figure.iri: figure for figure in outline.corpus.figures}
    found: dict[str, list[tuple[str, Pair]]] = defaultdict(list)
    for finding in report.findings:
        figure = claims.get(finding.focus)
        if figure is not None and finding.constraint != "agreement":
            found[figure.agency].append((finding.constraint, _pair(outline, finding, sources)))
    return found


def _pair(outline: Outline, finding: Finding, sources: Mapping[str, Source]) -> Pair:
    words = outline.words
    expected = finding.expected_zh if words.language == "zh" else finding.expected_en
    match = _OTHERS.match(expected)
    own = finding.place.article if finding.place else ""
    sides = [_side(own, finding.found, sources)]
    for one in match["others"].split("; ") if match else ():
        article, _, said = one.partition(": ")
        sides.append(_side(article, said, sources))
    message = words("contradictions.expected", what=match["expected"] if match else expected)
    title = re.sub(r"^Metric ", "", finding.fact)
    return Pair(title, words.of("severity", finding.severity), finding.severity, message, tuple(sides))


def _side(article: str, said: str, sources: Mapping[str, Source]) -> tuple[str, str, str]:
    source = sources.get(article)
    return said, source.title if source else article, f"article/{source.slug}.html" if source else ""


def rooted(pair: Pair, root: str) -> Pair:
    """Return a pair whose links lead from a page below."""
    sides = tuple((said, title, f"{root}{href}" if href else "") for said, title, href in pair.sides)
    return Pair(pair.title, pair.grade, pair.severity, pair.message, sides)


def contradictions_page(outline: Outline, found: Mapping[str, Sequence[tuple[str, Pair]]]) -> Page:
    """Return the page of contradictions, by check."""
    words = outline.words
    by_check: dict[str, list[tuple[str, Pair]]] = defaultdict(list)
    for agency, some in found.items():
        for check, pair in some:
            by_check[check].append((agency, pair))
    sections = []
    for check in sorted(by_check, key=lambda one: (one != "contradiction", one)):
        some = sorted(by_check[check], key=lambda one: (outline.agency_name(one[0]), one[1].title))
        pairs = tuple(_named(outline, agency, pair) for agency, pair in some[:_MOST])
        note = words("contradictions.cut", count=_MOST) if len(some) > _MOST else words.of("check_note", check)
        sections.append(Section(f"{words.of('check', check)} ({len(some)})", check, note, pairs=pairs))
    if not sections:
        sections.append(Section(note=words("contradictions.none")))
    title, lead = words("nav.contradictions"), words("contradictions.lead")
    return Page("contradictions.html", title, lead, tuple(sections), here="contradictions")


def _named(outline: Outline, agency: str, pair: Pair) -> Pair:
    return Pair(f"{outline.agency_name(agency)} {pair.title}", pair.grade, pair.severity, pair.message, pair.sides)


def gate_page(outline: Outline, report: Report) -> Page:
    """Return what the gate says: by shape, by article, and which articles it refused."""
    words = outline.words
    sources = {source.id: source for source in outline.corpus.sources.values()}
    counts = Counter((finding.severity, finding.shape, finding.constraint) for finding in report.findings)
    tiles = [(f"{len(report.articles):,}", words("gate.articles")), (f"{report.facts:,}", words("gate.facts"))]
    tiles += [(f"{len(report.of(one)):,}", words.of("severities", one)) for one in SEVERITIES]
    sections = []
    if outline.corpus.refused:
        told = outline.corpus.refused.items()
        rows = tuple((Cell(id), Cell(reason)) for id, reasons in told for reason in reasons[words.language])
        table = Table(words("gate.refused_caption"), (outline.column("article"), outline.column("reason")), rows)
        sections.append(Section(words("gate.refused"), "refused", words("gate.refused_note"), table=table))
    ranked = sorted(counts.items(), key=lambda item: (SEVERITIES.index(item[0][0]), -item[1], item[0]))
    summed = tuple(
        (Cell(words.of("severity", grade)), Cell(shape), Cell(constraint), Cell(str(count)))
        for (grade, shape, constraint), count in ranked
    )
    names = ("severity", "shape", "constraint")
    if summed:
        columns = (*(outline.column(name) for name in names), outline.column("count", "number"))
        table = Table(words("gate.caption"), columns, summed)
        sections.append(Section(words("gate.by_shape"), "shapes", table=table))
    sections += list(_by_article(outline, report, sources))
    looked = tuple((Cell(shape), Cell(f"{count:,}", sort=str(count))) for shape, count in report.focus.items())
    table = Table(words("gate.looked_caption"), (outline.column("shape"), outline.column("nodes", "number")), looked)
    sections.append(Section(words("gate.looked"), "looked", words("gate.looked_note"), table=table))
    return Page("gate.html", words("nav.gate"), words("gate.lead"), tuple(sections), tuple(tiles), "gate")


def _by_article(outline: Outline, report: Report, sources: Mapping[str, Source]) -> Iterator[Section]:
    words = outline.words
    some = sorted(
        report.findings, key=lambda one: (SEVERITIES.index(one.severity), one.place.article if one.place else "")
    )
    rows = []
    for finding in some[:_MOST]:
        source = sources.get(finding.place.article if finding.place else "")
        message = finding.message_zh if words.language == "zh" else finding.message_en
        where = Cell(source.title, f"article/{source.slug}.html", True) if source else Cell("")
        quote = finding.place.quote if finding.place else None
        rows.append(
            (Cell(words.of("severity", finding.severity)), where, Cell(message), Cell(quote or "", chinese=True))
        )
    if rows:
        names = ("severity", "article", "finding")
        columns = (*(outline.column(name) for name in names), outline.column("quote", "quote"))
        caption = words("gate.findings_caption", count=len(report.findings), shown=len(rows))
        table = Table(caption, columns, tuple(rows), filtered=words("site.filter"))
        yield Section(words("gate.findings"), "findings", table=table)
