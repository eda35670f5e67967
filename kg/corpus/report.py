"""The corpus: what articles say beside one another, and where that cannot all be so.

Enters: a store, and texts of its articles where they are at hand. Leaves: a Report with findings of the gate's form,
each with the words of both sides. A finding here says that somebody should look: articles may err, and so may the
reading. Nothing is added up, and a reprint counts once.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kg.corpus.arithmetic import changes_of_rates, falls_in_both, means_a_day, rates_of_counts, years_before
from kg.corpus.checks import (
    agreements,
    broken_series,
    changes_and_levels,
    contradictions,
    is_counted,
    ranks_and_movements,
    shares,
    totals_and_parts,
    wholes_and_parts,
)
from kg.corpus.claim import Claim, Clash
from kg.corpus.reading import Words, read_above, read_claims, read_reprints, read_words, values_of
from kg.gate.finding import Finding, Place, Report, merge
from kg.gate.subject import line_and_column, shortened
from kg.store import Listing

_NEAR = 40


def check_corpus(store: Listing, texts: Mapping[str, str] = MappingProxyType({})) -> Report:
    """Return what articles of a store say that does not go together; ``texts`` are those at hand, by article."""
    claims = read_claims(store)
    known = [claim for claim in claims if claim.article in texts and is_counted(claim)]
    spans = {iri: (words.start, words.end) for iri, words in read_words(store, {c.iri for c in known}).items()}
    original = read_reprints(store, claims)
    based = {claim.iri for claim in claims if claim.comparison == "base"}
    quotes = {iri: words.quote for iri, words in read_words(store, based).items()}
    clashes = [
        *contradictions(claims),
        *agreements(claims, original),
        *ranks_and_movements(claims),
        *changes_and_levels(claims),
        *wholes_and_parts(claims, read_above(store)),
        *shares(claims),
        *broken_series(claims),
        *rates_of_counts(claims),
        *changes_of_rates(claims),
        *falls_in_both(claims),
        *means_a_day(claims),
        *years_before(claims, quotes),
        *totals_and_parts(known, spans, texts),
    ]
    words = read_words(store, {claim.iri for clash in clashes for claim in (clash.claim, *clash.others)})
    articles = tuple(sorted(values_of(store, "identifier").values()))
    focus = {"Corpus": len(claims)}
    findings = tuple(_finding(clash, words, texts) for clash in clashes if not _is_one_statement(clash, words))
    return merge([Report(findings, articles, len(claims), MappingProxyType(focus))])


def _is_one_statement(clash: Clash, words: Mapping[str, Words]) -> bool:
    """Tell whether two numbers of one article stand so near that one statement gives both: "由17位升至5位"."""
    if clash.check != "contradiction" or clash.others[0].article != clash.claim.article:
        return False
    one, other = (words.get(claim.iri) for claim in (clash.claim, clash.others[0]))
    return one is not None and other is not None and one.start - _NEAR <= other.end and other.start <= one.end + _NEAR


def _finding(clash: Clash, words: Mapping[str, Words], texts: Mapping[str, str]) -> Finding:
    claim = clash.claim
    others = "; ".join(f"{one.article}: {_said(one, words)}" for one in clash.others)
    own, text = words.get(claim.iri), texts.get(claim.article)
    place = Place(claim.article, quote=own.quote if own else None)
    if own and text is not None and own.end <= len(text):
        place = Place(claim.article, *line_and_column(text, own.start), own.quote)
    return Finding(
        severity=clash.severity,
        shape="Corpus",
        constraint=clash.check,
        focus=claim.iri,
        fact=f"Metric “{shortened(claim.indicator)}” {claim.days}",
        field="value",
        found=_said(claim, words),
        expected_en=clash.en + (f" ({others})" if others else ""),
        expected_zh=clash.zh + (f"({others})" if others else ""),
        place=place,
    )


def _said(claim: Claim, words: Mapping[str, Words]) -> str:
    quote = words[claim.iri].quote if claim.iri in words else ""
    return f"{claim.shown} “{shortened(quote)}”"
