"""Facts in their article: every mark stands at its characters, nothing is fetched, hostile text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from kg.article import Article, article_of, read_article
from kg.explanation import explanations, silences
from kg.extraction import find_facts
from kg.facts.model import Fact
from kg.gate import check
from kg.mentions.rule import load_rules
from kg.pages import article_lines, article_page
from kg.pages.article import mark_article, shown
from kg.pages.marks import Mark, Piece, pieces
from kg.pages.wording import LANGUAGES, reason_in, rule_in, source_in, wording

ROOT = Path(__file__).parent.parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
LONGEST = max(SEEDS, key=lambda path: path.stat().st_size)  # marked in make long
RULES = sorted(path.stem for path in (ROOT / "mappings" / "rules").glob("*.toml") if load_rules(path.stem))
CHINESE = re.compile("[\u4e00-\u9fff]")
TRADITIONAL = "臺灣遊客來訪。滨州市公安局2023年破獲刑事案件１２０起,抓\n獲犯罪嫌疑人80名。"
HOSTILE = (
    '滨州市公安局2023年破获"<script>alert(1)</script>"刑事案件120起。\u202e反\u202c开展“<img src=x onerror=alert(1)>”'
    "专项行动,抓获80人。\x07</mark></p>&amp;"
)


def read(path: Path) -> tuple[Article, list[Fact]]:
    article = read_article(path)
    return article, find_facts(article)


def page_of(article: Article, facts: list[Fact], language: str = "en") -> str:
    return article_page(article, facts, check(article, facts), language=language)


def flat(some: tuple[Piece, ...], at: int = 0) -> Iterator[tuple[int, Piece]]:
    for piece in some:
        yield at, piece
        if piece.inside:
            yield from flat(piece.inside, at)
        at += len(piece.text)


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.long] * (path == LONGEST)) for path in SEEDS],
    ids=[path.stem for path in SEEDS],
)
def test_every_evidence_is_marked_at_its_characters(path: Path) -> None:
    article, facts = read(path)
    marked = mark_article(article, facts, check(article, facts), wording("en"))
    text = "".join(piece.text for piece in marked.body)
    assert text == shown(article).text
    covered: dict[str, set[int]] = {}
    for at, piece in flat(marked.body):
        for name in piece.mark.names if piece.mark else ():
            covered.setdefault(name, set()).update(range(at, at + len(piece.text)))
    assert len(marked.cards) == len(facts)
    quoted = 0
    for card in marked.cards:
        for anchor, quote in card.quotes:
            places = covered[anchor.removeprefix("m")]
            assert text[min(places) : max(places) + 1] == quote
            assert len(places) == len(quote)
            quoted += 1
    assert quoted == sum(len(fact.evidence) for fact in facts)


@pytest.mark.parametrize("phenomenon", RULES)
def test_a_chinese_page_says_of_each_rule_what_it_reads(phenomenon: str) -> None:
    rules = load_rules(phenomenon)
    assert rules
    for rule in rules:
        told = rule_in(wording("zh"), rule.name)
        about, _, example = told.partition("规则，例如：")
        assert CHINESE.search(about) and not re.search("[a-z]", about), told
        assert example[1:-1] in {one["text"] for one in rule.data["example"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_page_leads_nowhere_else_and_its_links_arrive(path: Path, language: str) -> None:
    article, facts = read(path)
    page = page_of(article, facts, language)
    tree = html.document_fromstring(page)
    assert tree.get("lang") == language
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:|//)|@import|url\(", page)
    ids = [element.get("id") for element in tree.iter() if isinstance(element.tag, str) and element.get("id")]
    assert len(ids) == len(set(ids))
    links = [element.get("href") for element in tree.iter("a")]
    assert len(links) > 2 * len(facts)
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert not [link for link in links if not link.startswith("#")]
    assert page == page_of(article, facts, language)


def test_the_article_s_own_text_is_what_the_page_reads() -> None:
    article, facts = read(ROOT / "seeds" / "bozhou-2024.txt")
    tree = html.document_fromstring(page_of(article, facts))
    for number in tree.xpath("//sup[@class='numbers']"):
        number.getparent().remove(number) if number.tail is None else number.clear(keep_tail=True)
    words = "".join(tree.xpath("//div[@class='words']")[0].itertext())
    assert "".join(words.split()) == "".join(article.text.split())


def test_the_chinese_page_keeps_to_chinese_and_the_english_one_to_english() -> None:
    article, facts = read(ROOT / "seeds" / "bozhou-2024.txt")
    for language, strange in (("en", CHINESE), ("zh", re.compile("[A-Za-z]{3,}"))):
        tree = html.document_fromstring(page_of(article, facts, language))
        for element in tree.xpath("//*[@lang and not(self::html)] | //script | //style | //code | //bdi"):
            element.clear(keep_tail=True)
        labels = [
            text.strip() for text in tree.xpath("//dt//text() | //h2//text() | //summary//text() | //label//text()")
        ]
        assert len(labels) > 50
        assert not [text for text in labels if strange.search(text)]


def test_hostile_text_is_shown_as_text() -> None:
    article = replace(article_of(HOSTILE, id='x"><script>'), title="<b>平安</b>")
    facts = find_facts(article)
    assert facts
    for language in LANGUAGES:
        page = page_of(article, facts, language)
        tree = html.document_fromstring(page)
        assert [element.text.split(":")[0] for element in tree.iter("script")] == ["// Facts in their article"]
        assert not list(tree.iter("img"))
        assert "平安" not in [element.text for element in tree.iter("b")]
        assert "\u202e" not in page and "⟨U+202E⟩" in page
        assert "\x07" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_traditional_text_with_a_broken_word_is_marked_as_it_is_written() -> None:
    article = article_of(TRADITIONAL, id="t")
    facts = find_facts(article)
    page = page_of(article, facts)
    assert "破獲刑事案件１２０起" in page
    assert {"破获刑事案件", "抓获犯罪嫌疑人"} <= set(re.findall(r'<span lang="zh">([^<]+)</span></h3>', page))
    assert any(
        "抓\n獲" in piece.text
        for _, piece in flat(mark_article(article, facts, check(article, facts), wording("en")).body)
    )


def test_a_page_with_markup_shows_the_article_without_its_tags() -> None:
    words = "<p>滨州市公安局2023年破获<b>刑事案件</b>120起。</p>"
    article = article_of(f"<html><body><h1>平安答卷</h1><article>{words}</article></body></html>", id="h")
    facts = find_facts(article)
    assert "<b>" not in shown(article).text
    marked = mark_article(article, facts, check(article, facts), wording("en"))
    words = [piece.text for _, piece in flat(marked.body) if piece.mark and piece.mark.kind == "metric"]
    assert words == ["滨州市公安局2023年破获刑事案件120起"]


def test_ten_thousand_characters_are_quick_and_whole() -> None:
    text = "".join(
        f"滨州市公安局{2000 + n % 24}年破获刑事案件{n + 100}起,同比下降{n % 50 + 1}.5%。\n" for n in range(330)
    )
    article = article_of(text[:10_000], id="long")
    facts = find_facts(article)
    assert len(facts) > 300
    page = page_of(article, facts)
    assert page.count('<article class="card') == len(facts)


def test_numbers_without_a_fact_say_why_in_the_language_of_the_page() -> None:
    seen = 0
    for path in SEEDS:
        article, facts = read(path)
        for silence in silences(article):
            chinese = reason_in(wording("zh"), silence.reason)
            assert CHINESE.search(chinese), silence.reason
            assert reason_in(wording("en"), silence.reason) == silence.reason
            seen += 1
        for one in explanations(article, facts):
            for supplied in one.supplied:
                assert not re.search("[a-z]", source_in(wording("zh"), supplied.words)), supplied.words
    assert seen > 100
    article, facts = read(ROOT / "seeds" / "binzhou-2025.txt")
    assert page_of(article, facts).count('class="quiet"') > 30


def test_crossing_marks_are_cut_and_named_once() -> None:
    marks = [
        Mark(0, 6, ("1",), "metric"),
        Mark(4, 9, ("2",), "honor"),
        Mark(4, 6, ("3",), "metric"),
        Mark(12, 40, ("4",), "x"),
    ]
    made = pieces("0123456789abcdef", marks)
    assert "".join(piece.text for piece in made) == "0123456789abcdef"
    firsts = [piece.mark.names[0] for _, piece in flat(made) if piece.mark and piece.first]
    assert sorted(firsts) == ["1", "2", "3", "4"]
    assert max(piece.depth for piece in made) == 3


def test_the_terminal_shows_sentences_with_marks_and_a_table() -> None:
    article, facts = read(ROOT / "seeds" / "bozhou-2024.txt")
    lines = article_lines(article, facts, width=90)
    assert "\x1b" not in lines
    assert re.search(
        r"\[\d+ 全市刑事案件立案数同比下降9\.6%\]|\[\d+ 刑事案件立案数同比下降9\.6%\]", lines.replace("\n      ", "")
    )
    assert "down 9.6%" in lines
    assert re.search(r"⟨[^⟩]*\d", lines)
    assert "\x1b[" in article_lines(article, facts, colour=True)
    assert "下降9.6%" in article_lines(article, facts, language="zh")
    assert "\u202e" not in article_lines(article_of(HOSTILE), find_facts(article_of(HOSTILE)))
