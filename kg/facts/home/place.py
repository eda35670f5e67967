"""Home: the place whose bureau reports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg.facts.cue import cue
from kg.facts.home.above import common_ground, widened
from kg.facts.home.bare import bare_home, home_of_title
from kg.facts.home.lead import LEAD, first_line
from kg.facts.home.nation import (
    is_of_a_line,
    is_of_a_lines_bureau,
    is_of_a_roll,
    is_of_hong_kong,
    is_of_provinces,
    is_of_some_city,
    is_of_the_coast_guard,
    is_of_the_nation,
    ministry_score,
    orders,
)
from kg.facts.home.votes import (
    Votes,
    drop_outlets,
    drop_shadowed,
    named_places,
    score_of,
    vote_of_agencies,
    vote_of_places,
    vote_of_title,
)
from kg.facts.home.whole import is_of_those_honoured
from kg.facts.office import letter_of
from kg.mentions.agency import Agency
from kg.text import Text
from kg.values.place import (
    HONG_KONG,
    Division,
    division_of,
    find_divisions,
    is_everyday_word,
    word_ending,
    word_starting,
)


def _place_of_account(view: str, year: int | None) -> Division | None:
    """Return the place that our own account is called after: 我局官方微博“平安某地”."""
    for found in cue("home-own-account").finditer(view):
        word = word_starting(view, found.end())
        places = find_divisions(word, year=year) if word and not is_everyday_word(word) else ()
        if places:
            return min(places, key=lambda place: ("province", "prefecture", "county").index(place.level))
    return None


def _place_of_zone(view: str, agencies: Sequence[Agency], year: int | None) -> Division | None:
    """Return the city that a zone's name stands behind whose branch reports: 西安高新区, of 公安高新分局."""
    first = agencies[0] if agencies else None
    if first is None or first.head != "branch" or first.divisions or first.start >= LEAD or len(first.written) < 2:
        return None
    for found in re.finditer(re.escape(first.written), view):
        word = word_ending(view, found.start())
        if word and not is_everyday_word(word):
            return next((d for d in find_divisions(word, year=year) if d.level == "prefecture"), None)
    return None


def find_home(text: Text, agencies: Sequence[Agency], year: int | None) -> Division | None:
    """Return the place whose bureau reports, None where none stands out or the ministry reports.

    >>> from kg.mentions.agency import find_agencies
    >>> from kg.text import text_of
    >>> text = text_of("临海警方破案12起。全市公安机关将继续努力。")
    >>> find_home(text, find_agencies(text.view), None).name
    '临海市'
    """
    view = text.view
    title = text.title or first_line(text)
    if is_of_hong_kong(view, agencies):
        return division_of(HONG_KONG)
    of_a_line = is_of_a_line(agencies) or is_of_a_lines_bureau(agencies, view)
    if of_a_line or is_of_the_nation(agencies, title, view):
        return None
    if is_of_the_coast_guard(agencies, view) or is_of_a_roll(agencies, title, view) or is_of_provinces(view, year):
        return None
    votes = Votes()
    vote_of_agencies(votes, agencies, view)
    vote_of_places(votes, view, agencies, year, 1)
    vote_of_title(votes, title, year)
    for _, word, _ in named_places(text.outlet or ""):
        votes.add(find_divisions(word, year=year), 2, outlet=True)
    if (ours := _place_of_account(view, year)) is not None:
        return ours
    relative: dict[str, int] = defaultdict(int)
    for agency in agencies:
        if agency.qualifier and not agency.divisions and not is_of_those_honoured(view, agency.start):
            relative[letter_of(agency.qualifier)] += 1
    for found in cue("home-whole").finditer(view):
        if not is_of_those_honoured(view, found.start()):
            relative[found["letter"]] += 1
    drop_shadowed(votes, view, relative)
    drop_outlets(votes, relative)
    provincial = sum(1 for a in agencies if a.head == "alias" and a.qualifier in ("全省", "全区", "全自治区"))
    scores = {code: score_of(votes, code, relative, provincial) for code in votes.known}
    best = max(scores, key=lambda code: (scores[code], votes.known[code].level == "prefecture", code), default=None)
    ministry = ministry_score(votes, [a for a in agencies if not orders(a, view)], view)
    if ministry >= 6 and (best is None or ministry > scores[best]):
        return bare_home(text, relative, year) if best is None and is_of_some_city(agencies) else None
    if best is None or scores[best] <= 0:
        return bare_home(text, relative, year) or _place_of_zone(view, agencies, year)
    told = votes.known[best]
    named = (division for code, division in votes.known.items() if votes.weights[code] > 0)
    if not votes.policed and (ground := common_ground(told, named, relative)) is not None:
        return ground
    return home_of_title(text, told, relative, year) or widened(told, agencies, text)
