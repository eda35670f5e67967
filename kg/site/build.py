"""A store to a site: reads it once, makes each page in each language, draws the charts, and writes what has changed."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.article import Article
from kg.audit import still_there
from kg.charts import charts_version
from kg.corpus import check_corpus
from kg.errors import UsageError
from kg.extraction import find_facts
from kg.gate import Report
from kg.pages.article import Marked, mark_article
from kg.pages.templates import asset, environment
from kg.pages.wording import LANGUAGES, wording
from kg.pipeline import judge
from kg.queries import ask, catalogue
from kg.resources import resource
from kg.review import claim_iri
from kg.review import claim_key as review_key
from kg.site.agencies import agency_pages
from kg.site.answering import MOST
from kg.site.campaigns import campaign_pages
from kg.site.checking import sendable, start_checking
from kg.site.corpus import Corpus, claim_key, read_corpus
from kg.site.coverage import coverage_pages
from kg.site.drawing import Drawing
from kg.site.findings import contradictions, contradictions_page, gate_page, rooted
from kg.site.home import home_page
from kg.site.honors import honor_pages
from kg.site.indicators import indicator_pages
from kg.site.ingredients import ingredients
from kg.site.inputs import digest_of_inputs, digest_of_programs
from kg.site.laying import put_page, put_pages
from kg.site.outline import Outline, Page, Plan
from kg.site.parts import Part, make_scripts, parts_of
from kg.site.questions import question_pages
from kg.site.search import names_script, quotes_script, search_page
from kg.site.sharing import Parcel, Shared, opened_beside
from kg.site.sources import Reader, source_pages
from kg.site.sparql import sparql_page
from kg.site.statements import Statements, is_whole
from kg.site.writing import Counts, Draft, State, digest_of, drafted, read_state
from kg.store import Rows, Store, open_store

CHARTS = 120
"""Charts at most in a language; drawing one takes a tenth of a second."""

_AT_ONCE = 2
"""Parts that are made at once; each time, what the store keeps beside its database is read through."""

_ENGINE = ("engine.js", "editor.js", "editor.css", "LICENCES.txt")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build of a site did."""

    folder: str
    counts: Counts
    pages: int
    articles: int


def build_site(store: str, folder: str, *, full_text: bool = False, charts: int = CHARTS) -> Built:
    """Bring a site up to date with a store. ``full_text`` shows whole articles, for private use.

    ``charts`` is how many are drawn at most in each language, those with most figures first. Raises StoreError where
    there is no store, InputError where the folder holds something else or cannot be written, UsageError where charts
    are asked for and the libraries that draw them are not installed.
    """
    target = Path(folder)
    opened = open_store(store)
    articles = _full_texts(opened) if full_text else {}
    texts = digest_of(*(f"{id} {article.text}" for id, article in sorted(articles.items())))
    digests = opened.digests()
    inputs = digest_of_inputs(opened, digests, str(charts), charts_version(), texts)
    before = read_state(target)
    if before.stands(target, inputs):
        return _standing(folder, before)
    state = before.then({held.id: held.digest for held in opened.held.values()}, inputs)
    with drafted(target, state) as draft, TemporaryDirectory() as drawn, _pool() as pool, _without_garbage():
        parts = parts_of(digests)
        kept = _kept_scripts(draft, parts)
        missing = [part for part in parts if part.path not in kept]
        made = Shared(
            pool, partial(_scripts_beside, store), _in_pieces(missing, _AT_ONCE), partial(make_scripts, opened)
        )
        asked = Shared(pool, partial(_answer_beside, store), sorted(catalogue()), partial(_answer, opened))
        checking = start_checking(opened, pool)
        scripts = _put_data(draft, parts, kept, dict(chain.from_iterable(made.done())))
        statements = Statements(opened, scripts)
        size = sum(map(len, scripts))
        corpus = read_corpus(statements, opened.held.values())
        corpus_report = sendable(check_corpus(statements))
        del statements, scripts
        parcel = Parcel(Path(drawn) / "corpus", corpus)
        made_of, gate_report = _ingredients(corpus), sendable(checking.done())
        answers = {name: answer for name, answer in asked.done() if answer is not None}
        material = Material(made_of, answers, gate_report, corpus_report, articles, state, charts, drawn)
        elsewhere = [
            pool.submit(_language_beside, draft.part(), parcel, material, language) for language in LANGUAGES[1:]
        ]
        _put_assets(draft)
        free = _beside() >= len(LANGUAGES)
        here = _language(draft.part(), corpus, material, LANGUAGES[0], pool if free else None)
        languages = [here, *(future.result() for future in elsewhere)]
        pages = sum(draft.join(*one) for one in languages)
        for language in LANGUAGES:
            outline = Outline(corpus, wording(language))
            put_page(draft, sparql_page(outline, size, ready=_engine() is not None), outline.words)
            pages += 1
        start = environment().get_template("site/start.html")
        both = [wording(language) for language in LANGUAGES]
        draft.put_text("index.html", start.render(both=both))
    return Built(folder, draft.counts, pages, len(corpus.sources))


def _standing(folder: str, state: State) -> Built:
    """Return what a build did that had nothing to do."""
    sizes = {path: (Path(folder) / path).stat().st_size for path in state.files}
    counts = Counts(kept=len(sizes), bytes=sum(sizes.values()))
    pages = [path for path in sizes if path.endswith(".html") and "/" in path]
    return Built(folder, counts, len(pages), sum(path.startswith(f"{LANGUAGES[0]}/article/") for path in pages))


@dataclass(frozen=True, slots=True)
class Material:
    """What the pages of every language are made of; ``articles`` are those whose text is shown.

    ``ingredients`` are digests of what pages of claims are made of, by path; ``drawn`` is a folder for what is drawn.
    """

    ingredients: Mapping[str, str]
    answers: Mapping[str, Rows]
    gate_report: Report
    corpus_report: Report
    articles: Mapping[str, Article]
    state: State
    charts: int
    drawn: str


def _ingredients(corpus: Corpus) -> Mapping[str, str]:
    """Return digests of what pages of claims are made of, which includes what makes them."""
    programs = digest_of_programs()
    found = ingredients(Outline(corpus, wording(LANGUAGES[0])))
    return {path: digest_of(programs, digest) for path, digest in found.items()}


@contextmanager
def _without_garbage() -> Iterator[None]:
    """Look for no garbage: what is made stays to the end, and looking through it took a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _pool() -> Iterator[Executor]:
    """Give processes beside this one, which has threads of Oxigraph and must not be forked."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_beside(), mp_context=context) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _beside() -> int:
    """Return how many processes work beside this one."""
    return min(3, max(1, (os.cpu_count() or 1) - 1))


def _in_pieces(parts: Sequence[Part], size: int) -> list[Sequence[Part]]:
    return [parts[at : at + size] for at in range(0, len(parts), size)]


def _scripts_beside(store: str, parts: Sequence[Part]) -> list[tuple[Part, bytes]]:
    """Return the scripts of some parts of the store in a folder; runs in a process beside."""
    return make_scripts(opened_beside(store), parts)


def _answer_beside(store: str, name: str) -> tuple[str, Rows | None]:
    """Return the answer to a stored question to the store in a folder; runs in a process beside."""
    return _answer(opened_beside(store), name)


def _answer(store: Store, name: str) -> tuple[str, Rows | None]:
    """Return a stored question's name with the answer that a page shows, None where it has no rows to show."""
    query = catalogue()[name]
    answer = ask(store, query, query.sample, limit=MOST)
    return name, answer if isinstance(answer, Rows) else None


def _language_beside(draft: Draft, parcel: Parcel[Corpus], material: Material, language: str) -> tuple[Draft, int]:
    """Put the pages of one language into a draft; runs in a process beside."""
    with _without_garbage():
        return _language(draft, parcel.open(), material, language)


def _language(
    draft: Draft, corpus: Corpus, material: Material, language: str, pool: Executor | None = None
) -> tuple[Draft, int]:
    """Put the pages of one language into a draft and return it with their number.

    With a ``pool``, processes that have nothing else to do help to draw the charts.
    """
    with _without_garbage():
        return _put_pages(draft, corpus, material, language, pool)


def _put_pages(
    draft: Draft, corpus: Corpus, material: Material, language: str, pool: Executor | None
) -> tuple[Draft, int]:
    outline = Outline(corpus, wording(language))
    drawing = Drawing(material.drawn, pool, backwards=language == LANGUAGES[0])
    count = put_pages(draft, _pages(outline, material), outline.words, material.ingredients, material.charts, drawing)
    for name, script in (("names.js", names_script(outline)), ("quotes.js", quotes_script(outline))):
        draft.put_text(f"{language}/search/{name}", script)
    return draft, count


def _pages(outline: Outline, material: Material) -> Iterator[Page | Plan]:
    answers = material.answers
    odd = contradictions(outline, material.corpus_report)
    of_agency = {agency: [rooted(pair, "../") for _, pair in some] for agency, some in odd.items()}
    yield home_page(outline, answers, material.state.new, sum(map(len, odd.values())), material.state.first)
    yield from agency_pages(outline, of_agency)
    yield from indicator_pages(outline)
    yield from campaign_pages(outline)
    yield from honor_pages(outline)
    yield from coverage_pages(outline)
    yield contradictions_page(outline, odd)
    yield from question_pages(outline, answers)
    yield gate_page(outline, material.gate_report)
    yield from source_pages(outline, _reader(material.articles) if material.articles else None)
    yield search_page(outline)


# --- files ------------------------------------------------------------------------------------------------------------


def _put_assets(draft: Draft) -> None:
    for name in ("style.css", "reader.js", "site.js", "sparql.js"):
        draft.put_text(f"assets/{name}", asset(name))
    engine = _engine()
    for name in _ENGINE if engine else ():
        path = Path(str(engine)) / name
        data = path.read_bytes()
        draft.put(f"assets/{name}", digest_of(data), lambda data=data: data)  # type: ignore[misc]


def _engine() -> Path | None:
    """Return the folder of the SPARQL page's programs, if this installation has them."""
    folder = resource("web") / "vendor"
    return folder if all((folder / name).is_file() for name in _ENGINE) else None


def _kept_scripts(draft: Draft, parts: Sequence[Part]) -> Mapping[str, bytes]:
    """Return by path the scripts of the old site that say what these parts do, as far as they are undamaged."""
    kept = {part.path: (draft.old / part.path).read_bytes() for part in parts if draft.has(part.path, part.digest)}
    return {path: script for path, script in kept.items() if is_whole(script)}


def _put_data(
    draft: Draft, parts: Sequence[Part], kept: Mapping[str, bytes], made: Mapping[Part, bytes]
) -> Sequence[bytes]:
    """Put the statements, those of parts that are kept as they are, and return their scripts."""
    for part in parts:
        if part.path in kept:
            draft.keep(part.path, part.digest)
        else:
            draft.write(part.path, part.digest, made[part])
    names = [part.path.removeprefix("data/") for part in parts]
    draft.put_text("data/graph.js", f"window.kgParts = {json.dumps(names)};\n")
    return [kept[part.path] if part.path in kept else made[part] for part in parts]


# --- full texts -------------------------------------------------------------------------------------------------------


def _full_texts(store: Store) -> Mapping[str, Article]:
    articles = {article.id: article for article in still_there(store)}
    if not articles:
        raise UsageError("--full-text: none of the files that the store was built from is there any more")
    return articles


def _reader(articles: Mapping[str, Article]) -> Reader:
    def read(id: str, language: str) -> Marked | None:
        article = articles.get(id)
        if article is None:
            return None
        facts = find_facts(article)
        marked = mark_article(article, facts, judge(article, facts, allow_empty=True), wording(language))
        keys = {review_key(fact): claim_key(claim_iri(fact)) for fact in facts}
        return replace(marked, cards=tuple(replace(card, anchor=keys.get(card.key, "")) for card in marked.cards))

    return read
