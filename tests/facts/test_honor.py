from __future__ import annotations

from datetime import date

import pytest

from kg.facts.bureau import find_bureaus
from kg.facts.honor import find_honors, honor_spans
from kg.facts.model import Honor, Period, Streak
from kg.facts.timeline import read_timeline
from kg.text import text_of

PUBLISHED = date(2023, 12, 30)
HOME = "镇安县公安局召开会议。"


def honors(sentence: str, home: str = HOME) -> list[Honor]:
    text = text_of(home + sentence, published=PUBLISHED)
    return find_honors(text, find_bureaus(text), read_timeline(text))


def brief(sentence: str, home: str = HOME) -> set[tuple[str, str]]:
    return {(honor.recipient, honor.title) for honor in honors(sentence, home)}


def test_grantor_stands_between_bei_and_verb() -> None:
    (honor,) = honors("2022年,县公安局被省公安厅记集体二等功。")
    assert honor.grantor == "陕西省公安厅"
    assert honor.level == "provincial"
    assert honor.period == Period(date(2022, 1, 1), date(2022, 12, 31))


def test_streak_and_times() -> None:
    assert honors("县公安局连续3年被评为全省公安机关执法示范单位。")[0].streak == Streak(3, "年")
    assert honors("县公安局两次被公安部记集体一等功。")[0].times == 2


def test_spans_cover_titles_of_unnamed_recipients() -> None:
    text = text_of("24个集体、213名个人受到表扬,12名民警荣立二等功。")
    assert [text.view[s.start : s.end] for s in honor_spans(text)] == ["二等功"]


@pytest.mark.parametrize(
    "sentence",
    ["12名民警荣立个人三等功。", "抓获犯罪嫌疑人3名。", "1个集体被表彰为全省公安机关先进集体。"],
)
def test_no_named_recipient_no_honor(sentence: str) -> None:
    assert honors(sentence) == []
