"""Articles of any number for measuring: the paragraphs of the seeds moved to other cities, years and figures.

Between them stand sentences from the examples of all rules, so that every construction occurs, and the paragraphs
without a figure that the seeds have, so that the noise is theirs. Article n of a seed is the same on every machine.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from synthetic import CITY_SEEDS

from kg.values.place import Division, gazetteer

ROOT = Path(__file__).parent.parent
_YEAR = re.compile("20[0-2][0-9]")
_FIGURE = re.compile(r"(?<![0-9.])[1-9][0-9]{1,3}(?![0-9]|年|月|日|号|版|\.[0-9]{3})")
_EXAMPLES_IN_TEN = 1


def articles(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Give names and texts.

    >>> [name for name, _ in articles(2)]
    ['made-000000', 'made-000001']
    """
    for number in range(count):
        yield f"made-{number:06}", _article(Random(f"{seed}/{number}"))


def _article(random: Random) -> str:
    city = random.choice(_cities())
    (province,) = gazetteer().by_code[city.parent]
    year = random.randrange(2006, 2026)
    lines = [f"{city.short}公安机关{year}年工作综述", f"发布时间:{year}-12-{random.randrange(20, 32)}", ""]
    for _ in range(random.randrange(14, 30)):
        if random.randrange(10) < _EXAMPLES_IN_TEN:
            lines.append(" ".join(random.sample(_examples(), 2)))
            continue
        paragraph, own, above, written = random.choice(_paragraphs())
        moved = paragraph.replace(own, city.short).replace(above, province.short)
        moved = _YEAR.sub(lambda found, by=year - written: str(int(found[0]) + by), moved)  # type: ignore[misc]
        lines.append(_FIGURE.sub(lambda found: _other(found[0], random), moved))
    return "\n".join(lines) + "\n"


def _other(digits: str, random: Random) -> str:
    return str(random.randrange(10 ** (len(digits) - 1), 10 ** len(digits)))


@cache
def _cities() -> list[Division]:
    return [
        division
        for _, (division, *more) in sorted(gazetteer().by_code.items())
        if division.level == "prefecture" and not more and division.name == f"{division.short}市"
        and len(gazetteer().by_code[division.parent]) == 1
    ]  # fmt: skip


@cache
def _paragraphs() -> list[tuple[str, str, str, int]]:
    """Return the paragraphs of the seeds that are of a city: words, city, province, year of writing."""
    return [
        (line, own, above, int(seed[-4:]))
        for seed, (own, above) in CITY_SEEDS.items()
        for line in (ROOT / "seeds" / f"{seed}.txt").read_text(encoding="utf-8-sig").splitlines()
        if len(line) > 40
    ]


@cache
def _examples() -> list[str]:
    found = {
        example["text"].replace("\n", "")
        for path in sorted((ROOT / "mappings" / "rules").glob("*.toml"))
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
        for example in rule.get("example", [])
        if isinstance(example.get("text"), str)
    }
    return sorted(found)
