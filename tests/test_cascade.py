"""The cascade: characters to an unbroken row of labels, labels to frames, in linear time, on any text."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.beginnings import beginning
from kg.errors import MappingError
from kg.mentions.cascade import WORDS, cascade, find_mentions, load_stage
from kg.mentions.frame import ATTRIBUTES, VALUES, find_frames, frame_rules
from kg.mentions.mention import Mention
from kg.mentions.pattern import compile_pattern, write_labels
from kg.mentions.rule import Rule, expand, load_parts, load_rules
from kg.resources import resource
from kg.text import text_of

# Labels of stages that run before the mentions of a sentence: agencies, times, what is compared with.
EARLIER = {"bureau", "period", "base"}
ALPHABET = (
    "破获刑事案件起人名全市同比环比上升下降分别达到为占的和、,;:。“”《》()%"
    "0123456789.一二三两十百千万亿零余约近第位前成倍番连续年月天次元个"
)
WORDS_OF_THE_GENRE = (
    "破获", "刑事案件", "12起", "1,234名", "同比", "下降", "12.5%", "、", ",", "分别", "居全省", "第二位", "零发案",
    "翻番", "由96%", "提升至99%", "近三成", "两三百人", "“一室两队”", "《条例》", "110", "1+2+N", "全破", "双下降",
    "三连降", "8·31", "占",
)  # fmt: skip


def labels_of(words: str) -> list[str]:
    return [mention.label for mention in find_mentions(words, 0, len(words)) if mention.label != WORDS]


def check_unbroken(view: str, row: Sequence[Mention], start: int, end: int) -> None:
    at = start
    for mention in row:
        assert mention.start == at, "a gap or an overlap"
        assert mention.end > mention.start
        at = mention.end
    assert at == end
    assert "".join(view[m.start : m.end] for m in row) == view[start:end]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (["count"], "12起"),
        (["count"], "1,234余名"),
        (["count"], "数十起"),
        (["count", "count"], "40余类12亿条"),
        (["money"], "人民币860余万元"),
        (["money"], "380万港元"),
        (["percent"], "百分之三点三七"),
        (["percent"], "九成以上"),
        (["percent"], "四分之一"),
        (["move", "percent"], "下降12.5%"),
        (["yoy", "move", "percent"], "同比上升3%"),
        (["to", "percent"], "提升至99%"),
        (["movenoun", "percent"], ",降幅为13%"[1:]),
        (["turn"], "翻两番"),
        (["rank"], "居全省第二位"),
        (["rank"], "进入全省前三名"),
        (["streak", "zero"], "连续两年零发案"),
        (["solved"], "全破"),
        (["quote"], "“一室两队”"),
        (["title"], "《服务企业二十条》"),
    ],
)
def test_words_get_their_labels(labels: list[str], words: str) -> None:
    assert labels_of(words) == labels


@pytest.mark.parametrize(
    "words", ["110报警", "96110", "1+2+N", "7×24", "8·31专案", "第一时间", "两抢一盗", "千家万户", "13912345678"]
)
def test_numbers_that_measure_nothing_get_no_value(words: str) -> None:
    assert not {mention.label for mention in find_mentions(words, 0, len(words))} & VALUES


def test_mentions_of_earlier_stages_stay() -> None:
    view = "镇安县公安局2023年破案9起"
    known = [Mention("bureau", 0, 6, "bureau-named"), Mention("period", 6, 11, "period-year")]
    row = find_mentions(view, 0, len(view), known)
    assert row[:2] == known
    check_unbroken(view, row, 0, len(view))
    assert [m.label for m in row[2:]] == [WORDS, "count"]


def test_a_rule_that_stands_first_wins() -> None:
    rules = [rule.name for rule in load_stage("mentions").rules]
    assert rules.index("decoy-hotline") < rules.index("count")
    assert labels_of("查处酒驾110起") == ["count"]
    assert "count" not in labels_of("拨打110")


def test_groups_lose_the_numbers_that_keep_them_apart() -> None:
    (mention,) = (m for m in find_mentions("百分之九十以上", 0, 7) if m.label == "percent")
    assert dict(mention.groups) == {"num": "百分之九十", "tail": "以上"}


def test_the_stages_name_files_that_exist_and_every_file_once() -> None:
    files = [file for files in cascade().values() for file in files]
    assert len(files) == len(set(files))
    for file in files:
        assert resource("mappings", "rules", f"{file}.toml").exists()
        assert load_rules(file)


def test_names_of_rules_are_unique_throughout() -> None:
    files = sorted(path.stem for path in resource("mappings", "rules").glob("*.toml"))
    names = [rule.name for file in files for rule in load_rules(file)]
    assert len(names) > 100
    assert sorted(names) == sorted(set(names))


def test_every_label_of_a_pattern_is_made_by_a_stage() -> None:
    made = {rule.data["label"] for rule in load_stage("mentions").rules} | EARLIER | {WORDS}
    for file in cascade()["frames"]:
        parts = {name: source for name, source in load_parts(file).items() if name.isupper()}
        sources = [rule.pattern or "" for rule in load_rules(file)] + list(parts.values())
        assert len(sources) > 15
        used = {word for source in sources for word in re.findall(r"\b[a-z]+\b(?!:)", source)}
        assert used <= made, f"made by no stage: {sorted(used - made)}"


def test_labels_of_values_and_attributes_are_made_by_a_stage() -> None:
    made = {rule.data["label"] for rule in load_stage("mentions").rules} | EARLIER
    assert made >= VALUES | ATTRIBUTES


@pytest.mark.parametrize("rule", load_stage("mentions").rules, ids=lambda rule: rule.name)
def test_every_rule_tells_where_it_begins(rule: Rule) -> None:
    # One that does not makes every character of every article a place where all of them are tried.
    assert rule.regex is not None
    assert beginning(rule.regex.pattern) is not None


def test_every_frame_rule_says_how_it_is_composed() -> None:
    from kg.facts.composition import COMPOSERS

    assert {rule.data["kind"] for rule, _ in frame_rules()} == set(COMPOSERS)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(ALPHABET, max_size=80), st.lists(st.sampled_from(WORDS_OF_THE_GENRE)).map("".join)))
def test_any_text_becomes_an_unbroken_row_and_frames_apart(plain: str) -> None:
    row = find_mentions(plain, 0, len(plain))
    check_unbroken(plain, row, 0, len(plain))
    last = 0
    for frame in find_frames(row):
        assert last <= frame.start < frame.end <= len(row)
        for start, end in frame.roles.values():
            assert frame.start <= start < end <= frame.end
        last = frame.end


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(WORDS_OF_THE_GENRE), min_size=1), st.data())
def test_a_part_of_a_view_is_read_like_the_whole_of_it(words: list[str], data: st.DataObject) -> None:
    view = "".join(words)
    start = data.draw(st.integers(0, len(view)))
    check_unbroken(view, find_mentions(view, start, len(view)), start, len(view))


@pytest.mark.long
@pytest.mark.parametrize(
    "unit",
    [
        "1", "一", "万", "1,", "1、", "、1", "一和", "约", "的", "的和", "“", "《", "(", "第", "、", " ", "同比",
        "下降", "12起", "由1%", "占", "居", "居全省", "盗窃、", "均", "共", "近", "已", "分别", "实现", "先后", "保持",
    ],
)  # fmt: skip
def test_time_is_linear_in_what_is_repeated(unit: str) -> None:
    view = unit * (20_000 // len(unit))
    began = time.process_time()
    row = find_mentions(view, 0, len(view))
    find_frames(row)
    assert time.process_time() - began < 5
    check_unbroken(view, row, 0, len(view))


def test_a_pattern_reads_like_a_grammar() -> None:
    rule = Rule("r", "frame", None, "indicator:NP be? value:(count (sep count)*)", {})
    pattern = compile_pattern(rule, {"NP": "words (sep words)*"})
    row = [Mention(label, i, i + 1, "") for i, label in enumerate(["words", "sep", "words", "count", "sep", "count"])]
    match = pattern.match(write_labels(row))
    assert match is not None
    assert match.span("indicator") == (0, 3)
    assert match.span("value") == (3, 6)


def test_mistakes_in_patterns_name_file_and_rule() -> None:
    with pytest.raises(MappingError, match=r'frame\.toml, rule "r": part NP is not defined'):
        compile_pattern(Rule("r", "frame", None, "NP count", {}), {})
    with pytest.raises(MappingError, match=r'frame\.toml, rule "r"'):
        compile_pattern(Rule("r", "frame", None, "(count", {}), {})
    with pytest.raises(MappingError, match=r"part \{nothing\} is not defined"):
        expand("{nothing}起", {}, "value.toml")
    with pytest.raises(MappingError, match="no_such_lexicon"):
        expand("{NO_SUCH_LEXICON}", {}, "value.toml")


def test_sentences_of_an_article_are_read_one_by_one() -> None:
    text = text_of("破获案件12起。抓获嫌疑人9名!")
    rows = [find_mentions(text.view, s.start, s.end) for s in text.sentences]
    assert [[m.label for m in row if m.label in VALUES] for row in rows] == [["count"], ["count"]]
