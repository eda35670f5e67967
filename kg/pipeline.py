"""The stages, composed: paths to articles, articles to verdicts, and what passes the gate to a store.

Enters: what a person names on the command line or hands over from Python. Leaves: articles, or a Summary of what a
build did. The stages themselves stand in their own modules.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kg.article import Article, Inputs, Piece, Remote, inputs, is_address, read_piece
from kg.errors import ArticleError, MappingError, StoreError
from kg.examination import NO_FACTS, Job, Verdict, counts_of, digest_of_package, excuse, judge
from kg.extractors import OWN, find_extractor
from kg.graph import BASE, ONTOLOGY, graph_iri, software_name
from kg.inference import drop, infer, inferred_graph, put_reported
from kg.resources import resource
from kg.review import FILE as REVIEWS
from kg.review import Review, read_reviews, review_line, reviews_graph
from kg.store import Held, Writer, open_store, read_held, write_store
from kg.workers import Here, Limits, Runner

__all__ = [
    "NO_FACTS", "Outcome", "Progress", "Summary", "build", "counts_of", "excuse", "infer_again", "judge",
    "read_sources", "vocabularies",
]  # fmt: skip

_MUCH = 0.25
"""The share of a store's articles that a build has to bring before putting the database in order is worth its time."""

OnError = Callable[[ArticleError], None]
OnProgress = Callable[["Progress"], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is; ``size`` is None where it is not known how many bytes there are."""

    articles: int
    bytes: int
    size: int | None


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
    interrupted: bool = False  # the rest is for the next build

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
    for piece in inputs(paths):
        try:
            if isinstance(piece, ArticleError):
                raise piece
            article = read_piece(piece, published=published)
            _only_one(article.id, piece, seen)
            yield piece.source, article
        except ArticleError as error:
            if on_error is None:
                raise
            on_error(error)


def _only_one(id: str, piece: Piece, seen: dict[str, str]) -> None:
    """Raise ArticleError where another article has the id."""
    if id in seen:
        raise ArticleError(f"{piece.where}: its id, {id}, is that of {seen[id]}; rename one")
    seen[id] = piece.where


# --- building ---------------------------------------------------------------------------------------------------------


def build(
    paths: Sequence[str],
    store: str,
    *,
    published: date | None = None,
    allow_empty: bool = False,
    dry_run: bool = False,
    replace_others: bool = False,
    base: str = BASE,
    extractor: str = OWN,
    reviews: str | None = None,
    on_error: OnError | None = None,
    runner: Runner | None = None,
    on_progress: OnProgress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Summary:
    """Bring a store up to date with the articles under ``paths`` and return what that took.

    An article is read anew where its bytes, a rule, the ontology or this package have changed. One whose file is gone
    from a folder that was looked into is retracted. One that the gate refuses, or at which ``runner`` fails, keeps the
    graph it had before. The store is the old one or the new one, whatever happens; once ``stopped`` says so, what is
    done goes into the store and the rest is left to the next build. ``extractor`` names who finds the facts; an article
    of which it says what does not hold is refused. An article takes the place of one of its id from another file, where
    that still stands, with ``replace_others`` alone. ``reviews`` is a file of what people said of facts; by default the
    one in the store's folder. Raises StoreError, InputError for reviews that cannot be read or are not where they
    were said to be, and UsageError where nobody is called so.
    """
    said = read_reviews(Path(reviews), needed=True) if reviews else read_reviews(Path(store, REVIEWS))
    job = Job(published, allow_empty, base, extractor, said)
    held = read_held(store)
    given = inputs(paths)
    runner = runner or Here()
    reader = _Reading(runner.limits) if dry_run else runner
    gives_way = _always if replace_others else _sources(given).__contains__
    ledger = _Ledger(job, held, on_error, reader, on_progress, given.size, gives_way)
    with ExitStack() as stack:
        writer = _Lazy(stack, store, held)
        for piece, verdict in ledger.verdicts(given, stopped):
            if dry_run:
                did = "changed" if verdict.id in held else "added"
                ledger.outcomes[verdict.id] = Outcome(verdict.id, did)
            else:
                ledger.outcomes[verdict.id] = _put(writer.open(), ledger.entry(piece, verdict), verdict, base)
        interrupted = stopped()
        for id in [] if interrupted else _gone(held.values(), ledger, paths, given):
            ledger.outcomes[id] = Outcome(id, "retracted", held[id].counts)
            if not dry_run:
                writer.open().retract_article(id)
                writer.open().drop_graph(reviews_graph(id, base))
        outcomes = ledger.outcomes
        if writer.opened:
            changed = [o.id for o in outcomes.values() if o.did not in ("unchanged", "refused")]
            put = [o.id for o in outcomes.values() if o.did in ("added", "changed")]
            _infer(writer.open(), changed, put, base)
            if len(changed) >= len(writer.open().held) * _MUCH:
                writer.open().settle()
    return Summary(store, tuple(outcomes[id] for id in sorted(outcomes)), writer.opened, interrupted)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads pieces without looking for facts: what a dry run needs."""

    limits: Limits | None

    def __call__(
        self, job: Job, pieces: Iterator[Piece], stopped: Callable[[], bool]
    ) -> Iterator[tuple[Piece, Verdict]]:
        for piece in pieces:
            try:
                yield piece, Verdict(read_piece(piece, published=job.published).id)
            except ArticleError as error:
                yield piece, Verdict(piece.name, error=str(error))


def _always(source: str) -> bool:
    """Tell that an article of any source gives way to one of its id."""
    return True


class _Ledger:
    """Tells pieces that a store knows from those to be examined, and keeps account of both.

    ``gives_way`` tells of a source whether an article from there may be replaced by one of its id from elsewhere.
    """

    def __init__(
        self,
        job: Job,
        held: Mapping[str, Held],
        on_error: OnError | None,
        runner: Runner,
        on_progress: OnProgress | None,
        size: int | None,
        gives_way: Callable[[str], bool],
    ) -> None:
        self.outcomes: dict[str, Outcome] = {}
        self.read: set[str] = set()
        self._job = job
        self._on_error = on_error
        self._runner = runner
        self._on_progress = on_progress
        self._progress = Progress(0, 0, size)
        self._seen: dict[str, str] = {}
        self._settings = _digest_of_settings(job)
        self._held = held
        self._gives_way = gives_way
        self._known = {article.digest.partition("+")[0]: article for article in held.values()}

    def verdicts(
        self, given: Iterable[Piece | ArticleError], stopped: Callable[[], bool]
    ) -> Iterator[tuple[Piece, Verdict]]:
        """Give the verdicts on pieces that the store does not know as they are, in order; account for the others."""
        order: deque[tuple[Piece, Held | ArticleError | None]] = deque()

        def unknown() -> Iterator[Piece]:
            for one in given:
                if stopped():
                    return
                piece = one if isinstance(one, Piece) else Piece("", "", "", "", b"", 0)
                found = one if isinstance(one, ArticleError) else self._unchanged(one)
                if found is not None and not order:
                    self._account(piece, found)
                    continue
                if found is None:
                    order.append((piece, None))
                    yield piece
                else:  # there may be a hundred thousand of them behind one that is examined
                    order.append((replace(piece, data=b""), found))

        for piece, verdict in self._runner(self._job, unknown(), stopped):
            while order[0][1] is not None:
                self._account(*order.popleft())
            order.popleft()
            if verdict.error is None and self._accept(verdict.id, piece):
                yield piece, verdict
            elif verdict.error is not None:
                self._complain(ArticleError(verdict.error))
            self._step(piece)
            while order and order[0][1] is not None:
                self._account(*order.popleft())

    def entry(self, piece: Piece, verdict: Verdict) -> Held:
        """Return what a store is to remember of an article."""
        digest = self._digest(piece)
        if verdict.failed:
            digest += f"+{self._runner.limits}"  # another limit is another attempt
        else:
            digest += _digest_of_reviews(self._job.reviews.get(verdict.id, ()))
        return Held(verdict.id, piece.source, digest, graph_iri(verdict.id, self._job.base), verdict.counts)

    def _digest(self, piece: Piece) -> str:
        return hashlib.sha256(f"{self._settings} {piece.digest()}".encode()).hexdigest()

    def _unchanged(self, piece: Piece) -> Held | None:
        digest = self._digest(piece)
        found = self._known.get(digest)
        if found is None or found.source != piece.source:
            return None
        wanted = {digest + _digest_of_reviews(self._job.reviews.get(found.id, ()))}
        if found.refused:
            wanted.add(f"{digest}+{self._runner.limits}")
        return found if found.digest in wanted else None

    def _account(self, piece: Piece, found: Held | ArticleError | None) -> None:
        if isinstance(found, ArticleError):
            self._complain(found)
        elif found is not None and self._accept(found.id, piece):
            did = "refused" if found.refused else "unchanged"
            self.outcomes[found.id] = Outcome(found.id, did, found.counts, found.refused)
        self._step(piece)

    def _accept(self, id: str, piece: Piece) -> bool:
        try:
            _only_one(id, piece, self._seen)
            self._no_other(id, piece)
        except ArticleError as error:
            self._complain(error)
            return False
        self.read.add(piece.source)
        return True

    def _no_other(self, id: str, piece: Piece) -> None:
        """Raise ArticleError where the store has the id from a file that still stands elsewhere and is another article.

        One that this build looks at too has been told already, or no longer has the id.
        """
        found = self._held.get(id)
        if found is None or found.source == piece.source or self._gives_way(found.source):
            return
        stands = is_address(found.source) or Path(found.source).exists()
        if stands and not found.digest.startswith(self._digest(piece)):
            raise ArticleError(
                f"{piece.where}: the store has its id, {id}, from {found.source}; rename one, or --replace it"
            )

    def _complain(self, error: ArticleError) -> None:
        if self._on_error is None:
            raise error
        self._on_error(error)

    def _step(self, piece: Piece) -> None:
        now = self._progress
        self._progress = replace(now, articles=now.articles + bool(piece.where), bytes=now.bytes + piece.size)
        if self._on_progress is not None:
            self._on_progress(self._progress)


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
            _put_vocabularies(self._writer)
        return self._writer


def vocabularies() -> Iterator[tuple[str, bytes]]:
    """Give the ontology and the schemes of concepts, as Turtle, each with the name of its graph."""
    for path in sorted(resource("ontology").glob("*.ttl")):
        is_ontology = path.name == "pingan.ttl"
        yield ONTOLOGY.rstrip("#") if is_ontology else f"https://w3id.org/pingan/{path.stem}", path.read_bytes()


def _put_vocabularies(writer: Writer) -> None:
    """Put the ontology and the schemes of concepts into a store, unless it holds these: to compare them takes long."""
    graphs = dict(vocabularies())
    version = hashlib.sha256(b"".join([graph.encode() + data for graph, data in graphs.items()])).hexdigest()
    if writer.vocabularies != version:
        for graph, data in graphs.items():
            try:
                writer.put_graph(graph, data, "turtle")
            except SyntaxError as error:
                raise MappingError(f"ontology/: the Turtle of <{graph}> does not parse: {error.msg}") from error
        writer.vocabularies = version


def infer_again(store: str, *, base: str = BASE, keep: bool = True) -> int:
    """Drop what a store has inferred and, unless it is not to be kept, infer it anew; return the articles looked at.

    Raises StoreError where there is no store, or another process is writing to it.
    """
    open_store(store)
    with write_store(store, package=software_name()) as writer:
        if keep:
            looked_at = infer(writer, None, base=base, by=digest_of_package())
        else:
            looked_at = 0
            drop(writer, base)
        writer.settle()
    return looked_at


def _infer(writer: Writer, changed: Collection[str], put: Collection[str], base: str) -> None:
    """Bring what is inferred up to date with the articles that a build has changed, some of them put anew."""
    everything = len(changed) >= len(writer.held) or inferred_graph(base) not in writer.graphs()
    infer(writer, None if everything else changed, base=base, by=digest_of_package(), reported=put)


def _put(writer: Writer, entry: Held, verdict: Verdict, base: str) -> Outcome:
    """Put an article's graph into the store, or the reasons why it is refused."""
    before = writer.held.get(entry.id)
    if verdict.refused:
        writer.refuse_article(entry._replace(refused=verdict.refused, refused_zh=verdict.refused_zh))
        return Outcome(entry.id, "refused", writer.held[entry.id].counts, verdict.refused)
    writer.put_article(entry, verdict.graph, "ntriples", verdict.report, verdict.pack)
    put_reported(writer, entry.id, entry.graph, verdict.reported, base)
    if verdict.reviews:
        writer.put_graph(reviews_graph(entry.id, base), verdict.reviews, "ntriples")
    elif before is not None:
        writer.drop_graph(reviews_graph(entry.id, base))
    return Outcome(entry.id, "changed" if before else "added", entry.counts, reopened=verdict.reopened)


def _gone(held: Iterable[Held], ledger: _Ledger, paths: Sequence[str], given: Inputs) -> list[str]:
    """Return the ids of articles that stood where this build looked, and are there no more."""
    looked = {folder for path in paths for folder in _folders(path)}
    addresses = tuple(f"{root.rstrip('/')}/" for root in given.roots)
    listed = {file.url for file in given.files if isinstance(file, Remote)}

    def is_gone(source: str) -> bool:
        if is_address(source):
            return source not in listed and source.startswith(addresses)
        return not Path(source).exists() and _under(Path(source), looked)

    return sorted(
        article.id
        for article in held
        if article.id not in ledger.outcomes and (article.source in ledger.read or is_gone(article.source))
    )


def _sources(given: Inputs) -> set[str]:
    """Return the files and addresses that a build looks at, spelled as ``Piece.source`` is."""
    return {file.url if isinstance(file, Remote) else os.path.realpath(file) for file in given.files}


def _folders(path: str) -> list[Path]:
    if path == "-" or is_address(path):
        return []
    whole = Path(path).resolve()
    return [whole] if whole.is_dir() else [whole.parent]


def _under(path: Path, folders: set[Path]) -> bool:
    return any(folder in folders for folder in path.parents)


def _digest_of_settings(job: Job) -> str:
    """Return a digest of all that an article's graph depends on besides the article."""
    finder = find_extractor(job.extractor)
    who = () if job.extractor == OWN else (finder.name, finder.version)
    told = [digest_of_package(), *who, job.base, job.allow_empty, str(job.published)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _digest_of_reviews(reviews: Sequence[Review]) -> str:
    """Return a digest of reviews, "" for none."""
    return f"+{hashlib.sha256(json.dumps([*map(review_line, reviews)]).encode()).hexdigest()}" if reviews else ""
