"""What articles say beside one another: each check finds what it is for, and stays silent where all can be so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from places import Kg

from kg.article import Article
from kg.corpus import check_corpus
from kg.facts.model import Bureau, Evidence, Fact, Metric, Period
from kg.gate import FORMATS, Finding, Report, render
from kg.graph import graph_iri, to_jsonld_text
from kg.inference import infer
from kg.likeness import likeness, sketch
from kg.pipeline import vocabularies
from kg.store import Held, Store, memory_writer

YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
BEFORE = Period(date(2019, 1, 1), date(2019, 12, 31))
CITY = "温州市公安局"


class Corpus:
    """Articles in the making: each metric is a line of its article."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = {}
        self.facts: dict[str, list[Fact]] = {}

    def words(self, article: str, words: str, line: str | None = None) -> tuple[Evidence, ...]:
        lines = self.lines.setdefault(article, [])
        start = sum(len(one) + 1 for one in lines) + (line or words).index(words)
        if line is None or not lines or line != lines[-1]:
            lines.append(line or words)
        else:
            start -= len(line) + 1
        return (Evidence(start, start + len(words), words),)

    def metric(
        self, article: str, indicator: str, value: str | None, unit: str = "起", *, kind: str = "count",
        bureau: str = CITY, bound: str = "exact", period: Period = YEAR, direction: str | None = None,
        comparison: str | None = None, baseline: Period | None = None, scope: str | None = None,
        words: str | None = None, line: str | None = None,
    ) -> Corpus:  # fmt: skip
        evidence = self.words(article, words or f"{bureau}{period.end.year}年{indicator}{value}{unit}", line)
        self.facts.setdefault(article, []).append(
            Metric(
                article=article, evidence=evidence, bureau=bureau, indicator=indicator, kind=kind,
                value=None if value is None else Decimal(value), unit=unit, bound=bound, direction=direction,
                comparison=comparison, baseline=baseline, scope=scope, period=period,
            )
        )  # fmt: skip
        return self

    def bureau(self, article: str, name: str, parent: str) -> Corpus:
        fact = Bureau(article=article, evidence=self.words(article, name), name=name, level="county", parent=parent)
        self.facts.setdefault(article, []).append(fact)
        return self

    def filler(self, article: str, text: str) -> Corpus:
        self.lines.setdefault(article, []).append(text)
        return self

    def texts(self) -> Mapping[str, str]:
        return {article: "\n".join(lines) for article, lines in self.lines.items()}

    def store(self) -> Store:
        writer = memory_writer()
        for name, data in vocabularies():
            writer.put_graph(name, data, "turtle")
        for id, text in self.texts().items():
            article = Article(id=id, text=text, blocks=(), published=date(2021, 1, 9), date_source="given")
            data = to_jsonld_text(article, self.facts.get(id, ())).encode()
            writer.put_article(Held(id, f"{id}.txt", "", graph_iri(id), {}), data, "jsonld")
        infer(writer)
        return writer.reading()

    def check(self) -> Report:
        return check_corpus(self.store(), self.texts())


def named(report: Report, check: str | None = None) -> list[Finding]:
    return [finding for finding in report.findings if check in (None, finding.constraint)]


def contradictory(report: Report) -> list[Finding]:
    return named(report, "contradiction")


def test_two_numbers_for_one_thing_are_found_with_both_quotes() -> None:
    report = Corpus().metric("a", "破获刑事案件", "300").metric("b", "破获刑事案件", "350").check()
    (finding,) = named(report)
    assert (finding.severity, finding.constraint) == ("warning", "contradiction")
    assert finding.place is not None and finding.place.article == "b"
    assert (finding.place.line, finding.place.column) == (1, 1)
    assert "“温州市公安局2020年破获刑事案件350起”" in finding.found
    assert "a: 300起 “温州市公安局2020年破获刑事案件300起”" in finding.expected_en
    assert "“温州市公安局2020年破获刑事案件300起”" in finding.message_zh
    assert report.facts == 2 and report.articles == ("a", "b")


@pytest.mark.parametrize("other", ["刑事案件立案数", "刑事立案", "刑事立案总数"])
def test_other_words_for_one_thing_meet(other: str) -> None:
    assert len(contradictory(Corpus().metric("a", "刑事案件立案", "300").metric("b", other, "350").check())) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"value": "300"}, {"value": "300"}),
        ({"value": "300", "bound": "min"}, {"value": "350"}),
        ({"value": "400", "bound": "max"}, {"value": "350"}),
        ({"value": "300", "bound": "approx"}, {"value": "315"}),
        (
            {"value": "1080000000", "unit": "元", "kind": "money"},
            {"value": "1083000000", "unit": "元", "kind": "money"},
        ),
        ({"value": "2", "unit": "公斤"}, {"value": "2000", "unit": "克"}),
        ({"value": "300"}, {"value": "350", "period": BEFORE}),
        ({"value": "300"}, {"value": "350", "bureau": "台州市公安局"}),
        ({"value": "300"}, {"value": "350", "indicator": "破获毒品刑事案件"}),
        ({"value": "300"}, {"value": "350", "indicator": "破获公安部督办刑事案件"}),
        ({"value": "300"}, {"value": "350", "unit": "人"}),
    ],
)
def test_what_can_both_be_so_is_no_contradiction(first: Mapping[str, object], second: Mapping[str, object]) -> None:
    corpus = Corpus()
    for article, fields in (("a", first), ("b", second)):
        corpus.metric(article, **{"indicator": "破获刑事案件", **fields})  # type: ignore[arg-type]
    assert contradictory(corpus.check()) == []


@pytest.mark.parametrize(
    ("bound", "value", "found"), [("min", "290", True), ("max", "310", True), ("max", "280", False)]
)
def test_a_bound_can_be_contradicted(bound: str, value: str, found: bool) -> None:
    corpus = Corpus().metric("a", "破获刑事案件", "300", bound=bound).metric("b", "破获刑事案件", value)
    assert bool(contradictory(corpus.check())) == found


def test_up_and_down_contradict_each_other() -> None:
    corpus = Corpus().metric("a", "刑事立案", "8", "%", kind="change", direction="up", comparison="yoy")
    corpus.metric("b", "刑事立案", "8", "%", kind="change", direction="down", comparison="yoy")
    assert len(contradictory(corpus.check())) == 1


def test_an_article_that_tells_several_numbers_is_not_held_against_another() -> None:
    corpus = Corpus().metric("a", "抓获犯罪嫌疑人", "300", "名").filler("a", "某案详情" * 20)
    corpus.metric("a", "抓获犯罪嫌疑人", "5", "名", words="抓获犯罪嫌疑人5名").metric(
        "b", "抓获犯罪嫌疑人", "320", "名"
    )
    assert contradictory(corpus.check()) == []


def test_lead_and_body_that_differ_a_little_are_noted() -> None:
    corpus = Corpus().metric("a", "破获刑事案件", "300").filler("a", "其间全市公安机关多措并举。" * 10)
    (finding,) = contradictory(corpus.metric("a", "破获刑事案件", "303", words="破获刑事案件303起").check())
    assert finding.severity == "info"


def test_from_one_position_to_another_is_one_statement() -> None:
    line = "满意度由全省第17位升至第5位"
    corpus = Corpus()
    for value in ("17", "5"):
        corpus.metric("a", "满意度", value, "位", kind="rank", scope="全省", words=f"第{value}位", line=line)
    assert contradictory(corpus.check()) == []


NEWS = "去年以来,温州市公安局坚持以人民为中心,深化警务改革,推进社区警务,守护一方平安,群众安全感不断提升。" * 4


def test_a_reprint_counts_once_and_two_articles_twice() -> None:
    reprint = Corpus().filler("a", NEWS).metric("a", "破获刑事案件", "300").filler("b", NEWS + "(转载)")
    (finding,) = named(reprint.metric("b", "破获刑事案件", "300").check(), "agreement")
    assert "printed again" in finding.expected_en and finding.severity == "info"
    assert "b: 300起" in finding.expected_en
    other = (
        Corpus().filler("a", NEWS).metric("a", "破获刑事案件", "300").filler("b", "记者走访多个派出所,见闻如下。" * 6)
    )
    (finding,) = named(other.metric("b", "破获刑事案件", "300").check(), "agreement")
    assert "2 articles say so" in finding.expected_en


def test_one_article_agrees_with_nobody() -> None:
    assert named(Corpus().metric("a", "破获刑事案件", "300").check()) == []


def test_likeness_of_texts() -> None:
    assert likeness(sketch(NEWS), sketch(NEWS.replace("。", " . \n"))) == 1
    assert likeness(sketch(NEWS), sketch("另一座城市的另一篇报道,说的是另一件事。" * 5)) < 0.1
    half = "".join(chr(0x4E00 + n * n % 9973) for n in range(400))
    assert 0.3 < likeness(sketch(half + half[::-1]), sketch(half)) < 0.7
    assert likeness("", "") == 0


def among(total: str, *parts: str, before: str = "") -> Report:
    line = (
        f"{before}全年处理{total}人,其中"
        + "、".join(f"{what}{number}人" for what, number in map(str.split, parts))
        + "。"
    )
    corpus = Corpus()
    if before:
        corpus.metric("a", "受理", before.removeprefix("受理").removesuffix("人,"), "人", words=before[:-1], line=line)
    corpus.metric("a", "处理", total, "人", words=f"处理{total}人", line=line)
    for what, number in map(str.split, parts):
        corpus.metric("a", what, number, "人", words=f"{what}{number}人", line=line)
    return corpus.check()


def test_parts_that_fit_their_total_are_silent() -> None:
    assert named(among("32", "警告 2", "记过 2", "降级 3", "撤职 5", "诫勉 20")) == []
    assert named(among("32", "警告 2", "诫勉 20")) == []


def test_a_part_above_its_total_is_found() -> None:
    (finding,) = named(among("32", "警告 2", "诫勉 40"), "part-above-total")
    assert finding.severity == "warning" and "诫勉40人" in finding.found and "处理32人" in finding.expected_en


def test_parts_that_come_to_more_than_their_total_are_noted() -> None:
    (finding,) = named(among("32", "警告 13", "诫勉 20"))
    assert (finding.constraint, finding.severity) == ("parts-above-total", "info")
    assert "警告13人" in finding.expected_en


def test_parts_may_be_those_of_a_total_before() -> None:
    assert named(among("32", "警告 13", "诫勉 20", before="受理40人,")) == []
    assert named(among("32", "警告 34", before="受理40人,")) == []
    assert named(among("32", "警告 41", before="受理40人,"), "part-above-total") != []


@pytest.mark.parametrize("more", ["查处违规91人", "处罚31人"])
def test_what_is_told_behind_the_parts_is_none_of_them(more: str) -> None:
    line = f"全年处理32人,其中辅警2人,{more}。"
    corpus = Corpus().metric("a", "处理", "32", "人", words="处理32人", line=line)
    corpus.metric("a", "辅警", "2", "人", words="辅警2人", line=line)
    corpus.metric("a", more[:-3], more[-3:-1], "人", words=more, line=line)
    assert named(corpus.check()) == []


def rank(corpus: Corpus, value: str, period: Period) -> Corpus:
    return corpus.metric("a", "群众满意度", value, "位", kind="rank", scope="全省", period=period)


def moved(corpus: Corpus, by: str, direction: str) -> Corpus:
    return corpus.metric(
        "b", "群众满意度", by, "位次", kind="change", direction=direction, comparison="base", baseline=BEFORE
    )


def test_a_position_that_does_not_fit_its_movement_is_found() -> None:
    assert named(moved(rank(rank(Corpus(), "7", YEAR), "9", BEFORE), "2", "up").check(), "rank-movement") == []
    assert named(moved(rank(rank(Corpus(), "9", YEAR), "7", BEFORE), "2", "down").check(), "rank-movement") == []
    (finding,) = named(moved(rank(rank(Corpus(), "7", YEAR), "12", BEFORE), "2", "up").check(), "rank-movement")
    assert "position 9 before" in finding.expected_en and "12位" in finding.expected_en


def test_nobody_falls_from_above_the_first_place() -> None:
    (finding,) = named(moved(rank(Corpus(), "2", YEAR), "5", "down").check(), "rank-movement")
    assert "can lead" in finding.expected_en


def level(corpus: Corpus, value: str, period: Period, kind: str = "count", unit: str = "起") -> Corpus:
    return corpus.metric("a" if period is YEAR else "c", "盗窃案件发案", value, unit, kind=kind, period=period)


def change(corpus: Corpus, value: str, unit: str, direction: str = "down", comparison: str = "yoy") -> Corpus:
    return corpus.metric("b", "盗窃案件发案", value, unit, kind="change", direction=direction, comparison=comparison)


@pytest.mark.parametrize(
    ("then", "now", "stated", "unit", "direction", "found"),
    [
        ("200", "150", "25", "%", "down", False),
        ("300", "200", "33.3", "%", "down", False),
        ("300", "200", "33", "%", "down", False),
        ("200", "150", "35", "%", "down", True),
        ("200", "150", "25", "%", "up", True),
        ("200", "150", "50", "起", "down", False),
        ("200", "150", "40", "起", "down", True),
        ("100", "300", "2", "倍", "up", False),
        ("100", "300", "3", "倍", "up", False),
        ("100", "300", "6", "倍", "up", True),
    ],
)
def test_a_change_follows_from_both_figures(
    then: str, now: str, stated: str, unit: str, direction: str, found: bool
) -> None:
    corpus = change(level(level(Corpus(), then, BEFORE), now, YEAR), stated, unit, direction)
    assert bool(named(corpus.check(), "change-level")) == found


def test_a_change_against_one_figure_alone_is_silent() -> None:
    assert named(change(level(Corpus(), "150", YEAR), "35", "%").check(), "change-level") == []


def nested(part: str, whole: str, *, bureau: str = "瑞安市公安局", indicator: str = "破获盗窃案件") -> Report:
    corpus = Corpus().bureau("a", "瑞安市公安局", CITY).metric("a", indicator, part, bureau=bureau)
    return corpus.metric("b", "破获盗窃案件", whole).check()


def test_a_part_is_not_greater_than_the_whole() -> None:
    (finding,) = named(nested("500", "300"), "part-above-whole")
    assert finding.place is not None and finding.place.article == "a" and "300起" in finding.expected_en
    assert named(nested("200", "300"), "part-above-whole") == []
    assert named(nested("500", "300", bureau="乐清市公安局", indicator="抓获逃犯"), "part-above-whole") == []


def test_the_gazetteer_knows_what_lies_in_what() -> None:
    corpus = Corpus().metric("a", "破获盗窃案件", "900", bureau="温州市公安局鹿城分局")
    corpus.metric("b", "破获盗窃案件", "800", bureau="浙江省公安厅")
    assert len(named(corpus.check(), "part-above-whole")) == 1


def test_whole_and_parts_are_never_to_be_added() -> None:
    (finding,) = named(nested("200", "300"))
    assert (finding.constraint, finding.severity) == ("whole-beside-parts", "info")
    assert "not to be added" in finding.expected_en and "200起" in finding.expected_en
    assert named(nested("200", "300", bureau="台州市公安局"), "whole-beside-parts") == []


def test_shares_end_at_100() -> None:
    corpus = (
        Corpus().metric("a", "命案破案率", "103", "%", kind="share").metric("a", "群众满意率", "100", "%", kind="share")
    )
    (finding,) = named(corpus.check())
    assert finding.constraint == "share-above-100" and "103%" in finding.found


@pytest.mark.parametrize("indicator", ["完成市局下达任务数", "追逃任务完成率", "完成年度目标", "签证恢复到2019年同期"])
def test_of_a_task_more_than_all_can_be_done(indicator: str) -> None:
    assert named(Corpus().metric("a", indicator, "137.5", "%", kind="share").check(), "share-above-100") == []


def solved_and_filed(rate: str, *, filed: str = "200", solved: str = "150", bound: str = "exact") -> Report:
    corpus = Corpus().metric("a", "盗窃案件立案数", filed).metric("a", "破获盗窃案件", solved, bound=bound)
    return corpus.metric("b", "盗窃案件破案率", rate, "%", kind="share").check()


def test_a_clearance_rate_follows_from_its_counts() -> None:
    (finding,) = named(solved_and_filed("92"), "rate-of-counts")
    assert finding.severity == "info" and "75.0%" in finding.expected_en and "150起" in finding.expected_en
    assert named(solved_and_filed("75"), "rate-of-counts") == []
    assert named(solved_and_filed("75.4"), "rate-of-counts") == []
    assert named(solved_and_filed("92", bound="min"), "rate-of-counts") == []


def changed(filed: str, solved: str, rate: str, unit: str = "%") -> Report:
    corpus = Corpus()
    for indicator, value, way, of in (
        ("刑事案件立案数", filed, "down", "%"),
        ("刑事案件破案数", solved, "up", "%"),
        ("刑事案件破案率", rate, "up", unit),
    ):
        corpus.metric("a", indicator, value, of, kind="change", direction=way, comparison="yoy")
    return corpus.check()


def test_the_change_of_a_rate_follows_from_those_of_its_counts() -> None:
    (finding,) = named(changed("9.6", "93.5", "24.4"), "rate-change")
    assert "+114.0%" in finding.expected_en and "立案数9.6%" in finding.expected_en
    assert named(changed("9.6", "93.5", "114"), "rate-change") == []
    assert named(changed("9.6", "93.5", "24.4", "百分点"), "rate-change") == []


def fallen(by: str, percent: str, left: str = "113") -> Report:
    corpus = Corpus().metric("a", "道路交通事故死亡人数", left, "人")
    for value, unit in ((by, "人"), (percent, "%")):
        corpus.metric(
            "a", "道路交通事故死亡人数", value, unit, kind="change", direction="down", comparison="yoy",
            words=f"死亡人数减少{value}{unit}",
        )  # fmt: skip
    return corpus.check()


def test_a_fall_in_percent_fits_the_fall_in_persons_and_those_left() -> None:
    assert named(fallen("19", "14.4"), "change-change") == []
    (finding,) = named(fallen("19", "24.4"), "change-change")
    assert "-14.4%" in finding.expected_en


def test_a_mean_a_day_fits_the_whole() -> None:
    def mean(value: str) -> Report:
        corpus = Corpus().metric("a", "接待群众", "36600", "人次")
        return corpus.metric("a", "日均接待群众", value, "人次", bound="approx").check()

    assert named(mean("100"), "mean-a-day") == []
    (finding,) = named(mean("180"), "mean-a-day")
    assert "about 100人次" in finding.expected_en and "366 days" in finding.expected_en


@pytest.mark.parametrize(
    ("words", "base", "found"), [("同比下降9%", 2018, True), ("下降9%", 2018, False), ("同比下降9%", 2019, False)]
)
def test_year_on_year_is_against_the_year_before(words: str, base: int, found: bool) -> None:
    baseline = Period(date(base, 1, 1), date(base, 12, 31))
    corpus = Corpus().metric(
        "a",
        "刑事案件立案",
        "9",
        "%",
        kind="change",
        direction="down",
        comparison="base",
        baseline=baseline,
        words=words,
    )
    assert bool(named(corpus.check(), "yoy-against-other-year")) == found


TOPICS = ("破获盗窃案件", "破获诈骗案件", "抓获逃犯", "查处酒驾", "调解矛盾纠纷", "破获命案")


def reporting(years: Mapping[int, tuple[str, ...]]) -> Report:
    corpus = Corpus()
    for year, topics in years.items():
        period = Period(date(year, 1, 1), date(year, 12, 31))
        for number, topic in enumerate(topics):
            corpus.metric(f"of-{year}", topic, str(300 + number * 7 + year), period=period)
    return corpus.check()


def test_an_indicator_that_is_reported_no_more_is_noted() -> None:
    report = reporting({2018: TOPICS, 2019: TOPICS, 2020: TOPICS[1:]})
    (finding,) = named(report, "no-longer-reported")
    assert "破获盗窃案件" in finding.fact and "2018, 2019" in finding.expected_en and "2020" in finding.expected_en


def test_an_agency_that_reports_hardly_anything_breaks_nothing_off() -> None:
    assert named(reporting({2018: TOPICS, 2019: TOPICS, 2020: TOPICS[1:3]}), "no-longer-reported") == []
    assert named(reporting({2018: TOPICS, 2019: TOPICS[1:], 2020: TOPICS[1:]}), "no-longer-reported") == []
    assert named(reporting({2018: TOPICS, 2019: TOPICS}), "no-longer-reported") == []


def test_reports_are_those_of_the_gate() -> None:
    report = Corpus().metric("a", "破获刑事案件", "300").metric("b", "破获刑事案件", "350").check()
    for form in FORMATS:
        assert "contradiction" in render(report, form, {}, "violation").lower()
    again = Corpus().metric("a", "破获刑事案件", "300").metric("b", "破获刑事案件", "350").check()
    assert again == report
    assert replace(report, findings=()).conforms("info")


def test_the_command_checks_a_store(kg: Kg, tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name, number in (("a", 300), ("b", 350)):
        text = f"2020年,温州市公安局破获刑事案件{number}起。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert kg("build", "a.txt", "b.txt", "--published", "2021-01-09").returncode == 0
    result = kg("check", "--corpus")
    assert result.returncode == 0, result.stderr
    assert "350" in result.stdout and "300" in result.stdout
    assert kg("check", "--corpus", "--fail-on", "warning").returncode == 1
    assert kg("check", "--corpus", "--store", "none").returncode == 3
