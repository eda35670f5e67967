"""Places: words for administrative divisions of China to divisions, and how divisions lie in each other.

Enters: a word such as "南充", "鼓楼区" or "科右前旗". Leaves: ``Division`` values of the gazetteer
``mappings/lexicons/divisions.tsv``, which knows renamed, merged and upgraded divisions by their years.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.mentions.lexicon import load_lexicon
from kg.resources import table

CENTRALLY_GOVERNED = frozenset({"110000", "120000", "310000", "500000"})
"""Codes of the 直辖市: cities that are provinces."""

CHONGQING = "500000"

HONG_KONG, MACAU = "810000", "820000"

CORPS = "660000"
"""Code of 新疆生产建设兵团, which China's own code standard does not list."""

_LEVELS = ("province", "prefecture", "county")
_COLUMNS = ("code", "name", "short", "level", "parent", "valid_from", "valid_to", "also")
_FAR_FUTURE = 9999


class Division(NamedTuple):
    """A province, prefecture or county; ``valid_from`` 0 and ``valid_to`` 9999 where the gazetteer gives no year."""

    code: str
    name: str
    short: str
    level: str
    parent: str
    valid_from: int
    valid_to: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All divisions, by code (several names over the years) and by word."""

    by_code: Mapping[str, tuple[Division, ...]]
    by_word: Mapping[str, tuple[Division, ...]]
    openings: frozenset[str]
    endings: frozenset[str]
    longest: int


def _words_of(division: Division, also: str) -> Iterator[str]:
    yield division.name
    yield division.short
    yield from also.split()
    if division.name.endswith("自治州"):
        yield division.short + "州"
    elif division.name.endswith("自治县"):
        yield division.short + "县"


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, read once.

    >>> [d.code for d in gazetteer().by_word["南充"]]
    ['511300']
    """
    by_code: dict[str, tuple[Division, ...]] = {}
    by_word: dict[str, tuple[Division, ...]] = {}
    for _, (code, name, short, level, parent, start, end, also) in table(
        "mappings", "lexicons", "divisions.tsv", columns=_COLUMNS
    ):
        division = Division(code, name, short, level, parent, int(start or 0), int(end or _FAR_FUTURE))
        by_code[code] = (*by_code.get(code, ()), division)
        for word in dict.fromkeys(_words_of(division, also)):
            by_word[word] = (*by_word.get(word, ()), division)
    openings, endings = (frozenset(word[part] for word in by_word) for part in (slice(2), slice(-2, None)))
    return Gazetteer(by_code, by_word, openings, endings, max(map(len, by_word)))


def find_divisions(word: str, *, year: int | None = None) -> tuple[Division, ...]:
    """Return the divisions that a word can mean, highest level first; those of the year where there are any.

    A year's margin on either side allows for articles that use a name a little early or late.

    >>> [d.name for d in find_divisions("莱芜", year=2012)], [d.name for d in find_divisions("莱芜", year=2022)]
    (['莱芜市'], ['莱芜区'])
    >>> [d.name for d in find_divisions("吉林")]
    ['吉林省', '吉林市']
    """
    found = gazetteer().by_word.get(word, ())
    if len(found) > 1:
        wanted = _FAR_FUTURE if year is None else year
        margin = 0 if year is None else 1
        valid = tuple(d for d in found if d.valid_from - margin <= wanted <= d.valid_to + margin)
        exact = tuple(d for d in valid if d.valid_from <= wanted <= d.valid_to)
        found = exact or valid or found
    return tuple(sorted(found, key=lambda d: _LEVELS.index(d.level)))


def division_of(code: str, *, year: int | None = None) -> Division | None:
    """Return the division that a code named in a year, the latest where no year is given.

    >>> division_of("371626", year=2012).name
    '邹平县'
    """
    entries = gazetteer().by_code.get(code, ())
    if year is not None:
        for entry in entries:
            if entry.valid_from <= year <= entry.valid_to:
                return entry
    return entries[-1] if entries else None


def parent_of(division: Division) -> Division | None:
    """Return the division above.

    >>> parent_of(find_divisions("顺庆")[0]).name
    '南充市'
    """
    return division_of(division.parent) if division.parent else None


def chain(division: Division) -> tuple[Division, ...]:
    """Return a division and all above it, from near to far.

    >>> [d.name for d in chain(find_divisions("顺庆")[0])]
    ['顺庆区', '南充市', '四川省']
    """
    above: Division | None = division
    line = []
    while above is not None:
        line.append(above)
        above = parent_of(above)
    return tuple(line)


def full_name(division: Division) -> str:
    """Return the name with those of the divisions above before it.

    >>> full_name(find_divisions("顺庆")[0])
    '四川省南充市顺庆区'
    """
    return "".join(d.name for d in reversed(chain(division)))


def is_within(inner: Division, outer: Division) -> bool:
    """Tell whether a division is another or lies in it.

    >>> is_within(find_divisions("顺庆")[0], find_divisions("南充")[0])
    True
    """
    return any(d.code == outer.code for d in chain(inner))


def is_city_province(division: Division) -> bool:
    """Tell whether a division is a 直辖市.

    >>> is_city_province(find_divisions("重庆")[0])
    True
    """
    return division.code in CENTRALLY_GOVERNED


def _kinship(division: Division, home: Division) -> int:
    if division.code == home.code:
        return 0
    if is_within(home, division):
        return 1
    if is_within(division, home):
        return 2
    if division.parent == home.parent and home.level == "county":
        return 3
    return 4 if chain(division)[-1].code == chain(home)[-1].code else 5


def choose(candidates: Iterable[Division], home: Division | None) -> Division | None:
    """Return the division of several with one name that is meant in an article about a home place.

    Home and what contains it come first, then what lies in it, its neighbours, its province; then the higher level. A
    county far from home, or without a home, is meant only where no other bears its name.

    >>> choose(find_divisions("鼓楼区"), find_divisions("南京")[0]).code
    '320106'
    >>> choose(find_divisions("朝阳"), None).name
    '朝阳市'
    >>> choose(find_divisions("鼓楼区"), None) is None
    True
    """
    options = list(candidates)
    if len(options) < 2:
        return options[0] if options else None
    ranked = sorted((_kinship(d, home) if home else 5, _LEVELS.index(d.level), d.code, d) for d in options)
    best, second = ranked[0], ranked[1]
    if best[0] == 5 and best[1] == second[1] == 2:
        return None
    return best[3]


def resolve_place(word: str, *, home: Division | None = None, year: int | None = None) -> Division | None:
    """Return the division that a word means in an article about a home place, None where unknown or ambiguous.

    >>> resolve_place("朝阳区", home=find_divisions("北京")[0]).code
    '110105'
    """
    return choose(find_divisions(word, year=year), home)


def is_everyday_word(word: str) -> bool:
    """Tell whether a short name is an everyday word as well, so that it needs a context to be a place.

    >>> is_everyday_word("平安"), is_everyday_word("南充")
    (True, False)
    """
    return word in load_lexicon("bureau_everyday_place")


def word_ending(text: str, end: int, start: int = 0) -> str | None:
    """Return the longest word of the gazetteer that ends at a position.

    >>> word_ending("记者从南充市公安局获悉", 6)
    '南充市'
    """
    known = gazetteer()
    if text[max(start, end - 2) : end] not in known.endings:
        return None
    words = known.by_word
    for at in range(max(start, end - known.longest), end - 1):
        if text[at:end] in words:
            return None if _is_cut(text, at, end, start) else text[at:end]
    return None


def _is_cut(text: str, at: int, end: int, start: int) -> bool:
    """Tell whether a word is made of the end of a place's name and a common word: 镇[江城区]."""
    words = gazetteer().by_word
    if text[at + 1 : end] != "城区" or at == start:
        return False
    return any(text[first : at + 1] in words for first in range(max(start, at - 2), at))


def word_starting(text: str, start: int, end: int | None = None) -> str | None:
    """Return the longest word of the gazetteer that starts at a position.

    >>> word_starting("潍坊精准对接", 0)
    '潍坊'
    """
    known = gazetteer()
    if text[start : start + 2] not in known.openings:
        return None
    words = known.by_word
    stop = len(text) if end is None else end
    for at in range(min(stop, start + known.longest), start + 1, -1):
        if text[start:at] in words:
            return text[start:at]
    return None
