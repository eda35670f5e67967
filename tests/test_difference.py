"""Facts gained, lost and changed, each told once, whatever the two sides were written as."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.difference import compare, difference_lines, read_any
from kg.facts.model import Bureau, Campaign, Derivation, Evidence, Fact, Metric

Kg = Callable[..., "subprocess.CompletedProcess[str]"]
METRIC = Metric(
    article="a", evidence=(Evidence(10, 14, "120起"),), bureau="镇安县公安局", indicator="破获刑事案件", kind="count",
    value=Decimal(120), unit="起",
)  # fmt: skip
BUREAU = Bureau(article="a", evidence=(Evidence(0, 6, "镇安县公安局"),), name="镇安县公安局", level="county")
CAMPAIGN = Campaign(article="a", evidence=(Evidence(20, 22, "云剑"),), name="云剑")


def test_another_value_at_another_place_is_one_change() -> None:
    moved = replace(METRIC, value=Decimal(121), evidence=(Evidence(30, 34, "121起"),))
    found = compare([BUREAU, METRIC], [BUREAU, moved])
    assert (found.lost, found.gained, found.same) == ((), (), 1)
    assert [name for name, _, _ in found.changed[0].fields] == ["value", "evidence"]
    assert difference_lines(found) == [
        '~ a Metric 镇安县公安局 破获刑事案件 121 起 @30 "121起"',
        "    value: 120 -> 121",
        '    evidence: @10-14 "120起" -> @30-34 "121起"',
        "0 gained, 0 lost, 1 changed, 1 the same",
    ]


def test_another_name_at_the_same_place_is_one_change() -> None:
    found = compare([METRIC], [replace(METRIC, indicator="刑事案件破案数")])
    assert found.changed[0].fields == (("indicator", "破获刑事案件", "刑事案件破案数"),)


def test_how_a_fact_came_about_is_no_change() -> None:
    assert not compare([METRIC], [replace(METRIC, derivation=Derivation(("another-rule",)))])


def test_types_and_articles_are_never_paired() -> None:
    other = replace(METRIC, article="b")
    found = compare([METRIC, CAMPAIGN], [other, BUREAU])
    assert (found.lost, found.gained, found.changed) == ((METRIC, CAMPAIGN), (BUREAU, other), ())


def test_the_same_fact_twice_is_counted() -> None:
    assert compare([METRIC, METRIC], [METRIC]).lost == (METRIC,)


FACTS = st.builds(
    lambda base, article, start, value: replace(
        base,
        article=article,
        evidence=(Evidence(start, start + 4, "120起"),),
        **({"value": value} if base is METRIC else {}),
    ),
    st.sampled_from([METRIC, BUREAU, CAMPAIGN]),
    st.sampled_from("ab"),
    st.integers(0, 5),
    st.decimals(0, 3, places=0),
)


@given(st.lists(FACTS, max_size=12), st.lists(FACTS, max_size=12))
@settings(deadline=None, max_examples=60)
def test_no_fact_is_told_twice_or_forgotten(before: list[Fact], after: list[Fact]) -> None:
    found = compare(before, after)
    assert len(found.lost) + len(found.changed) + found.same == len(before)
    assert len(found.gained) + len(found.changed) + found.same == len(after)
    assert not compare(before, before[::-1])
    assert compare(before[::-1], after[::-1]) == found


@pytest.fixture
def stores(store_of: Callable[..., Path]) -> tuple[Path, Path]:
    text = "镇安县公安局2023年破获刑事案件{}起,抓获犯罪嫌疑人80人。\n"
    return store_of({"zhenan.txt": text.format(120)}, "one"), store_of({"zhenan.txt": text.format(121)}, "two")


def test_stores_and_exports_are_compared_alike(kg: Kg, stores: tuple[Path, Path], tmp_path: Path) -> None:
    one, two = stores
    done = kg("diff", one, two)
    assert (done.returncode, done.stderr) == (0, "")
    assert "    value: 120 -> 121" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("0 gained, 0 lost, 1 changed")
    for format, ending in (("turtle", "ttl"), ("nquads", "nq"), ("trig", "trig"), ("jsonld", "jsonld")):
        assert kg("export", "--store", one, "--format", format, "-o", f"one.{ending}").returncode == 0
        assert kg("diff", f"one.{ending}", two).stdout == done.stdout
        assert kg("diff", f"one.{ending}", one).stdout.startswith("0 gained, 0 lost, 0 changed")
    assert kg("facts", "zhenan.txt", "--format", "jsonl", "-o", "two.jsonl").returncode == 0
    assert kg("diff", one, "two.jsonl").stdout == done.stdout
    assert read_any(str(two)) == sorted(read_any(str(tmp_path / "two.jsonl")), key=lambda f: (min(f.evidence), repr(f)))


def test_the_difference_as_json(kg: Kg, stores: tuple[Path, Path]) -> None:
    found = json.loads(kg("diff", *stores, "--format", "json").stdout)
    assert found["changed"][0]["fields"]["value"] == {"before": "120", "after": "121"}
    assert (found["lost"], found["gained"]) == ([], [])


@pytest.mark.parametrize("name", ["none", "none.ttl", "none.jsonl", "none.txt"])
def test_what_cannot_be_compared_is_said(kg: Kg, stores: tuple[Path, Path], name: str) -> None:
    done = kg("diff", name, stores[0])
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert name in done.stderr
