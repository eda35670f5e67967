"""What a change of an article may change in its facts, and what it must leave alone.

Other numbers are other values; another city is another bureau; a sentence that is dropped takes its own facts along.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from forms.articles import ARTICLES
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.article import Article, article_of, read_article
from kg.extraction import find_facts
from kg.facts.jsonl import decimal_text, fact_to_dict
from kg.facts.model import Bureau, Fact, Metric
from kg.text import read_text
from kg.values.place import Division, find_divisions, gazetteer, is_everyday_word

NUMBER = re.compile(r"(?<![0-9.])[0-9][0-9,]*(?:\.[0-9]+)?(?![0-9.]|[年月日号时])")
HALF_WIDTH = {ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９．，", "0123456789.,", strict=True)}
NEXT_DIGIT = str.maketrans("123456789", "234567891")
bounded = settings(max_examples=30, derandomize=True, database=None, deadline=None)


@cache
def known(path: Path) -> tuple[Article, tuple[Fact, ...]]:
    article = read_article(path)
    return article, tuple(find_facts(article))


def reread(article: Article, text: str) -> list[Fact]:
    """Return the facts of an article with another text, published on the same day."""
    return find_facts(article_of(text, id=article.id, published=article.published))


def told(fact: Fact, *without: str) -> Mapping[str, object]:
    left_out = {"evidence", "derivation", "article", *without}
    return {name: value for name, value in fact_to_dict(fact).items() if name not in left_out}


def spelled(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, default=str, sort_keys=True)


def places(fact: Fact) -> tuple[tuple[int, int], ...]:
    return tuple((place.start, place.end) for place in fact.evidence)


# --- numbers ----------------------------------------------------------------------------------------------------------


def digits(words: str) -> str:
    """Return the digits that count: those of 7.9 and of 79000 are the same."""
    return words.replace(",", "").replace(".", "").strip("0")


def counted_up(article: Article, facts: tuple[Fact, ...]) -> tuple[str, dict[int, Decimal]]:
    """Return the text with another digit for each digit of its values, and the values that are then expected."""
    text = list(article.text)
    expected: dict[int, Decimal] = {}
    for number, fact in enumerate(facts):
        if not isinstance(fact, Metric) or not fact.value:
            continue
        said = decimal_text(fact.value)
        found = [
            (place.start + match.start(), place.start + match.end())
            for place in fact.evidence
            for match in NUMBER.finditer(place.quote)
            if digits(match[0]) == digits(said)
        ]
        if len({place.start for place in fact.evidence}) > len(found):
            continue
        expected[number] = Decimal(said.translate(NEXT_DIGIT))
        for start, end in found:
            text[start:end] = list(article.text[start:end].translate(NEXT_DIGIT))
    return "".join(text), expected


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_other_numbers_are_other_values_and_nothing_else(path: Path) -> None:
    article, facts = known(path)
    article = replace(article, text=article.text.translate(HALF_WIDTH))
    base = reread(article, article.text)
    text, expected = counted_up(article, tuple(base))
    assert len(expected) * 2 >= sum(isinstance(fact, Metric) for fact in facts)
    values = [expected.get(i, getattr(fact, "value", None)) for i, fact in enumerate(base)]
    before = Counter((spelled(told(f, "value")), str(v), places(f)) for f, v in zip(base, values, strict=True))
    after = Counter(
        (spelled(told(f, "value")), str(getattr(f, "value", None)), places(f)) for f in reread(article, text)
    )
    assert (before & after).total() >= 0.98 * before.total(), (before - after, after - before)


# --- cities -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class City:
    """A prefecture with its province and its counties."""

    division: Division
    province: Division
    counties: tuple[Division, ...]


@cache
def cities() -> tuple[City, ...]:
    """Return the cities of China's provinces whose names mean them alone."""
    current = [d for of_code in gazetteer().by_code.values() for d in of_code if d.valid_to == 9999]
    provinces = {d.code: d for d in current if d.level == "province" and d.name.endswith("省")}
    counties: dict[str, list[Division]] = {}
    for division in current:
        if division.level == "county":
            counties.setdefault(division.parent, []).append(division)
    return tuple(
        City(d, provinces[d.parent], tuple(counties.get(d.code, ())))
        for d in sorted(current)
        if d.level == "prefecture" and d.parent in provinces and d.name.endswith("市") and _is_plain(d)
    )


def _is_plain(division: Division) -> bool:
    return len(find_divisions(division.short)) == 1 and not is_everyday_word(division.short)


@cache
def reports_of_cities() -> tuple[tuple[Path, City], ...]:
    """Return the articles that are the report of a city, with the city."""
    found = []
    by_name = {city.division.name: city for city in cities()}
    for path in ARTICLES:
        article, facts = known(path)
        said = Counter({f.place: len(f.evidence) for f in facts if isinstance(f, Bureau) and f.level == "prefecture"})
        if said and said.most_common(1)[0][0] in by_name and "縣" not in article.text and "東" not in article.text:
            found.append((path, by_name[str(said.most_common(1)[0][0])]))
    return tuple(found)


def moved(text: str, old: City, new: City) -> dict[str, str]:
    """Return what to write for the names of the old city, its province and those of its counties that a text names."""
    names = {old.division: new.division, old.province: new.province}
    free = list(new.counties)
    for county in old.counties:
        if county.short in text and county.short != county.name:  # 嵩县 has no shorter form
            fitting = [one for one in free if one.name[-1] == county.name[-1] and _is_plain(one)]
            if fitting:
                names[county] = fitting[0]
                free.remove(fitting[0])
    written: dict[str, str] = {}
    for before, after in names.items():
        written |= {before.name: after.name, before.short: after.short}
    return written


def rewritten(text: str, names: Mapping[str, str]) -> str:
    pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    return pattern.sub(lambda match: names[match[0]], text)


def test_reports_of_cities_are_found() -> None:
    assert len(reports_of_cities()) >= 6
    assert len(cities()) > 200


@bounded
@given(report=st.integers(0, 10**6), city=st.integers(0, 10**6))
def test_another_city_is_another_bureau_and_nothing_else(report: int, city: int) -> None:
    path, old = reports_of_cities()[report % len(reports_of_cities())]
    new = cities()[city % len(cities())]
    article, _ = known(path)
    names = moved(article.text, old, new)
    base = reread(article, article.text)
    apart = ("place", "parent")
    before = Counter(rewritten(spelled(told(fact, *apart)), names) for fact in base)
    after = Counter(spelled(told(fact, *apart)) for fact in reread(article, rewritten(article.text, names)))
    assert (before & after).total() >= 0.97 * before.total(), (new.division.name, before - after, after - before)


# --- sentences --------------------------------------------------------------------------------------------------------


@bounded
@given(path=st.sampled_from(ARTICLES), at=st.integers(0, 10**6))
def test_a_dropped_sentence_takes_its_own_facts_along(path: Path, at: int) -> None:
    article, _ = known(path)
    base = reread(article, article.text)
    text = read_text(article)
    inner = [s for s in text.sentences if s.end - s.start >= 12 and text.view[s.end - 1] == "。"]
    dropped = inner[at % len(inner)]
    start, end = text.starts[dropped.start], text.ends[dropped.end - 1]
    gone = end - start
    before = {
        place
        for fact in base
        if isinstance(fact, Metric)
        for place in places(fact)
        if place[1] <= start or place[0] >= end
    }
    found = reread(article, article.text[:start] + article.text[end:])
    after = {
        (first + gone, last + gone) if first >= start else (first, last)
        for fact in found
        if isinstance(fact, Metric)
        for first, last in places(fact)
    }
    assert len(before ^ after) <= max(1, len(before) // 50), (article.text[start:end], before ^ after)
