"""Extractors of others: found by their entry point, called by name, refused what does not hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from forms.articles import ARTICLES

from kg.article import Article, article_of, read_article
from kg.errors import UsageError
from kg.extraction import find_facts
from kg.extractors import Extractor, OwnExtractor, extractors, find_extractor, ground
from kg.facts.model import Bureau, Campaign, Evidence, Fact, Honor, Metric, Period

Kg = Callable[..., "CompletedProcess[str]"]

WORDS = (
    "平凉市公安局2022年工作回顾\n"
    "2022年,平凉市公安局破获刑事案件1312起,同比上升8.5%。在“净风”行动中抓获犯罪嫌疑人二百余名。"
    "崆峒分局被甘肃省公安厅评为先进集体。"
)

PLUG_IN = """
from dataclasses import replace
from decimal import Decimal

from kg.extraction import find_facts
from kg.facts.model import Metric


class Honest:
    name = "honest"
    version = "1"

    def extract(self, article):
        return find_facts(article)


class Liar:
    name = "liar"
    version = "7"

    def extract(self, article):
        for fact in find_facts(article):
            yield replace(fact, value=fact.value + 1) if isinstance(fact, Metric) else fact


honest = Honest()
nobody = object()
"""
ENTRY_POINTS = """[pingan_kg.extractors]
honest = plugged_in_readers:honest
liar = plugged_in_readers:Liar
nobody = plugged_in_readers:nobody
gone = plugged_in_readers:gone
"""


@pytest.fixture
def plugged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a distribution with four extractors, as pip would lay it out."""
    site = tmp_path / "site"
    info = site / "plugged_in_readers-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plugged-in-readers\nVersion: 1\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    (site / "plugged_in_readers.py").write_text(PLUG_IN)
    monkeypatch.syspath_prepend(str(site))
    yield
    monkeypatch.undo()


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(WORDS, id="pingliang", published=date(2023, 1, 6))


def metric(article: Article) -> Metric:
    return next(fact for fact in find_facts(article) if isinstance(fact, Metric) and fact.value == 1312)


# --- finding them -----------------------------------------------------------------------------------------------------


def test_our_own_is_always_there() -> None:
    assert next(iter(extractors())) == "kg"
    assert isinstance(find_extractor(), OwnExtractor)
    assert isinstance(find_extractor(), Extractor)


def test_an_entry_point_names_an_extractor_or_its_class(plugged_in: None) -> None:
    assert {"honest", "liar", "nobody"} <= set(extractors())
    assert find_extractor("honest").version == "1"
    assert find_extractor("liar").version == "7"


@pytest.mark.parametrize(
    ("name", "said"),
    [("lair", "did you mean liar?"), ("nobody", "has no name, version and extract"), ("gone", "cannot be loaded")],
)
def test_what_is_no_extractor_is_wrong_usage(plugged_in: None, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said.replace("?", r"\?")):
        find_extractor(name)


# --- checking them ----------------------------------------------------------------------------------------------------


def test_our_own_facts_pass() -> None:
    found = refused = 0
    for path in ARTICLES:
        article = read_article(path)
        checked = ground(article, find_facts(article))
        found += len(checked.accepted)
        refused += len(checked.refused)
    assert found > 900
    assert refused * 100 <= found


Lie = Callable[[Article], object]
LIES: dict[str, tuple[Lie, str]] = {
    "another value": (lambda a: replace(metric(a), value=Decimal(1321)), "states no 1321"),
    "a value ten times as large": (lambda a: replace(metric(a), value=Decimal(13120)), "states no 13120"),
    "a quote that is not there": (
        lambda a: replace(metric(a), evidence=(Evidence(0, 11, "破获刑事案件1312起"),)),
        "does not stand at 0-11",
    ),
    "a quote from elsewhere": (
        lambda a: replace(metric(a), evidence=(_cited(a, "同比上升8.5%"),)),
        "states no 1312",
    ),
    "offsets beyond the text": (
        lambda a: replace(metric(a), evidence=(Evidence(9000, 9004, "平凉公安"),)),
        "does not stand at 9000-9004",
    ),
    "no evidence": (lambda a: replace(metric(a), evidence=()), "evidence"),
    "another article": (lambda a: replace(metric(a), article="dingxi"), "article: dingxi is not pingliang"),
    "another city's bureau": (lambda a: replace(metric(a), bureau="定西市公安局"), "the article means no 定西市公安局"),
    "a bureau of nowhere": (
        lambda a: Bureau(article=a.id, evidence=(_cited(a, "平凉市公安局"),), name="风凉市公安局", level="prefecture"),
        "the article means no 风凉市公安局",
    ),
    "a place of nowhere": (
        lambda a: Bureau(
            article=a.id, evidence=(_cited(a, "平凉市公安局"),), name="平凉市公安局", level="prefecture", place="风凉市"
        ),
        "place: 风凉市 is no division",
    ),
    "another thing counted": (lambda a: replace(metric(a), indicator="查获管制刀具"), "is not in the article"),
    "an operation that nobody named": (lambda a: replace(metric(a), campaign="利剑"), "“利剑” of “利剑” is not"),
    "a campaign that nobody named": (
        lambda a: Campaign(article=a.id, evidence=(_cited(a, "“净风”行动"),), name="清风护航"),
        "is not in the article",
    ),
    "an honour that nobody received": (
        lambda a: Honor(
            article=a.id,
            evidence=(_cited(a, "被甘肃省公安厅评为先进集体"),),
            title="集体一等功",
            recipient="平凉市公安局",
            recipient_kind="bureau",
        ),
        "is not in the article",
    ),
    "a period to come": (
        lambda a: replace(metric(a), period=Period(date(2024, 1, 1), date(2024, 12, 31))),
        "is after publication",
    ),
    "a period that runs backwards": (
        lambda a: replace(metric(a), period=Period(date(2022, 12, 31), date(2022, 1, 1))),
        "2022",
    ),
    "a kind that there is not": (lambda a: replace(metric(a), kind="guess"), 'kind is "guess"'),
    "a fall in a count": (lambda a: replace(metric(a), direction="down"), "only a change has one"),
    "a count without a number": (lambda a: replace(metric(a), value=None), "only a change has no figure"),
    "a number that is none": (lambda a: replace(metric(a), value=Decimal("NaN")), "NaN is no number"),
    "a value of another type": (lambda a: replace(metric(a), value="1312"), "value"),  # type: ignore[arg-type]
    "evidence of another type": (lambda a: replace(metric(a), evidence=["1312起"]), "fields"),  # type: ignore[arg-type]
    "something else": (lambda a: {"type": "Metric", "value": 1312}, "dict is no fact"),
}


def _cited(article: Article, words: str) -> Evidence:
    start = article.text.index(words)
    return Evidence(start, start + len(words), words)


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused_with_its_reason(article: Article, lie: str) -> None:
    told, reason = LIES[lie]
    truth = metric(article)
    checked = ground(article, [told(article), truth])
    assert checked.accepted == (truth,)
    assert any(reason in said for said in checked.refused[0].reasons), checked.refused[0].reasons


def test_a_name_may_be_put_together_from_words_of_the_article() -> None:
    said = article_of("平凉市公安局2022年开展反电诈、团圆等专项行动,破案12起。", id="a")
    evidence = (Evidence(13, 28, said.text[13:28]),)
    campaign: Fact = Campaign(article="a", evidence=evidence, name="反电诈专项行动", bureau="平凉市公安局")
    assert ground(said, [campaign]).accepted == (campaign,)


# --- calling them -----------------------------------------------------------------------------------------------------


def test_facts_of_an_honest_extractor_are_printed(plugged_in: None, kg: Kg) -> None:
    ours = kg("facts", "-", "--format", "jsonl", stdin=WORDS)
    theirs = kg("facts", "-", "--format", "jsonl", "--extractor", "honest", stdin=WORDS)
    assert ours.returncode == theirs.returncode == 0
    assert theirs.stdout == ours.stdout


def test_lies_go_to_standard_error_and_fail(plugged_in: None, kg: Kg) -> None:
    done = kg("facts", "-", "--format", "jsonl", "--extractor", "liar", stdin=WORDS)
    assert done.returncode == 1
    assert "Metric" not in {json.loads(line)["type"] for line in done.stdout.splitlines()}
    assert "states no 1313" in done.stderr


def test_an_article_lied_about_stays_out_of_the_store(plugged_in: None, kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "pingliang.txt").write_text(WORDS, encoding="utf-8")
    done = kg("build", "--store", "store", "--extractor", "liar", "pingliang.txt")
    assert done.returncode == 1
    assert "states no 1313" in done.stdout
    assert kg("build", "--store", "store", "--extractor", "honest", "pingliang.txt").returncode == 0


def test_an_unknown_extractor_is_wrong_usage(kg: Kg) -> None:
    done = kg("facts", "-", "--extractor", "kq", stdin=WORDS)
    assert done.returncode == 2
    assert "did you mean kg?" in done.stderr
