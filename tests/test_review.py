"""What a person said of a fact survives another extraction, and is reopened when the sentence changes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.difference import store_facts
from kg.facts.model import Fact, Metric
from kg.review import claim_key, read_reviews
from kg.store import Rows, open_store

Kg = Callable[..., "subprocess.CompletedProcess[str]"]
SENTENCE = "镇安县公安局2023年破获刑事案件120起,抓获犯罪嫌疑人80人。"
WHO = ("--by", "李审核", "--why", "原文印错", "--on", "2024-03-01")


@pytest.fixture
def build(kg: Kg, tmp_path: Path) -> Callable[..., str]:
    def run(text: str = SENTENCE, *options: str, code: int = 0) -> str:
        (tmp_path / "zhenan.txt").write_text(text + "\n", encoding="utf-8")
        done = kg("build", "--store", "s", "zhenan.txt", *options)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    run()
    return run


def facts(tmp_path: Path) -> list[Fact]:
    return store_facts(open_store(tmp_path / "s"))


def metrics(tmp_path: Path) -> dict[str, str]:
    return {fact.indicator: str(fact.value) for fact in facts(tmp_path) if isinstance(fact, Metric)}


def key_of(tmp_path: Path, value: int) -> str:
    return next(claim_key(fact) for fact in facts(tmp_path) if isinstance(fact, Metric) and fact.value == value)


def test_a_rejected_fact_is_gone_and_stays_gone(kg: Kg, build: Callable[..., str], tmp_path: Path) -> None:
    before = metrics(tmp_path)
    key = key_of(tmp_path, 120)
    assert kg("review", "reject", key, "--store", "s", *WHO).returncode == 0
    assert "changed" in build()
    assert sorted(metrics(tmp_path).values()) == ["80"]
    assert "Nothing has changed" in build()
    build("今年以来,天气晴好。\n" + SENTENCE + "\n二是服务群众。")
    assert sorted(metrics(tmp_path).values()) == ["80"]
    listed = kg("review", "list", "--store", "s").stdout
    assert f"{key}  reject, applied" in listed
    assert "李审核, 2024-03-01: 原文印错" in listed
    assert kg("review", "withdraw", key, "--store", "s", *WHO).returncode == 0
    build()
    assert metrics(tmp_path) == before
    assert "not in force" in kg("review", "list", "--store", "s").stdout


def test_a_correction_passes_the_gate_and_is_told_from_what_the_article_says(
    kg: Kg, build: Callable[..., str], tmp_path: Path
) -> None:
    key = key_of(tmp_path, 120)
    assert kg("review", "correct", key, "--store", "s", "--set", "value=121", *WHO).returncode == 0
    build()
    assert sorted(metrics(tmp_path).values()) == ["121", "80"]
    assert kg("check", "--store", "s").returncode == 0
    rows = open_store(tmp_path / "s").ask(
        "PREFIX s: <https://schema.org/> PREFIX pa: <https://w3id.org/pingan/ontology#> "
        "SELECT ?by ?why ?day ?value { ?r s:itemReviewed ?m ; s:author ?by ; s:reviewBody ?why ; s:dateCreated ?day ."
        " ?m pa:value ?value }"
    )
    assert isinstance(rows, Rows)
    assert [term.value for term in rows.rows[0] if term] == ["李审核", "原文印错", "2024-03-01", "121"]
    again = key_of(tmp_path, 121)
    assert kg("review", "correct", again, "--store", "s", "--set", "value=122", *WHO).returncode == 0
    build()
    assert sorted(metrics(tmp_path).values()) == ["122", "80"]


def test_a_review_is_reopened_when_its_sentence_changes(kg: Kg, build: Callable[..., str], tmp_path: Path) -> None:
    key = key_of(tmp_path, 120)
    kg("review", "reject", key, "--store", "s", *WHO)
    assert "reopened" not in build()
    assert f"reopened {key}" in build(SENTENCE.replace("80人", "81人"))
    assert sorted(metrics(tmp_path).values()) == ["120", "81"]
    assert f"{key}  reject, reopened" in kg("review", "list", "--store", "s").stdout
    build()
    assert sorted(metrics(tmp_path).values()) == ["80"]


def test_all_facts_may_be_rejected(kg: Kg, build: Callable[..., str], tmp_path: Path) -> None:
    for fact in facts(tmp_path):
        assert kg("review", "reject", claim_key(fact), "--store", "s", *WHO).returncode == 0
    build()
    assert facts(tmp_path) == []


def test_a_correction_that_is_malformed_is_refused_and_the_graph_stays(
    kg: Kg, build: Callable[..., str], tmp_path: Path
) -> None:
    key = key_of(tmp_path, 120)
    for wrong in ("value=many", "kind=colour", "colour=red", "evidence=[]"):
        done = kg("review", "correct", key, "--store", "s", "--set", wrong, *WHO)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
    assert not (tmp_path / "s" / "reviews.jsonl").exists()


def test_the_file_of_reviews_may_stand_elsewhere(kg: Kg, build: Callable[..., str], tmp_path: Path) -> None:
    key = key_of(tmp_path, 120)
    assert kg("review", "reject", key, "--store", "s", "--reviews", "r.jsonl", *WHO).returncode == 0
    (review,) = read_reviews(tmp_path / "r.jsonl")["zhenan"]
    assert (review.by, review.on.isoformat(), review.why, review.key) == ("李审核", "2024-03-01", "原文印错", key)
    build(SENTENCE, "--reviews", "r.jsonl")
    assert sorted(metrics(tmp_path).values()) == ["80"]
    build()
    assert sorted(metrics(tmp_path).values()) == ["120", "80"]


def test_a_file_of_reviews_that_is_named_has_to_be_there(kg: Kg, build: Callable[..., str], tmp_path: Path) -> None:
    assert kg("review", "reject", key_of(tmp_path, 120), "--store", "s", "--reviews", "r.jsonl", *WHO).returncode == 0
    build(SENTENCE, "--reviews", "r.jsonl")
    before = open_store(tmp_path / "s").dump()
    for command in (("build", "zhenan.txt"), ("build", "--dry-run", "zhenan.txt"), ("review", "list")):
        done = kg(*command, "--store", "s", "--reviews", "rr.jsonl")
        assert done.returncode == 3, command
        assert done.stderr.startswith("kg: rr.jsonl: No such file or directory; ")
        assert done.stderr.count("\n") == 1
    assert open_store(tmp_path / "s").dump() == before
    assert not (tmp_path / "rr.jsonl").exists()


def test_words_of_people_are_only_words(kg: Kg, build: Callable[..., str], tmp_path: Path) -> None:
    nasty = '"> <urn:x> <urn:y> . \\ }} DROP ALL'
    done = kg("review", "reject", key_of(tmp_path, 120), "--store", "s", "--by", nasty, "--why", nasty)
    assert done.returncode == 0
    build()
    rows = open_store(tmp_path / "s").ask("SELECT ?w { ?r <https://schema.org/author> ?w }")
    assert isinstance(rows, Rows)
    assert [term.value for row in rows.rows for term in row if term] == [nasty]
    for words in ("two\nlines", " ", "\x00", "x" * 5000):
        assert kg("review", "reject", key_of(tmp_path, 80), "--store", "s", "--by", "a", "--why", words).returncode == 2


def test_what_is_missing_or_unknown_is_said(kg: Kg, build: Callable[..., str], tmp_path: Path) -> None:
    key = key_of(tmp_path, 120)
    for arguments in (
        ("reject", "0123", *WHO), ("reject", key), ("reject", key, "--by", "a"), ("correct", key, *WHO),
        ("reject", key, "--set", "value=1", *WHO), ("withdraw", key, *WHO), ("reject",), ("praise", key, *WHO),
    ):  # fmt: skip
        done = kg("review", *arguments, "--store", "s")
        assert done.returncode == 2, arguments
        assert done.stderr.count("\n") == 1
    for arguments, words in (
        (("correct", key, "--set", "value", *WHO), "write --set name=value"),
        (("correct", key, "--set", "value=1", "--set", "value=2", *WHO), "value is given twice"),
        (("withdraw", key, *WHO), f'the claim "{key}" has no review to withdraw'),
        (("withdraw", "0123", *WHO), 'no claim or review has the key "0123"'),
        (("claims", "0123"), 'claims has no "0123"'),
        (("list", "--set", "a=b"), "leave out --set: kg review list takes none"),
        (("reject", key, "--about", "120", *WHO), "leave out --about"),
    ):
        done = kg("review", *arguments, "--store", "s")
        assert (done.returncode, words in done.stderr, done.stderr.count("\n")) == (2, True, 1), done.stderr
    assert [line.split()[0] for line in kg("review", "claims", key, "--store", "s").stdout.splitlines()] == [key]
    (tmp_path / "zhenan.txt").write_text("短" + SENTENCE, encoding="utf-8")
    done = kg("review", "reject", key, "--store", "s", *WHO)
    assert (done.returncode, "kg build first" in done.stderr) == (2, True)


UNREADABLE = [
    "{", "[]", "{}", '{"verdict": "reject"}', "[" * 100_000,
    json.dumps({"sentence": "a", "verdict": "praise", "by": "a", "on": "2024-01-01", "why": "b", "fact": {}}),
    json.dumps({"sentence": "a", "verdict": "reject", "by": "a", "on": "yesterday", "why": "b", "fact": {}}),
    json.dumps({"sentence": "a", "verdict": "reject", "by": "a", "on": "2024-01-01", "why": "b", "fact": {}}),
]  # fmt: skip


def test_reviews_that_cannot_be_read_stop_the_build(kg: Kg, build: Callable[..., str], tmp_path: Path) -> None:
    before = open_store(tmp_path / "s").dump()
    for line in UNREADABLE:
        (tmp_path / "s" / "reviews.jsonl").write_text(line + "\n", encoding="utf-8")
        done = kg("build", "--store", "s", "zhenan.txt")
        assert done.returncode == 3, line[:80]
        assert done.stderr.count("\n") == 1
        assert "reviews.jsonl, line 1" in done.stderr
        assert open_store(tmp_path / "s").dump() == before


def test_what_was_said_is_seen_in_answers_and_exports(kg: Kg, build: Callable[..., str], tmp_path: Path) -> None:
    key = key_of(tmp_path, 120)
    kg("review", "correct", key, "--store", "s", "--set", "value=121", *WHO)
    build()
    (row,) = map(json.loads, kg("query", "--store", "s", "reviews", "--format", "jsonl").stdout.splitlines())
    assert (row["verdict"], row["state"], row["by"], row["why"]) == ("correct", "applied", "李审核", "原文印错")
    assert '"value": 120' in row["fact"]
    for format, ending in (("turtle", "ttl"), ("trig", "trig"), ("nquads", "nq"), ("jsonld", "jsonld")):
        for article in ((), ("--article", "zhenan")):
            done = kg("export", "--store", "s", "--format", format, "-o", f"out.{ending}", *article)
            assert done.returncode == 0, done.stderr
            assert "李审核" in (tmp_path / f"out.{ending}").read_text(encoding="utf-8")
        checked = kg("check", f"out.{ending}", "--format", "json")
        grave = {f["shape"] for f in json.loads(checked.stdout)["findings"] if f["severity"] == "violation"}
        assert grave == {"Grounding"}, checked.stdout  # the value is a person's, not the quote's
    assert kg("export", "--store", "s", "--format", "csv").returncode == 0
