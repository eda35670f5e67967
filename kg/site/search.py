"""Search over names and quotes: small files that a script on the page looks through; without it, a list of names."""

from __future__ import annotations

import json

from kg.site.outline import Outline, Page, Section


def search_page(outline: Outline) -> Page:
    """Return the page; the names stand on it, the quotes are fetched from the same folder when somebody searches."""
    words = outline.words
    names = _names(outline)
    groups = []
    for kind in ("bureau", "indicator", "campaign"):
        links = tuple((text, href, kind != "indicator", "") for one, text, href in names if one == kind)
        groups.append(Section(words(f"search.{kind}s"), f"all-{kind}s", links=links))
    lead = words("search.lead")
    return Page("search.html", words("nav.search"), lead, tuple(groups), here="search", template="search.html")


def _names(outline: Outline) -> list[tuple[str, str, str]]:
    corpus = outline.corpus
    found = []
    for iri in outline.shown:
        agency = corpus.agencies[iri]
        text = " ".join((agency.name, *(f"({other})" for other in agency.other_names)))
        found.append(("bureau", text, outline.agency_href(iri, "")))
    for subject, aspect in outline.measured:
        found.append(("indicator", outline.what(subject, aspect), outline.what_href(subject, aspect, "")))
    for series in {drive.series for drive in corpus.drives.values()}:
        found.append(("campaign", corpus.series.get(series, ""), outline.series_href(series, "")))
    return sorted(found)


def names_script(outline: Outline) -> str:
    """Return the names as a script, so that it can be read from a folder too: what kind, text, page."""
    return f"window.kgNames = {_spelled(_names(outline))};\n"


def quotes_script(outline: Outline) -> str:
    """Return the quotes as a script: quote, whose, page."""
    rows = sorted(
        (claim.quote, outline.agency_name(claim.agency), outline.quote_href(claim, ""))
        for claim in outline.corpus.claims()
        if claim.agency in outline.corpus.agencies
    )
    return f"window.kgQuotes = {_spelled(rows)};\n"


def _spelled(rows: object) -> str:
    return (
        json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
