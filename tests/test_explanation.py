"""kg explain: what led to a fact, and why a number gave none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.article import Article, article_of, read_article
from kg.explanation import described, explain, explanation_lines, nearest_rule
from kg.extraction import find_facts
from kg.facts.model import Metric
from kg.mentions.cascade import find_mentions
from kg.mentions.frame import VALUES

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
TEXT = """岚皋县公安局工作综述

今年以来,岚皋县公安局开展“秋风”行动,破获刑事案件120起,同比上升5.3%。群众可拨打110报警。
力争明年破案率达到90%。
"""


@pytest.fixture
def article() -> Article:
    return article_of(TEXT, id="langao", published=date(2022, 11, 5))


def reasons(text: str) -> dict[str, str]:
    """Return the numbers of a text that gave no fact, each with its reason."""
    return {silence.words: silence.reason for silence in explain(article_of(text), 0).silences}


def test_a_fact_shows_its_mentions_frame_and_sources(article: Article) -> None:
    fact = next(fact for fact in find_facts(article) if isinstance(fact, Metric) and fact.kind == "change")
    found = explain(article, fact)
    assert found.fact == fact
    assert found.line == 3
    assert found.sentence.startswith("今年以来,岚皋县公安局")
    assert {(m.words, m.label, m.rule) for m in found.mentions} >= {
        ("上升", "move", "up"),
        ("5.3%", "percent", "share-percent"),
    }
    (frame,) = (frame for frame in found.frames if frame.rule == "change-by")
    assert dict(frame.roles) == {"verb": "上升", "value": "5.3%"}
    sources = {supplied.field: supplied for supplied in found.supplied}
    assert "岚皋县公安局" in sources["bureau"].words
    assert sources["period"].start == TEXT.index("今年以来")


def test_a_place_shows_its_whole_sentence(article: Article) -> None:
    found = explain(article, TEXT.index("拨打"))
    assert found.fact is None
    assert found.sentence == "群众可拨打110报警。"
    assert "".join(mention.words for mention in found.mentions) == found.sentence
    assert [silence.words for silence in found.silences] == ["110"]


def test_offsets_are_those_of_the_article() -> None:
    text = "嵐皋縣公安局破獲刑事案件１２０起，撥打１１０報警。"
    found = explain(article_of(text), 0)
    for mention in found.mentions:
        assert text[mention.start : mention.end].split() == mention.words.split()
    (silence,) = found.silences
    assert text[silence.start : silence.end] == "１１０"


@pytest.mark.parametrize(
    ("words", "reason", "text"),
    [
        ("110", "decoy-hotline", "群众拨打110报警。"),
        ("1+2+N", "decoy-formula", "推行1+2+N模式。"),
        ("“一室两队”", "quoted", "完善“一室两队”机制。"),
        ("90%", "a plan or a promise", "力争破案率达到90%。"),
        ("12年", "nearest rule change-by; it wants move before", "民警12年奔波。"),
        ("77", "no rule of values", "民警甲77乙。"),
        ("12起", "nothing beside the number", "12起。"),
    ],
)
def test_a_number_without_a_fact_has_its_reason(words: str, reason: str, text: str) -> None:
    assert reason in reasons(text)[words]


def test_numbers_with_a_fact_are_not_silent() -> None:
    assert reasons("岚皋县公安局破获刑事案件120起,同比上升5.3%,居全市第二位。") == {}


def test_the_nearest_rule_names_the_label_that_failed() -> None:
    words = "民警12年奔波"
    row = find_mentions(words, 0, len(words))
    near = nearest_rule(row, next(i for i, mention in enumerate(row) if mention.label in VALUES))
    assert near is not None
    assert (near.rule, near.change, near.label, near.mention.label) == ("change-by", "insert", "move", "duration")
    assert near.spell(words) == 'nearest rule change-by; it wants move before "12年" (duration)'


def test_lines_for_people(article: Article) -> None:
    lines = list(explanation_lines(article, find_facts(article)))
    text = "\n".join(lines)
    assert "sentence  langao, line 3" in text
    assert "rule      change-by: Indicators" in text
    assert "frame     count-after-noun: indicator" in text
    assert f"context   period from 今年以来, at {TEXT.index('今年以来')}" in text
    assert [line for line in lines if line.startswith("no fact, line 3")]
    assert [line for line in lines if line.startswith("no fact, line 4") and "a plan or a promise" in line]


def test_days_and_streaks_are_spelled_for_people() -> None:
    text = "2024年1月至9月,镇安县公安局刑事案件同比2019年同期下降20%,命案连续3年全破。\n"
    lines = list(explanation_lines(article_of(text), find_facts(article_of(text))))
    told = [line for line in lines if line.startswith("type ")]
    assert any("period 2024-01-01/2024-09-30" in line for line in told)
    assert any("baseline 2019-01-01/2019-09-30" in line for line in told)
    assert any("streak 3年" in line for line in told)
    assert not [line for line in told if "{" in line]


def test_lines_about_words_and_at_a_place(article: Article) -> None:
    facts = find_facts(article)
    about = list(explanation_lines(article, facts, about="破获刑事案件"))
    assert sum(line.startswith("type ") for line in about) == 2
    at = list(explanation_lines(article, facts, at=TEXT.index("110")))
    assert not [line for line in at if line.startswith("type ")]
    assert [line for line in at if line.startswith("  no fact")]
    assert list(explanation_lines(article, facts, at=len(TEXT) + 5)) == []


def test_a_rule_without_a_note_is_described_by_its_name() -> None:
    assert described("no-such-rule") == "no-such-rule"
    assert described("change-by").startswith("change-by: ")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_fact_of_a_seed_is_explained_by_a_rule_that_exists(path: Path) -> None:
    article = read_article(path)
    facts = find_facts(article)
    assert facts
    for fact in facts:
        found = explain(article, fact)
        assert fact.evidence[0].start < found.end
        assert fact.derivation.rules
        assert found.mentions
        if isinstance(fact, Metric):
            assert fact.derivation.rules[0] in {frame.rule for frame in found.frames}
            assert described(fact.derivation.rules[0]) != fact.derivation.rules[0]
