"""An article as one HTML file that needs nothing else: its text with every fact marked, and the facts as cards.

Marks and cards lead to one another by links, so that the page works without its script; the script adds that choosing
one shows all places of a fact, and that the cards can be filtered.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kg.article import Article
from kg.explanation import Explanation, Silence, explanations, silences
from kg.facts.identity import identities
from kg.facts.model import Bureau, Campaign, Fact
from kg.gate import Finding, Report
from kg.graph import BASE, node_iri
from kg.pages.cards import Card, Remark, card, remark
from kg.pages.marks import Mark, Piece, pieces
from kg.pages.templates import environment
from kg.pages.wording import Wording, reason_in, wording
from kg.review import claim_iri, claim_key

KINDS = ("metric", "honor", "campaign", "bureau")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of an article: characters, and for each the offset in the article where it begins."""

    text: str
    starts: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the shown characters that come from the article's characters from start to end."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A number without a fact: its anchor, its words and why, in the language of the page."""

    anchor: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An article's text in pieces, the cards of its facts, numbers that gave none, and the gate's other findings."""

    body: tuple[Piece, ...]
    cards: tuple[Card, ...]
    quiet: tuple[Quiet, ...]
    remarks: tuple[Remark, ...] = ()

    def counted(self) -> list[tuple[str, int]]:
        """Return how many facts there are of each kind that occurs."""
        counts = Counter(one.kind for one in self.cards)
        return [(kind, counts[kind]) for kind in KINDS if counts[kind]]


def shown(article: Article) -> Shown:
    """Return the text as it was written; of a page with markup, the article proper without its tags.

    >>> from kg.article import article_of
    >>> shown(article_of("平安。")).text
    '平安。'
    """
    if all(isinstance(block.starts, range) for block in article.blocks):
        return Shown(article.text, range(len(article.text)))
    characters: list[str] = []
    starts: list[int] = []
    for block in article.blocks:
        characters += [block.chars, "\n"]
        starts += [*block.starts, block.ends[-1] if len(block.ends) else (starts[-1] if starts else 0)]
    return Shown("".join(characters), starts)


def article_page(
    article: Article,
    facts: Sequence[Fact],
    report: Report,
    *,
    language: str = "en",
    only: Collection[Fact] | None = None,
    base: str = BASE,
) -> str:
    """Return the page of an article in one language; ``only`` leaves out all other facts.

    >>> from kg.article import article_of
    >>> page = article_page(article_of("<script>alert(1)</script>"), [], Report())
    >>> "<script>alert" in page, "&lt;script&gt;alert" in page
    (False, True)
    """
    words = wording(language)
    marked = mark_article(article, facts, report, words, only=only, base=base)
    return (
        environment()
        .get_template("article.html")
        .render(words=words, article=article, marked=marked, others=len(facts) - len(marked.cards))
    )


def mark_article(
    article: Article,
    facts: Sequence[Fact],
    report: Report,
    words: Wording,
    *,
    only: Collection[Fact] | None = None,
    base: str = BASE,
) -> Marked:
    """Return an article with its facts marked, numbered in the order of the text."""
    chosen = sorted(facts if only is None else only, key=_order)
    explained = explanations(article, chosen)
    text = shown(article)
    quiet = tuple(quiet_numbers(article, facts)) if only is None else ()
    spelled = tuple(Quiet(f"q{silence.start}", silence.words, reason_in(words, silence.reason)) for silence in quiet)
    marks = [*_marks(chosen), *_sources(explained), *_silent(quiet, spelled)]
    placed = [replace(one, start=start, end=end) for one in marks for start, end in [text.place(one.start, one.end)]]
    standing = [one for one in placed if one.start < one.end]
    anchors = {name for one in standing if one.kind == "context" for name in one.names}
    remarks = _remarks(report)
    nodes = _nodes(article, facts, base)
    cards = []
    for number, (one, fact) in enumerate(zip(explained, chosen, strict=True), 1):
        said = [finding for node in nodes(fact) for finding in remarks.pop(node, ())]
        cards.append(card(number, one, said, words, key=claim_key(fact), anchors=anchors))
    others = () if only is not None else tuple(remark(one, words) for some in remarks.values() for one in some)
    return Marked(pieces(text.text, standing), tuple(cards), spelled, others)


def _order(fact: Fact) -> tuple[bool, object]:
    # Agencies are named all over the text; what is claimed of them comes first.
    return isinstance(fact, Bureau), min(fact.evidence)


def _nodes(article: Article, facts: Sequence[Fact], base: str) -> Callable[[Fact], list[str]]:
    """Return what gives the nodes of the graph that stand for a fact, the names by which the gate calls it."""
    agencies = identities(facts, article.published.year if article.published else None)

    def nodes(fact: Fact) -> list[str]:
        if isinstance(fact, Bureau):
            identity = agencies.get(fact.name)
            return [node_iri("bureau", identity.key if identity else fact.name, base)]
        claim = claim_iri(fact, base)
        return [claim, node_iri("campaign", fact.name, base)] if isinstance(fact, Campaign) else [claim]

    return nodes


def _remarks(report: Report) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.focus, []).append(finding)
    return found


def _marks(facts: Iterable[Fact]) -> Iterator[Mark]:
    """Give a mark for each span that facts quote; facts that quote the same span share it."""
    spans: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for number, fact in enumerate(facts, 1):
        for place, one in enumerate(fact.evidence, 1):
            spans.setdefault((one.start, one.end), []).append((f"{number}-{place}", type(fact).__name__.lower()))
    for (start, end), named in spans.items():
        kinds = {kind for _, kind in named}
        yield Mark(start, end, tuple(name for name, _ in named), min(kinds, key=KINDS.index))


def _sources(explained: Iterable[Explanation]) -> Iterator[Mark]:
    places = {(s.start, s.end) for one in explained for s in one.supplied if s.start is not None and s.end is not None}
    for start, end in sorted(places):
        yield Mark(start, end, (f"c{start}",), "context")


def quiet_numbers(article: Article, facts: Sequence[Fact]) -> Iterator[Silence]:
    """Give the numbers that no fact quotes."""
    spans = sorted((e.start, e.end) for fact in facts if not isinstance(fact, Bureau | Campaign) for e in fact.evidence)
    starts = [start for start, _ in spans]
    furthest = list(accumulate((end for _, end in spans), max, initial=0))
    for silence in silences(article):
        if furthest[bisect_right(starts, silence.start)] < silence.end:
            yield silence


def _silent(quiet: Iterable[Silence], spelled: Iterable[Quiet]) -> Iterator[Mark]:
    for silence, one in zip(quiet, spelled, strict=True):
        yield Mark(silence.start, silence.end, (one.anchor,), "quiet", one.reason)
