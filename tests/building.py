"""Builds in processes of their own, for the tests that end them.

Oxigraph has threads, so that a process that has opened a store on disk must not be forked. The fork server imports this
module, reads an article without a store so that all rules are loaded, and forks what a test asks for.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from multiprocessing.connection import Connection

from kg import pipeline, store
from kg.errors import StoreError
from kg.examination import digest_of_package
from kg.extraction import find_facts
from kg.graph import BASE
from kg.inference import infer
from kg.store import Held, memory_writer, writing

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["building"])
NOBODY = 65534
REPORT = "{0}公安局2023年破获刑事案件{1}起,抓获犯罪嫌疑人80人,同比下降12.5%。\n"
STEPS = ("put_graph", "finish", "close", "write_state", "replace_file", "sweep")


def load_everything() -> None:
    """Do once, in memory, what a build does."""
    from kg.article import article_of
    from kg.graph import graph_iri, to_jsonld_text

    article = article_of(REPORT.format("镇安县", 1), id="a")
    facts = find_facts(article)
    pipeline.judge(article, facts)
    writer = memory_writer()
    for graph, data in pipeline.vocabularies():
        writer.put_graph(graph, data, "turtle")
    writer.put_article(Held("a", "-", "1", graph_iri("a"), {}), to_jsonld_text(article, facts).encode(), "jsonld")
    infer(writer, None, base=BASE)
    digest_of_package()


if multiprocessing.current_process().name == "MainProcess" and multiprocessing.parent_process() is None:
    load_everything()


def build(articles: str, folder: str) -> None:
    """Build a store."""
    pipeline.build([articles], folder, replace_others=True)


def build_in_turn(one: str, two: str, folder: str) -> None:
    """Build a store from two folders in turn until somebody ends this."""
    while True:
        pipeline.build([one], folder, replace_others=True)
        pipeline.build([two], folder, replace_others=True)


def build_and_die(articles: str, folder: str, step: str, after: bool) -> None:
    """Build a store and be killed right before or right after a step of writing."""
    target = store.Writer if hasattr(store.Writer, step) else writing
    original = getattr(target, step)

    def die(*given: object, **named: object) -> None:
        if after:
            original(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(target, step, die)
    pipeline.build([articles], folder, replace_others=True)


def build_and_tell(articles: str, folder: str, most: int | None, user: int | None, tell: Connection) -> None:
    """Build a store, with files of at most so many bytes or as another user, and send what StoreError says, or ""."""
    if most is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if user is not None:
        os.setgid(user)
        os.setuid(user)
        store.open_store(folder).dump()
    try:
        pipeline.build([articles], folder, replace_others=True)
        tell.send("")
    except StoreError as error:
        tell.send(str(error))
