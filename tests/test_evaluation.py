"""Scores: what counts as found, what as right, and what every miss looks like."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluation import evaluate, miss_line, read_lines, report_json, report_table


def metric(**fields: Any) -> dict[str, Any]:
    start = fields.pop("start", 10)
    return {
        "type": "Metric", "article": "a", "bureau": "镇安县公安局", "indicator": "破获刑事案件", "kind": "count",
        "value": 120, "unit": "起", "bound": "exact", "direction": None, "comparison": None, "baseline": None,
        "scope": None, "streak": None, "campaign": None, "period": {"start": "2023-01-01", "end": "2023-12-31"},
        "evidence": [{"quote": "破获刑事案件120起", "start": start, "end": start + 10}], **fields,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "found", "right"),
    [
        ({}, 1, 1),
        ({"unit": "件"}, 1, 1),
        ({"unit": "人"}, 1, 0),
        ({"value": 120.001}, 1, 1),
        ({"value": 121}, 0, 0),
        ({"value": None}, 0, 0),
        ({"indicator": "刑事案件"}, 1, 1),
        ({"indicator": "抓获嫌疑人"}, 1, 0),
        ({"period": {"start": "2023-01-01", "end": "2023-10-31"}}, 1, 1),
        ({"period": {"start": "2023-01-01", "end": "2023-06-30"}}, 1, 0),
        ({"period": None}, 1, 0),
        ({"campaign": "云剑"}, 1, 1),
        ({"start": 19}, 1, 1),
        ({"start": 20}, 0, 0),
        ({"bound": None}, 1, 1),
        ({"bound": "min"}, 1, 0),
    ],
)
def test_what_is_found_and_what_is_right(change: dict[str, Any], found: int, right: int) -> None:
    score = evaluate([metric()], [metric(**change)]).scores["Metric"]
    assert (score.found, score.right) == (found, right)


def test_optional_gold_counts_neither_way() -> None:
    optional = metric(value=7, optional=True)
    for system in ([metric()], [metric(), metric(value=7)]):
        score = evaluate([metric(), optional], system).scores["Metric"]
        assert (score.gold, score.system, score.found, score.right) == (1, 1, 1, 1)


def test_each_fact_has_one_partner() -> None:
    report = evaluate([metric()], [metric(), metric()])
    score = report.scores["All"]
    assert (score.gold, score.system, score.found) == (1, 2, 1)
    assert score.figures(score.found).precision == 0.5
    assert [miss_line(miss)[:16] for miss in report.misses] == ["EXTRA a Metric: "]


def test_misses_are_told_field_by_field() -> None:
    report = evaluate([metric(), metric(value=5, start=90)], [metric(unit="人")])
    lines = [miss_line(miss) for miss in report.misses]
    assert lines[0] == "WRONG a Metric.unit: gold '起', system '人' ← 破获刑事案件120起"
    assert lines[1].startswith("MISSED a Metric: ")
    assert "unit 0.00" in report_table(report)
    assert '"recall": 0.5' in report_json(report)


def test_the_gold_agrees_with_itself(gold: list[dict[str, Any]]) -> None:
    report = evaluate(gold, gold)
    assert report.misses == ()
    assert all(score.figures(score.right).f1 == 1.0 for score in report.scores.values())


@pytest.mark.parametrize("line", ["nonsense", "[]", "{}", '{"type": "Weather"}', '{"type": "Bureau", "evidence": []}'])
def test_lines_that_are_no_facts_are_refused(line: str) -> None:
    with pytest.raises(InputError, match="gold, line 2"):
        list(read_lines(["\n", line], "gold"))
