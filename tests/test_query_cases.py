"""Each stored query on a graph made by hand: what it answers, what it must leave out, and that it can be empty.

``tests/queries/<query>/facts.jsonl`` holds facts about cities that do not exist, one a line, without fields that are
null; ``quote`` is the evidence, and the quotes of an article are its text. ``cases.toml`` holds what is asked::

    [[case]]                                  the arguments, and the rows in the order of the answer
    arguments = { bureau = "甲州" }
    columns = ["indicator", "value"]
    rows = [["破获刑事案件", "12"]]

    [[review]]                                what somebody said of the fact with this quote, if anybody did
    quote = "破获刑事案件12起"
    verdict = "reject"
    by = "李审核"
    why = "原文印错"

    [[article]]                               the title and outlet of an article, where it has any
    id = "a"
    title = "平安答卷"
    outlet = "甲州日报"

    [absent]                                  quotes that stand in the facts and in no row of the first case, and why
    "抓获3人" = "arrests, not cases"
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.article import Article
from kg.facts.jsonl import FIELDS, fact_from_dict
from kg.facts.model import Fact
from kg.graph import to_jsonld_text
from kg.inference import infer
from kg.pipeline import vocabularies
from kg.queries import ask, catalogue
from kg.review import Review, apply_reviews, sentence_of, to_ntriples, with_fields
from kg.store import Held, Rows, Store, memory_writer

FOLDER = Path(__file__).parent / "queries"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def cases(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name / "cases.toml").read_text(encoding="utf-8"))


CASES = [
    pytest.param(name, case, id=f"{name}:{number}")
    for name in NAMES
    for number, case in enumerate(cases(name)["case"], 1)
]


def facts_of(name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the facts of a query's graph by article."""
    found = defaultdict(list)
    for line in (FOLDER / name / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        fact = {"type": "Metric", "bound": "exact", **json.loads(line, parse_float=Decimal)}
        found[fact.setdefault("article", "a")].append(fact)
    return found


def reviews_of(name: str, text: str, facts: list[Fact]) -> list[Review]:
    """Return what people said of some of the facts."""
    found = []
    for said in cases(name).get("review", ()):
        for fact in (fact for fact in facts if fact.evidence[0].quote == said["quote"]):
            corrected = with_fields(fact, said["set"]) if "set" in said else None
            given = (said["verdict"], said["by"], date(2026, 1, 2), said["why"])
            found.append(Review(fact, sentence_of(text, fact), *given, corrected))
    return found


@cache
def graph(name: str) -> Store:
    """Return a store of a query's facts, with the vocabularies and what follows."""
    writer = memory_writer()
    for iri, data in vocabularies():
        writer.put_graph(iri, data, "turtle")
    known = {one["id"]: one for one in cases(name).get("article", ())}
    for id, facts in facts_of(name).items():
        text = "\n".join(fact["quote"] for fact in facts)
        printed = known.get(id, {})
        article = Article(id, text, (), printed.get("title"), printed.get("outlet"), None, date(2025, 12, 31), "given")
        whole, start = [], 0
        for fact in facts:
            place = {"quote": fact["quote"], "start": start, "end": start + len(fact["quote"])}
            start = place["end"] + 1
            fields = {**dict.fromkeys(FIELDS[fact["type"]]), **{k: v for k, v in fact.items() if k != "quote"}}
            whole.append(fact_from_dict({**fields, "evidence": [place]}, f"{name}: {place['quote']}"))
        reviewed = apply_reviews(reviews_of(name, text, whole), text, whole)
        held = Held(id, "made by hand", "", f"urn:graph:{id}", {})
        writer.put_article(held, to_jsonld_text(article, reviewed.facts).encode(), "jsonld")
        if reviewed.standing:
            writer.put_graph(f"urn:reviews:{id}", to_ntriples(reviewed.standing), "ntriples")
    infer(writer, None)
    return writer.reading()


def answer(store: Store, name: str, arguments: dict[str, str]) -> Rows:
    given = ask(store, name, arguments)
    assert isinstance(given, Rows)
    return given


def test_every_query_has_its_graph_with_an_empty_and_a_negative_case() -> None:
    assert sorted(catalogue()) == NAMES
    for name in NAMES:
        stated = cases(name)
        assert any(case["rows"] for case in stated["case"]), f"{name}: no case with rows"
        assert any(not case["rows"] for case in stated["case"]), f"{name}: no case without rows"
        assert stated["absent"], f"{name}: nothing that must be left out"


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_query_answers_as_stated(name: str, case: dict[str, Any]) -> None:
    given = answer(graph(name), name, case.get("arguments", {}))
    places = [given.columns.index(column) for column in case.get("columns", ())]
    assert [[term.value if (term := row[i]) else "" for i in places] for row in given.rows] == case["rows"]


@pytest.mark.parametrize("name", NAMES)
def test_what_must_be_left_out_is_there_and_is_left_out(name: str) -> None:
    stated = cases(name)
    quotes = {fact["quote"] for facts in facts_of(name).values() for fact in facts}
    given = answer(graph(name), name, stated["case"][0].get("arguments", {}))
    shown = {term.value for row in given.rows for term in row if term}
    for quote, why in stated["absent"].items():
        assert quote in quotes, f"{name}: no fact says {quote}"
        assert quote not in shown, f"{name}: {quote} is there, though {why}"


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_store_gives_no_rows(name: str) -> None:
    needed = {parameter.name: "甲州" for parameter in catalogue()[name].parameters if parameter.default is None}
    assert answer(memory_writer().reading(), name, needed).rows == ()
