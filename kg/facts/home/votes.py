"""Votes: how loudly the names of agencies, places and outlets speak for each place.

Agencies named after a place speak loudest, the title and the lead louder than the rest; "全市" and "全县" speak for a
place of their kind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.facts.cue import cue
from kg.facts.home.lead import LEAD
from kg.facts.office import district_of, fits
from kg.mentions.agency import Agency, find_agencies
from kg.values.place import Division, chain, find_divisions, is_everyday_word, is_within, word_ending, word_starting


@dataclass(slots=True)
class Votes:
    """The weight of each division by its code; ``policed`` are those with an agency of their own."""

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    known: dict[str, Division] = field(default_factory=dict)
    policed: set[str] = field(default_factory=set)
    outlets: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, divisions: Sequence[Division], weight: float, outlet: bool = False) -> None:
        """Divide a weight among the divisions that a word can mean; an ``outlet`` is only named after one."""
        meant = _without_parts(divisions)
        for division in meant:
            self.known[division.code] = division
            self.weights[division.code] += weight / len(meant)
            if outlet:
                self.outlets[division.code] += weight / len(meant)


def _without_parts(divisions: Sequence[Division]) -> Sequence[Division]:
    """Return divisions of one name without counties and districts beside a city: 南昌警方 is not 南昌县's.

    >>> [[d.name for d in _without_parts(find_divisions(word))] for word in ("南昌", "大理")]
    [['南昌市'], ['大理白族自治州', '大理市']]
    >>> [d.name for d in _without_parts(find_divisions("海南"))]
    ['海南省', '海南区']
    """
    towns = [d for d in divisions if d.name.endswith("市")]
    provinces = [d for d in divisions if d.level == "province"]
    if provinces:  # 海南警方 is the province's, not that of the prefecture which another one has
        divisions = [d for d in divisions if d.level != "prefecture" or d in towns or is_within(d, provinces[0])]
    parts = [d for d in divisions if d not in towns and any(_is_part_of(d, town) for town in towns)]
    return [d for d in divisions if d not in parts]


def _is_part_of(division: Division, town: Division) -> bool:
    return division.level == "county" and (is_within(division, town) or division.parent == town.parent)


def named_places(view: str) -> Iterator[tuple[int, str, float]]:
    """Yield where full names of places and names of local outlets stand, and their weight."""
    for found in cue("home-place-end").finditer(view):
        whole = len(found[0]) == 1
        word = word_ending(view, found.end() if whole else found.start())
        if not word or (whole and len(word) <= 2):
            continue
        first = found.end() - len(word) if whole else found.start() - len(word)
        if is_everyday_word(word) and cue("home-outlet-local").match(view, first) is None:
            continue
        if view[first - 1 : first] != "被" and not cue("home-visit").match(view, found.end()):
            yield found.start(), word, 1.0 if whole else 2.0


def _spoken_for(agency: Agency) -> tuple[Division, ...]:
    """Return the divisions whose own agency a mention is, or is part of: a district where it names the branch."""
    district = district_of(agency, agency.divisions[0]) if len(agency.divisions) == 1 else None
    return (district,) if district else agency.divisions


def vote_of_places(votes: Votes, view: str, agencies: Sequence[Agency], year: int | None, factor: float) -> None:
    """Count the places named outside agencies' names."""
    starts = [agency.start for agency in agencies]
    for at, word, weight in named_places(view):
        index = bisect_right(starts, at) - 1
        if index < 0 or at >= agencies[index].end:
            told = weight * factor * (2 if at < LEAD else 1)
            votes.add(find_divisions(word, year=year), told, outlet=weight > 1)


def vote_of_agencies(votes: Votes, agencies: Sequence[Agency], view: str) -> None:
    """Count the agencies that are named after a place, where they are no part of a title or a day by its name."""
    names = [match.span() for match in cue("home-quoted-name").finditer(view)]
    for agency in agencies:
        if not agency.divisions or agency.doubtful:
            continue
        index = bisect_right(names, (agency.start, len(view))) - 1
        if index >= 0 and agency.end <= names[index][1]:
            continue
        divisions = _spoken_for(agency)
        own = len(agency.below) == (0 if divisions == agency.divisions else 1)
        leading = agency.start < LEAD
        weight = (3.0 if own or leading else 1.0) * (2 if leading else 1)
        votes.add(divisions, weight + (0 if votes.policed else 2))
        if len(divisions) == 1:
            votes.policed.add(divisions[0].code)


def vote_of_title(votes: Votes, title: str, year: int | None) -> None:
    """Count the agencies and places of a title."""
    agencies = find_agencies(title, year=year)
    for agency in agencies:
        votes.add(_spoken_for(agency), 5)
    vote_of_places(votes, title, agencies, year, 2.5)
    first = word_starting(title, 0)
    if first and not agencies and not is_everyday_word(first):
        votes.add(_innermost(title, first, year), 3)


def _innermost(title: str, first: str, year: int | None) -> Sequence[Division]:
    """Return what the word means that a title begins with, the place within it where one follows: 广东揭阳去年……."""
    outer = find_divisions(first, year=year)
    second = word_starting(title, len(first))
    found = find_divisions(second, year=year) if second and not is_everyday_word(second) else ()
    inner = [d for d in found if any(d.code != o.code and is_within(d, o) for o in outer)]
    return inner or outer


def drop_shadowed(votes: Votes, view: str, relative: Mapping[str, int]) -> None:
    """Take the votes of places that are never named in full where a namesake is: 大理市, 大理白族自治州.

    A city's own county is one of its counties where the words speak of the whole city: 岳阳警方, 岳阳县公安局, 全市.
    """
    written = [d for d in votes.known.values() if d.name in view]
    for code, division in votes.known.items():
        namesakes = [d for d in written if d.short == division.short]
        whole = fits(division, "市") and relative.get("市") and not any(fits(d, "市") for d in namesakes)
        if namesakes and division not in namesakes and not whole:
            votes.weights[code] = 0.0


def drop_outlets(votes: Votes, relative: Mapping[str, int]) -> None:
    """Take the votes of a province that only outlets are named after, where the words name a part of it."""
    if relative.get("省") or relative.get("自治区"):
        return
    for code, told in votes.outlets.items():
        outer = votes.known[code]
        inner = (c for c in votes.known if c != code and votes.weights[c] > votes.outlets.get(c, 0.0))
        alone = outer.level == "province" and votes.weights[code] <= told
        if alone and any(is_within(votes.known[c], outer) for c in inner):
            votes.weights[code] = 0.0


def score_of(votes: Votes, code: str, relative: Mapping[str, int], provincial: int) -> float:
    """Return how loudly the words speak for a division: for itself, for its kind, for what lies in it."""
    division = votes.known[code]
    score = votes.weights[code]
    score += sum(0.5 * n for letter, n in relative.items() if letter not in ("省", "自治区") and fits(division, letter))
    if division.level == "province":
        score += provincial
        if any(d.short == division.short for d in votes.known.values() if d != division):
            score += 0.5 * relative.get("省", 0)
    above = (d for d in chain(division)[1:] if d.short != division.short)
    score += 0.1 * sum(votes.weights.get(outer.code, 0.0) for outer in above)
    return score + sum(1.0 for inner in votes.policed if inner != code and is_within(votes.known[inner], division))
