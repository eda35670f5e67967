"""What stands before the head of an agency and says whose it is: a place of the gazetteer, "全市", "我县"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.mentions.agency.pattern import part
from kg.mentions.lexicon import load_lexicon
from kg.unguarded import unguarded
from kg.values.place import Division, chain, find_divisions, word_ending

SHORTEST_NAME, LONGEST_PORT = 2, 4  # characters
MOST_LETTERS = 6  # of provinces that are named together


@unguarded
@dataclass(frozen=True, slots=True)
class Qualifier:
    """What says whose an agency is: its words, where they begin, and the divisions that they can mean."""

    start: int
    word: str
    divisions: tuple[Division, ...] = ()


def joins_a_county(view: str, at: int) -> bool:
    """Tell whether 和县 before a position is "and" and a county, and no county of that name: 县政府和县公安局.

    >>> joins_a_county("市局支队和县公安局", 6), joins_a_county("安徽和县公安局", 4)
    (True, False)
    """
    return at >= 2 and part("and_county").match(view, at - 2) is not None


def narrow(inner: tuple[Division, ...], outer: tuple[Division, ...]) -> tuple[Division, ...]:
    """Return the divisions that lie in one of the outer ones."""
    codes = {d.code for d in outer}
    return tuple(d for d in inner if any(above.code in codes for above in chain(d)[1:]))


def provinces_of(letter: str) -> tuple[Division, ...]:
    """Return the province that a letter beside another calls, none where it calls none.

    >>> [province.name for province in provinces_of("渝")], provinces_of("南")
    (['重庆市'], ())
    """
    named = (load_lexicon(name).get(letter, "province") for name in ("province_letter", "province_letter_joined"))
    name = next((found for found in named if found), None)
    return find_divisions(name) if name else ()


def place_before(view: str, at: int, floor: int, year: int | None) -> Qualifier | None:
    """Return the place that ends at a position, with the places before it that it lies in."""
    word = word_ending(view, at, floor)
    if word is None or (word == "和县" and joins_a_county(view, at)):
        return None
    if word == "任县" and part("takes_office").match(view, at - 1):
        return None  # 任县公安局城关派出所所长
    start, divisions = at - len(word), find_divisions(word, year=year)
    while (outer := word_ending(view, start, floor)) is not None:
        narrowed = narrow(divisions, find_divisions(outer, year=year))
        if not narrowed:
            break
        divisions, start = narrowed, start - len(outer)
    return Qualifier(start, word, divisions)


def relative_before(view: str, at: int, floor: int, kind: str = "relative_before") -> Qualifier | None:
    """Return the words that end at a position and tell whose an agency is from home; ``kind`` is the part for them."""
    found = part(kind).search(view, max(floor, at - 5), at)
    return Qualifier(found.start(), found[0]) if found else None


def number_listed(view: str, at: int, floor: int, year: int | None) -> Qualifier | None:
    """Return the last place of a list that is summed up before a position: 张湾、茅箭两个[分局]."""
    number = part("listed_number").search(view, max(floor, at - 4), at)
    place = place_before(view, number.start(), floor, year) if number else None
    listed = place is not None and place.start > floor and view[place.start - 1] in "、和与及"
    return place if listed else None
