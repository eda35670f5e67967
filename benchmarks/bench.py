"""Measure the yardsticks, each as a ratio within one run, and write docs/performance.md: python benchmarks/bench.py.

Compares with the ratios in benchmarks/recorded.json; ``--record`` takes today's over. Exits 1 where one became worse
by more than a third.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

import pyoxigraph as ox
from articles import articles
from growth import change, cost, written
from rdflib import Graph

from kg.article import Article, article_of, read_article
from kg.exports import stream, stream_store
from kg.extraction import find_facts
from kg.facts.model import Fact
from kg.gate import check_document
from kg.gate.check import prepared
from kg.gate.engine import run_pyshacl
from kg.gate.setwise import run_setwise
from kg.gate.shapes import hierarchy, own_shapes
from kg.graph import graph_iri, ntriples_of, spelled, to_graph, to_jsonld, to_ntriples
from kg.queries import catalogue
from kg.store import Held, open_store, write_store
from kg.text import read_text
from kg.turtle import pack
from queries import Timing, times

ROOT = Path(__file__).parent.parent
RECORDED = ROOT / "benchmarks" / "recorded.json"
PAGE = ROOT / "docs" / "performance.md"
NOTES = ROOT / "benchmarks" / "notes.md"
OWN = [sys.executable, "-m", "kg"]
PATIENCE = 6
"""Seconds of processor time that rdflib is given for a query, so that ratios against it are lower bounds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One yardstick: how many times the speed of what it is held against, and what it must be.

    One that is not ``watched`` becomes worse where only the other becomes better, or is no ratio of one run.
    """

    name: str
    against: str
    ratio: float | None
    wanted: float
    measured: str
    watched: bool = True

    @property
    def verdict(self) -> str:
        """Whether the yardstick is met."""
        if self.ratio is None:
            return "not measured"
        return "met" if self.ratio >= self.wanted else "missed"


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Return the least processor time of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def in_turn(works: Sequence[Sequence[Callable[[], object]]]) -> list[float]:
    """Return the processor time of several works, done piece by piece in turn, so that all share a machine's moods."""
    return [
        sum(times)
        for times in zip(*([seconds(piece) for piece in pieces] for pieces in zip(*works, strict=True)), strict=True)
    ]


def cold(commands: Sequence[list[str]], times: int = 25) -> list[float]:
    """Return the least processor time that each of some processes takes from start to end, run in turn.

    Modules are kept compiled, as an installation keeps those of the library beside it.
    """
    best = [float("inf")] * len(commands)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(times):
        for number, command in enumerate(commands):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=kept)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            best[number] = min(best[number], after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def extract(raw: Iterable[bytes]) -> list[tuple[Article, list[Fact]]]:
    """Return articles with their facts."""
    found = []
    for number, data in enumerate(raw):
        article = read_article(data, id=f"a{number}")
        found.append((article, find_facts(article)))
    return found


def extraction_row(name: str, texts: list[str]) -> Row:
    """Return how fast facts are found in texts, against jieba segmenting them."""
    size = sum(map(len, texts)) / 1e6
    mine = [lambda text=text: extract([text.encode()]) for text in texts]
    try:
        import jieba
    except ImportError:
        return Row(
            name, "jieba.cut", None, 1, f"{size / in_turn([mine])[0]:.3f} M characters/s; jieba is not installed"
        )
    jieba.setLogLevel(60)
    jieba.initialize()
    theirs = [lambda text=text: all(jieba.cut(text)) for text in texts]
    own, other = in_turn([mine, theirs])
    return Row(name, "jieba.cut", other / own, 1, f"{size / own:.3f} against {size / other:.3f} M characters/s")


def numbers_row(texts: list[str]) -> Row:
    """Return how fast facts are found in texts, against Recognizers-Text finding their numbers."""
    size = sum(map(len, texts)) / 1e6
    name, against = f"extraction, {len(texts)} made articles", "Recognizers-Text, numbers alone"
    try:
        from recognizers_number import recognize_number
    except ImportError:
        return Row(name, against, None, 4, "recognizers-text-number is not installed")
    recognize_number("破案120起", "zh-cn")
    own, other = in_turn(
        [
            [lambda text=text: extract([text.encode()]) for text in texts],
            [lambda text=text: recognize_number(text, "zh-cn") for text in texts],
        ]
    )
    return Row(name, against, other / own, 4, f"{size / own:.3f} against {size / other:.3f} M characters/s")


def store_rows(found: list[tuple[Article, list[Fact]]]) -> list[Row]:
    """Return how fast facts come into a store, and out of it as Turtle."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "all.nq")
        graphs = [(graph_iri(article.id), to_ntriples(to_jsonld(article, facts))) for article, facts in found]
        named = (data.replace(b" .\n", f" <{graph}> .\n".encode()) for graph, data in graphs)
        file.write_bytes(b"".join(named))

        def fill() -> None:
            with write_store(Path(folder, "own"), package="benchmark") as writer:
                for article, facts in found:
                    held = Held(article.id, "made", "", graph_iri(article.id), {})
                    said = [*spelled(to_jsonld(article, facts))]
                    writer.put_article(held, ntriples_of(said), "ntriples", pack=pack(said))

        def load() -> None:
            ox.Store(str(Path(folder, "theirs"))).bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)

        theirs, own = in_turn([[load], [fill]])
        store = open_store(Path(folder, "own"))
        text = "".join(stream_store(store, store.graphs()))
        assert text == "".join(stream((graph, store.triples(graph)) for graph in store.graphs()))
        whole = Graph().parse(data=text, format="turtle")
        serialised, kept, read = in_turn(
            [
                [lambda: whole.serialize(format="turtle")],
                [lambda: all(stream_store(store, store.graphs()))],
                [lambda: all(stream((graph, store.triples(graph)) for graph in store.graphs()))],
            ]
        )
    many = f"{len(found)} articles"
    return [
        Row(f"facts to the store, {many}", "bulk_load of their N-Quads", theirs / own, 1 / 2.5,
            f"{own:.1f} against {theirs:.1f} s"),
        Row(f"Turtle of a store, {many}", "rdflib, of the same graph", serialised / kept, 8,
            f"{kept:.2f} against {serialised:.1f} s"),
        Row(f"Turtle of a store that keeps no packs, {many}", "rdflib, of the same graph", serialised / read, 1,
            f"{read:.1f} against {serialised:.1f} s"),
    ]  # fmt: skip


def gate_rows(found: list[tuple[Article, list[Fact]]]) -> list[Row]:
    """Return how fast the gate is against pySHACL, article by article."""
    documents = [(article, to_jsonld(article, facts)) for article, facts in found]
    own_shapes(), hierarchy()
    ready = [prepared(to_graph(article, facts)) for article, facts in found]
    run_setwise(ready[0], own_shapes())
    sample = [graph + Graph() for graph in ready]
    theirs, engine, whole = (
        taken / len(ready)
        for taken in in_turn(
            [
                [lambda graph=graph: run_pyshacl(graph, own_shapes()) for graph in sample],
                [lambda graph=graph: run_setwise(graph, own_shapes()) for graph in ready],
                [lambda a=article, d=document: check_document(a, d) for article, document in documents],
            ]
        )
    )
    against = "pySHACL on each of them"
    return [
        Row(f"the shapes alone, {len(ready)} articles", against, theirs / engine, 10,
            f"{engine * 1000:.1f} against {theirs * 1000:.1f} ms an article"),
        Row(f"the gate with grounding, {len(ready)} articles", against, theirs / whole, 10,
            f"{whole * 1000:.1f} against {theirs * 1000:.1f} ms an article"),
    ]  # fmt: skip


def script_rows(texts: list[str]) -> list[Row]:
    """Return what Traditional characters cost, in all and beyond reading."""
    from opencc import OpenCC

    convert, back = OpenCC("s2t").convert, OpenCC("t2s").convert
    traditional = [convert(text) for text in texts]
    works = [[partial(read_text, article_of(text)) for text in some] for some in (texts, traditional)]
    plain, other = (min(times) for times in zip(*(in_turn(works) for _ in range(3)), strict=True))
    (theirs,) = in_turn([[lambda text=text: back(text) for text in traditional]])
    rate = sum(map(len, texts)) / 1e6
    words = f"{rate / other:.2f} M characters/s, without Traditional characters {rate / plain:.2f}"
    name, more = "reading Traditional text", max(other - plain, plain / 100)
    return [
        Row(name, "the same text in Simplified", plain / other, 0.5, words, watched=False),
        Row(f"{name}: what that adds", "OpenCC, of the same text", theirs / more, 1,
            f"{rate / more:.2f} against {rate / theirs:.2f} M characters/s"),
    ]  # fmt: skip


def start_rows() -> list[Row]:
    """Return how long a command takes from a cold start, on the store of a few articles."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder, "store")
        subprocess.run([*OWN, "build", "--store", str(store), "seeds"], check=True, capture_output=True, cwd=ROOT)
        usage, *rows = cold_rows(store, "seeds", [*OWN, "--help"])
    return [replace(usage, name="kg --help, cold", wanted=2), *rows]


def cold_rows(store: Path, corpus: str, *others: list[str]) -> list[Row]:
    """Return how long some commands, then a question that asks nothing and a stored one take from a cold start."""
    nothing = store.with_name("nothing.rq")
    nothing.write_text("ASK {}\n", encoding="utf-8")
    asked = [[*OWN, "query", "--store", str(store), name, "--format", "csv"] for name in (str(nothing), "first-places")]
    against, *taken = cold([[sys.executable, "-c", "import rdflib"], *others, *asked])
    names = [*("" for _ in others), f"kg query, cold, {corpus}: start", f"kg query first-places, cold, {corpus}"]
    return [
        Row(name, "python -c 'import rdflib'", against / own, 1 / 0.75,
            f"{own * 1000:.0f} against {against * 1000:.0f} ms")
        for name, own in zip(names, taken, strict=True)
    ]  # fmt: skip


def corpus_rows(texts: list[str]) -> list[Row]:
    """Return what commands take of a corpus, and what its store takes to answer, beside rdflib and Oxigraph.

    Processor time of commands is that of their workers too; half of it is what two cores take that are never idle.
    """
    name = f"{len(texts)} articles"
    alone = seconds(lambda: extract(text.encode() for text in texts))
    with tempfile.TemporaryDirectory() as folder:
        files, store = written(Path(folder, "articles"), len(texts)), Path(folder, "store")
        build = ("build", "--workers", "2", "--store", str(store), str(files))
        first = cost(*build)
        change(files)
        again = cost(*build)
        turtle = cost("export", "--store", str(store), "--format", "turtle", "-o", str(Path(folder, "all.ttl")))
        graph = Graph().parse(data=open_store(store).statements(), format="ntriples")
        serialised = seconds(lambda: graph.serialize(format="turtle"))
        asked = query_rows(name, list(times(store, catalogue(), graph=graph, patience=PATIENCE)))
        started = cold_rows(store, name)
    return [
        Row(f"kg build, {name}, half its processor time", "extraction alone", alone / (first.processor / 2), 0.5,
            f"{first.processor:.0f} s on two cores, {first.wall:.0f} by the clock, against {alone:.1f} s on one"),
        Row(f"kg build after one of {name} changed", "the whole build; 100 asked of 10,000",
            first.processor / again.processor, 100, f"{again.processor:.2f} against {first.processor:.0f} s"),
        Row(f"kg export, {name}", "rdflib, of the same graph", serialised / turtle.processor, 8,
            f"{turtle.processor:.1f} against {serialised:.0f} s"),
        *started,
        *asked,
    ]  # fmt: skip


def query_rows(corpus: str, timings: list[Timing]) -> list[Row]:
    """Return how fast stored queries are against rdflib, given up after some seconds, and raw Oxigraph."""
    slower = sorted((t.rdflib or 0) / t.own for t in timings)
    raw = sorted(t.raw / t.own for t in timings)
    longest = max(timings, key=lambda timing: timing.own)
    given_up = sum(t.given_up for t in timings)
    name, words = f"stored queries, {corpus}", f"at least: {given_up} of {len(timings)} were stopped after {PATIENCE} s"
    return [
        Row(f"{name}: the least", "rdflib in memory", slower[0], 8, words),
        Row(f"{name}: the median", "rdflib in memory", median(slower), 20, words),
        Row(f"{name}: the median beside it", "raw Oxigraph", median(raw), 1 / 1.1, f"the least {raw[0]:.2f}"),
        Row(f"{name}: the longest", "2 s", 2 / longest.own, 1, f"{longest.name}: {longest.own:.2f} s", watched=False),
    ]


def growth_row(texts: list[str]) -> Row:
    """Return whether articles cost the same however many were read before."""
    halves = texts[: len(texts) // 2], texts[len(texts) // 2 :]
    few, many = (seconds(lambda half=half: extract(t.encode() for t in half)) / sum(map(len, half)) for half in halves)
    name = f"a character of articles {len(halves[0]) + 1} to {len(texts)}"
    return Row(name, "of those before them", few / many, 1 / 1.2, f"{many * 1e6:.2f} against {few * 1e6:.2f} µs")


def density(found: list[tuple[Article, list[Fact]]]) -> float:
    """Return how many facts stand in a thousand characters."""
    return sum(len(facts) for _, facts in found) * 1000 / sum(len(article.text) for article, _ in found)


def page(rows: list[Row], recorded: dict[str, float], about: str) -> str:
    """Return the page of a run."""
    columns = ("work", "against", "times as fast", "must be", "", "measured", "last recorded")
    head = f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
    lines = [
        f"| {row.name} | {row.against} | {'—' if row.ratio is None else f'{row.ratio:.2f}'} | {row.wanted:.2f} "
        f"| {row.verdict} | {row.measured} | {f'{recorded[row.name]:.2f}' if row.name in recorded else '—'} |"
        for row in rows
    ]
    notes = NOTES.read_text(encoding="utf-8") if NOTES.exists() else ""
    intro = "# Performance\n\nWritten by `make bench`; its notes are those of `benchmarks/notes.md`."
    return f"{intro}\n\n{about}\n\n{head}" + "\n".join(lines) + f"\n\n{notes}"


def main() -> int:
    """Measure, write the page, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="the corpus that is built, exported and asked")
    parser.add_argument("--record", action="store_true", help="take today's ratios over into recorded.json")
    said = parser.parse_args()
    corpus = [text for _, text in articles(said.articles)]
    texts = corpus[:200]
    seeds = [path.read_text(encoding="utf-8-sig") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    extract(text.encode() for _, text in articles(5, seed=2))
    read_text(article_of("公安機關破獲網路詐騙案件"))  # OpenCC reads its tables once
    extractions = [
        extraction_row("extraction, seeds", seeds),
        extraction_row(f"extraction, {len(texts)} made articles", texts),
    ]
    found = extract(text.encode() for text in texts)
    rows = [
        *extractions,
        numbers_row(texts[:20]),
        *store_rows(found[:100]),
        *gate_rows(found[:40]),
        *script_rows(texts[:50]),
        *start_rows(),
        growth_row(texts),
        *corpus_rows(corpus),
    ]
    recorded: dict[str, float] = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    about = (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}. Made articles state {density(found):.1f} facts in a thousand characters, "
        f"the seeds {density(extract(text.encode() for text in seeds)):.1f}."
    )
    written = page(rows, recorded, about)
    PAGE.write_text(written, encoding="utf-8")
    sys.stdout.write(written)
    ratios = {row.name: round(row.ratio, 3) for row in rows if row.ratio is not None}
    watched = [row.name for row in rows if row.watched and row.name in ratios]
    worse = [name for name in watched if ratios[name] * 1.5 < recorded.get(name, 0)]
    for name in worse:
        sys.stderr.write(f"worse by more than a third: {name}: {ratios[name]:.2f}, recorded {recorded[name]:.2f}\n")
    if said.record or not recorded:
        RECORDED.write_text(json.dumps(ratios, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(bool(worse))


if __name__ == "__main__":
    sys.exit(main())
