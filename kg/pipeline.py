"""The stages, composed: paths to articles, articles to facts, facts to graphs that pass the gate, graphs to a store.

Enters: what a person names on the command line or hands over from Python. Leaves: facts, or a Summary of what a build
did. The stages themselves stand in their own modules.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from kg import gate
from kg.article import Article, article_files, read_articles
from kg.errors import ArticleError, StoreError
from kg.extractors import OWN, Extractor, extract, find_extractor, refusal_line
from kg.facts.model import Fact
from kg.graph import BASE, ONTOLOGY, graph_iri, software_name, to_jsonld_text
from kg.inference import drop, infer, inferred_graph
from kg.resources import resource
from kg.review import FILE as REVIEWS
from kg.review import Review, Reviewed, apply_reviews, read_reviews, review_line, reviews_graph, to_ntriples
from kg.store import Held, Writer, open_store, read_held, write_store

OnError = Callable[[ArticleError], None]
NO_FACTS = "no facts found; is this a report of police work? --allow-empty lets it pass"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did with one article.

    ``did`` is added, changed, unchanged, refused or retracted. ``reasons`` say why an article is refused, ``reopened``
    which reviews of its facts no longer fit.
    """

    id: str
    did: str
    counts: Mapping[str, int] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    reopened: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did, article by article."""

    store: str
    outcomes: tuple[Outcome, ...]
    changed: bool

    def count(self, did: str) -> int:
        """Return the number of articles with which this was done."""
        return sum(outcome.did == did for outcome in self.outcomes)

    def facts(self) -> Counter[str]:
        """Return the number of facts of each type that the store holds of the articles read."""
        return sum((Counter(dict(o.counts)) for o in self.outcomes if o.did != "retracted"), Counter())


# --- reading ----------------------------------------------------------------------------------------------------------


def read_sources(
    paths: Iterable[str], *, published: date | None = None, on_error: OnError | None = None
) -> Iterator[tuple[str, Article]]:
    """Give each article with the file it came from; "-" is standard input.

    An article that cannot be read goes to ``on_error`` and the next one follows; without it, ArticleError is raised, as
    it is at once for a path that does not exist and a folder without articles.
    """
    seen: dict[str, str] = {}
    for path in article_files(paths):
        source = str(path) if str(path) == "-" else os.path.realpath(path)
        problems: list[ArticleError] = []
        try:
            for article in read_articles([path], published=published, problems=problems):
                if article.id in seen:
                    problems.append(
                        ArticleError(f"{path}: its id, {article.id}, is that of {seen[article.id]}; rename one")
                    )
                    continue
                seen[article.id] = str(path)
                yield source, article
        except ArticleError as error:  # a file in a folder that cannot even be looked at
            problems.append(error)
        for problem in problems:
            if on_error is None:
                raise problem
            on_error(problem)


def counts_of(facts: Iterable[Fact]) -> dict[str, int]:
    """Return the number of facts of each type."""
    return dict(sorted(Counter(type(fact).__name__ for fact in facts).items()))


# --- building ---------------------------------------------------------------------------------------------------------


def build(
    paths: Sequence[str],
    store: str,
    *,
    published: date | None = None,
    allow_empty: bool = False,
    dry_run: bool = False,
    base: str = BASE,
    extractor: str = OWN,
    reviews: str | None = None,
    on_error: OnError | None = None,
) -> Summary:
    """Bring a store up to date with the articles under ``paths`` and return what that took.

    An article is read anew where it, a rule, the ontology or this package has changed. One whose file is gone from a
    folder that was looked into is retracted. One that the gate refuses keeps the graph it had before. The store is the
    old one or the new one, whatever happens. ``extractor`` names who finds the facts; an article of which it says what
    does not hold is refused. ``reviews`` is a file of what people said of facts; by default the one in the store's
    folder. Raises StoreError, InputError for reviews that cannot be read, and UsageError where nobody is called so.
    """
    finder = find_extractor(extractor)
    held = read_held(store)
    ours = _digest_of_package() if extractor == OWN else f"{_digest_of_package()} {finder.name} {finder.version}"
    said = read_reviews(Path(reviews) if reviews else Path(store, REVIEWS))
    outcomes: dict[str, Outcome] = {}
    read: set[str] = set()
    with ExitStack() as stack:
        writer = _Lazy(stack, store, held)
        for source, article in read_sources(paths, published=published, on_error=on_error):
            read.add(source)
            of_article = said.get(article.id, ())
            digest = _digest(article, ours, base, allow_empty, of_article)
            before = held.get(article.id)
            if before is not None and before.digest == digest:
                did = "refused" if before.refused else "unchanged"
                outcomes[article.id] = Outcome(article.id, did, before.counts, before.refused)
            elif dry_run:
                outcomes[article.id] = Outcome(article.id, "changed" if before else "added")
            else:
                entry = Held(article.id, source, digest, graph_iri(article.id, base), {})
                outcomes[article.id] = _put(writer.open(), entry, article, finder, allow_empty, base, of_article)
        for id in _gone(held.values(), outcomes, read, paths):
            outcomes[id] = Outcome(id, "retracted", held[id].counts)
            if not dry_run:
                writer.open().retract_article(id)
                writer.open().drop_graph(reviews_graph(id, base))
        if writer.opened:
            _infer(writer.open(), (o for o in outcomes.values() if o.did not in ("unchanged", "refused")), base)
    return Summary(store, tuple(outcomes[id] for id in sorted(outcomes)), writer.opened)


class _Lazy:
    """Opens the store for writing at the first change, so that a build without changes touches nothing."""

    def __init__(self, stack: ExitStack, store: str, held: Mapping[str, Held]) -> None:
        self._stack = stack
        self._store = store
        self._held = held
        self._writer: Writer | None = None

    @property
    def opened(self) -> bool:
        return self._writer is not None

    def open(self) -> Writer:
        if self._writer is None:
            self._writer = self._stack.enter_context(write_store(self._store, package=software_name()))
            if self._writer.held != self._held:
                raise StoreError(f"{self._store}: another build has finished meanwhile; run this one again")
            for graph, data in vocabularies():
                self._writer.put_graph(graph, data, "turtle")
        return self._writer


def vocabularies() -> Iterator[tuple[str, bytes]]:
    """Give the ontology and the schemes of concepts, as Turtle, each with the name of its graph."""
    for path in sorted(resource("ontology").glob("*.ttl")):
        is_ontology = path.name == "pingan.ttl"
        yield ONTOLOGY.rstrip("#") if is_ontology else f"https://w3id.org/pingan/{path.stem}", path.read_bytes()


def infer_again(store: str, *, base: str = BASE, keep: bool = True) -> int:
    """Drop what a store has inferred and, unless it is not to be kept, infer it anew; return the articles looked at.

    Raises StoreError where there is no store, or another process is writing to it.
    """
    open_store(store)
    with write_store(store, package=software_name()) as writer:
        if keep:
            return infer(writer, None, base=base)
        drop(writer, base)
    return 0


def _infer(writer: Writer, outcomes: Iterable[Outcome], base: str) -> None:
    """Bring what is inferred up to date with the articles that a build has changed."""
    changed = [outcome.id for outcome in outcomes]
    everything = len(changed) >= len(writer.held) or inferred_graph(base) not in writer.graphs()
    infer(writer, None if everything else changed, base=base)


def _put(
    writer: Writer,
    entry: Held,
    article: Article,
    extractor: Extractor,
    allow_empty: bool,
    base: str,
    reviews: Sequence[Review],
) -> Outcome:
    """Put an article's graph into the store if the gate lets it pass."""
    before = writer.held.get(article.id)
    found = extract(article, extractor)
    reviewed = apply_reviews(reviews, article.text, found.accepted)
    facts = reviewed.facts
    allowed = allow_empty or bool(found.accepted)  # a person may reject all of them
    reasons = tuple(map(refusal_line, found.refused)) or _reasons(article, reviewed, allowed, base)
    if reasons:
        entry = replace(entry, refused=reasons)
        writer.refuse_article(entry)
        return Outcome(article.id, "refused", writer.held[article.id].counts, reasons)
    entry = replace(entry, counts=counts_of(facts))
    writer.put_article(entry, to_jsonld_text(article, facts, base).encode(), "jsonld")
    if reviewed.standing:
        writer.put_graph(reviews_graph(article.id, base), to_ntriples(reviewed.standing, base), "ntriples")
    elif before is not None:
        writer.drop_graph(reviews_graph(article.id, base))
    reopened = tuple(one.review for one in reviewed.standing if one.state == "reopened")
    return Outcome(article.id, "changed" if before else "added", entry.counts, reopened=reopened)


def _reasons(article: Article, reviewed: Reviewed, allow_empty: bool, base: str) -> tuple[str, ...]:
    """Return why an article is refused, each reason with its place."""
    if not reviewed.facts and not allow_empty:
        return (NO_FACTS,)
    report = judge(article, reviewed.facts, allow_empty=allow_empty, base=base)
    violations = excuse(report, reviewed.corrected(base)).of("violation")
    return tuple(f"{_spell_place(finding.place)}{finding.message_en}" for finding in violations)


def judge(
    article: Article,
    facts: Sequence[Fact],
    *,
    allow_empty: bool = False,
    base: str = BASE,
    engine: gate.Engine = gate.ENGINES["setwise"],
) -> gate.Report:
    """Return what the gate finds in an article's facts; having none is a violation unless that is allowed.

    >>> from kg.article import article_of
    >>> weather = article_of("今天天气很好。")
    >>> judge(weather, []).conforms(), judge(weather, [], allow_empty=True).conforms()
    (False, True)
    """
    report = gate.check(article, facts, base, engine=engine)
    if facts:
        return report
    other = replace(report, findings=tuple(finding for finding in report.findings if finding.shape != "Vacuous"))
    return other if allow_empty else gate.require_facts(other)


def excuse(report: gate.Report, corrected: frozenset[str]) -> gate.Report:
    """Return the report in which a value that a person corrected need not be the one in its quote."""
    known = tuple(f for f in report.findings if f.shape == "Grounding" and f.field == "value" and f.focus in corrected)
    left = tuple(finding for finding in report.findings if finding not in known)
    return replace(report, findings=left, accepted=(*report.accepted, *known)) if known else report


def _spell_place(place: gate.Place | None) -> str:
    """Return "article:line:column: " as far as it is known.

    >>> _spell_place(gate.Place("binzhou-2020", 12, 3)), _spell_place(gate.Place("binzhou-2020"))
    ('binzhou-2020:12:3: ', 'binzhou-2020: ')
    """
    parts = () if place is None else (place.article, place.line, place.column)
    return "".join(f"{part}:" for part in parts if part is not None) + (" " if place else "")


def _gone(held: Iterable[Held], present: Mapping[str, Outcome], read: set[str], paths: Sequence[str]) -> list[str]:
    """Return the ids of articles that stood where this build looked, and are there no more."""
    looked = {folder for path in paths for folder in _folders(path)}
    return sorted(
        article.id
        for article in held
        if article.id not in present
        and (article.source in read or (not Path(article.source).exists() and _under(Path(article.source), looked)))
    )


def _folders(path: str) -> list[Path]:
    if path == "-":
        return []
    whole = Path(path).resolve()
    return [whole] if whole.is_dir() else [whole.parent]


def _under(path: Path, folders: set[Path]) -> bool:
    return any(folder in folders for folder in path.parents)


def _digest(article: Article, ours: str, base: str, allow_empty: bool, reviews: Sequence[Review]) -> str:
    """Return a digest of all that an article's graph depends on."""
    fields = asdict(replace(article, blocks=()))
    spelled = json.dumps([fields, ours, base, allow_empty, *map(review_line, reviews)], default=str, sort_keys=True)
    return hashlib.sha256(spelled.encode()).hexdigest()


@cache
def _digest_of_package() -> str:
    """Return a digest of the rules, the ontology and the code that read articles."""
    folders = [Path(__file__).parent, resource("mappings"), resource("ontology")]
    digest = hashlib.sha256(software_name().encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _DECIDING and "_data" not in path.relative_to(folder).parts:
                digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


_DECIDING = frozenset((".py", ".toml", ".tsv", ".jsonld", ".ttl"))
