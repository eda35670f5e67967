"""The gate alone, on whatever one has: articles, a store, RDF from elsewhere.

Enters: paths. Leaves: one Report, and where its articles were read from. Nothing passes because nothing was there to
look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from kg.article import Article
from kg.corpus import check_corpus
from kg.errors import ArticleError, UsageError
from kg.examination import excuse, judge
from kg.extraction import find_facts
from kg.gate import ENGINES, SUFFIXES, Engine, Report, check_dataset, merge, parse_rdf, read_rdf, require_facts
from kg.pipeline import OnError, read_sources
from kg.review import ASPECT, REVIEWED
from kg.store import Listing, Rows, Store, open_store


def audit(
    paths: Iterable[str],
    *,
    store: str | None = None,
    published: date | None = None,
    allow_empty: bool = False,
    on_error: OnError | None = None,
    engine: Engine = ENGINES["setwise"],
) -> tuple[Report, Mapping[str, str]]:
    """Return what the gate finds in articles, stores and RDF files, and the file of each article.

    Raises ArticleError, StoreError or InputError for what cannot be read.
    """
    articles: list[str] = []
    reports: list[Report] = []
    files: dict[str, str] = {}
    stores = [] if store is None else [store]
    for path in paths:
        if (Path(path) / "store.json").exists():
            stores.append(path)
        elif Path(path).suffix.lower() in SUFFIXES:
            reports.append(check_dataset(read_rdf(Path(path)), engine=engine))
        else:
            articles.append(path)
    for path in stores:
        opened = open_store(path)
        files |= {article.id: article.source for article in opened.held.values()}
        reports.append(audit_store(opened, engine))
    if not allow_empty:
        reports = [require_facts(report) for report in reports]
    sources = read_sources(articles, published=published, on_error=on_error) if articles else ()
    for source, article in sources:
        files[article.id] = source
        reports.append(judge(article, find_facts(article), allow_empty=allow_empty, engine=engine))
    return merge(reports) if reports or allow_empty else require_facts(merge([])), files


def audit_store(store: Store, engine: Engine = ENGINES["setwise"]) -> Report:
    """Return what the gate finds in the articles' graphs of a store.

    Quotes are compared with the articles' texts where their files are still there.
    """
    graphs = sorted({article.graph for article in store.held.values()} & set(store.graphs()))
    texts = [article.text for article in still_there(store)]
    report = merge(audit_graph(store.dump(graph), graph, texts, engine) for graph in graphs)
    return excuse(report, corrected_claims(store))


def audit_graph(nquads: bytes, graph: str, texts: Iterable[str] = (), engine: Engine = ENGINES["setwise"]) -> Report:
    """Return what the gate finds in one article's graph."""
    return check_dataset(parse_rdf(nquads, ".nq", graph), texts, engine=engine)


def corrected_claims(store: Store) -> frozenset[str]:
    """Return the claims that say what a person said."""
    rows = store.ask(f'SELECT ?claim {{ ?review <{REVIEWED}> ?claim ; <{ASPECT}> "correct" }}')
    assert isinstance(rows, Rows)
    return frozenset(term.value for row in rows.rows for term in row if term)


def audit_corpus(paths: Iterable[str], *, store: str | None = None) -> tuple[Report, Mapping[str, str]]:
    """Return what articles of stores say that does not go together, and the file of each article.

    Texts are looked into where their files still hold what was read. Raises UsageError for a path that is no store.
    """
    stores = [*paths, *([] if store is None else [store])]
    for path in stores:
        if Path(path).exists() and not (Path(path) / "store.json").exists():
            raise UsageError(f"{path}: no store; --corpus holds the articles of a store against one another")
    reports, files = [], dict[str, str]()
    for path in stores:
        opened = open_store(path)
        files |= {article.id: article.source for article in opened.held.values()}
        texts = {article.id: article.text for article in still_there(opened)}
        reports.append(require_facts(check_corpus(opened, texts)))
    return merge(reports), files


def audit_server(
    server: Listing, paths: Iterable[str], *, published: date | None = None, on_error: OnError | None = None
) -> tuple[Report, Mapping[str, str]]:
    """Return what the articles on a server say that does not go together, and the file of each that is at hand.

    ``paths`` are files and folders of articles whose texts may be looked into. Raises ArticleError for those that
    cannot be read, EndpointError where the server does not answer.
    """
    read = list(read_sources(paths, published=published, on_error=on_error)) if paths else []
    report = require_facts(check_corpus(server, {article.id: article.text for _, article in read}))
    return report, {article.id: source for source, article in read}


def still_there(store: Store) -> list[Article]:
    """Return the articles whose files can be read; one that cannot is no finding, its graph is checked all the same."""
    unreadable: list[ArticleError] = []
    sources = sorted({article.source for article in store.held.values()})
    paths = [source for source in sources if source != "-" and Path(source).is_file()]
    return [article for _, article in read_sources(paths, on_error=unreadable.append)]
