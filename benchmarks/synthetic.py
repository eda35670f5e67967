"""A corpus of any size, made from the gold facts of the seeds: other cities and provinces, other figures, same words.

Nothing is drawn at random: article n is the same in every run. Texts are the quotes, one a line, so that offsets hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from kg.article import Article
from kg.facts.jsonl import fact_from_dict
from kg.facts.model import Fact
from kg.values.place import Division, gazetteer

GOLD = Path(__file__).parent.parent / "tests" / "gold"
CITY_SEEDS: Mapping[str, tuple[str, str]] = {
    "baicheng-2016": ("白城", "吉林"),
    "binzhou-2020": ("滨州", "山东"),
    "binzhou-2025": ("滨州", "山东"),
    "bozhou-2024": ("亳州", "安徽"),
}
PROVINCE_SEED = ("shandong-2021", "山东")
Json = dict[str, Any]


def synthetic_articles(count: int) -> Iterator[tuple[Article, list[Fact]]]:
    """Give ``count`` articles with their facts: four a city, then one a province.

    >>> [article.id for article, _ in synthetic_articles(2)]
    ['baicheng-2016-130100', 'binzhou-2020-130100']
    """
    made = 0
    while made < count:
        for seed, names, home in _plan():
            if made == count:
                return
            yield _copy(seed, names, home, made)
            made += 1


def _plan() -> Iterator[tuple[str, Mapping[str, str], Division]]:
    """Give which seed becomes which place, and what that replaces."""
    provinces: dict[str, Division] = {}
    for city in _cities():
        (province,) = gazetteer().by_code[city.parent]
        provinces[province.code] = province
        for seed, (own, above) in CITY_SEEDS.items():
            yield seed, {own: city.short, above: province.short}, city
    for province in provinces.values():
        yield PROVINCE_SEED[0], {PROVINCE_SEED[1]: province.short}, province


@cache
def _cities() -> tuple[Division, ...]:
    """Return the cities that are named as those of the seeds are: 市 of a 省, standing today."""
    return tuple(
        division
        for code, (division, *more) in sorted(gazetteer().by_code.items())
        if division.level == "prefecture"
        and not more
        and division.valid_to == 9999
        and division.name == f"{division.short}市"
        and gazetteer().by_code[division.parent][0].name.endswith("省")
    )


@cache
def _gold(seed: str) -> tuple[Json, ...]:
    """Return the gold facts about the seed's own bureau, or about nobody below it."""
    own = CITY_SEEDS.get(seed, PROVINCE_SEED[1:])[0]
    facts = [json.loads(line) for line in (GOLD / f"{seed}.jsonl").read_text(encoding="utf-8").splitlines()]
    return tuple(fact for fact in facts if own in str(fact.get("bureau") or fact.get("name") or ""))


def _copy(seed: str, names: Mapping[str, str], home: Division, number: int) -> tuple[Article, list[Fact]]:
    id = f"{seed}-{home.code}" + (f"-{number}" if number >= len(_cities()) * 5 else "")
    factor = Decimal(80 + number * 37 % 41) / 100
    lines: list[str] = []
    facts = [_moved(fact, id, names, factor, lines) for fact in _gold(seed)]
    published = date(int(seed[-4:]), 12, 31)
    article = Article(id, "\n".join(lines), (), published=published, date_source="given")
    return article, [fact_from_dict(fact, id) for fact in facts]


def _moved(fact: Json, id: str, names: Mapping[str, str], factor: Decimal, lines: list[str]) -> Json:
    text = json.dumps({key: value for key, value in fact.items() if key != "evidence"}, ensure_ascii=False)
    for old, new in names.items():
        text = text.replace(old, new)
    moved: Json = json.loads(text, parse_float=Decimal)
    if moved.get("kind") in ("count", "money") and moved["value"]:
        moved["value"] = int(moved["value"] * factor) or 1
    elif moved.get("kind") == "change" and moved["value"]:
        moved["value"] = round(moved["value"] * factor, 2)
    evidence = []
    for place in fact["evidence"][:2]:
        start = sum(len(line) + 1 for line in lines)
        lines.append(place["quote"])
        evidence.append({"quote": place["quote"], "start": start, "end": start + len(place["quote"])})
    return {**moved, "article": id, "evidence": evidence}
