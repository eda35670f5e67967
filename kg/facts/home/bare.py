"""Bare names: the place that an article is about where no agency tells it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kg.facts.cue import cue
from kg.facts.home.lead import LEAD, first_line
from kg.facts.office import fits
from kg.mentions.agency import joins_a_county
from kg.mentions.lexicon import load_lexicon
from kg.text import Text
from kg.values.place import Division, find_divisions, is_everyday_word, is_within, word_starting

_ID_PLACE = re.compile("[a-z]{3,}(?![a-z])")
_TOLD_OFTEN = 4  # times that a text is about a place of its title
_SCANNED = 3000  # characters in which a bare place name is looked for where no agency tells the place
_LETTERS = ("县", "旗", "区", "市", "州", "盟", "自治县", "自治州", "地区", "省", "自治区")


def bare_home(text: Text, relative: Mapping[str, int], year: int | None) -> Division | None:
    """Return the place that the words name most, where "全市" or "市公安局" speaks of one that no agency names."""
    if (kept := _filed_under(text, relative, year)) is not None:
        return kept
    letters = [letter for letter in _LETTERS if relative.get(letter, 0) >= 2]
    letters.sort(key=lambda letter: -relative[letter] if letter not in ("省", "自治区") else 0)
    named = next((found for letter in letters if (found := _most_named(text, letter, year))), None)
    named = named or _peaceful_home(text, relative, year) or _province_by_letter(text, relative, year)
    return named or _by_nickname(text, relative, year)


def home_of_title(text: Text, told: Division, relative: Mapping[str, int], year: int | None) -> Division | None:
    """Return the place of the title where the one that agencies tell is but a part of it that the text comes to late.

    "去年肇庆110平均每28秒接一个电话": "全市" is Zhaoqing's, though only a station of its county is named in full.
    """
    title = text.article.title or first_line(text)
    if (city := _city_told(title, text.view, told, year)) is not None:
        return city
    if any(division.code == told.code for division in _bare_places(title + text.view[:LEAD], year)):
        return None
    for division in _bare_places(title, year):
        spoken = any(count > 1 and fits(division, letter) for letter, count in relative.items())
        if spoken and division.code != told.code and is_within(told, division):
            return division
    return None


def _city_told(title: str, view: str, told: Division, year: int | None) -> Division | None:
    """Return the prefecture of the title, which the text names more than its county whose agency it shows.

    "凉山禁毒迈上新台阶": a county's bureau is but an example, 凉山州 is what all of it is about.
    """
    places = list(_bare_places(title, year))
    if told.level != "county" or any(place.code == told.code for place in places):
        return None
    around = (p for p in places if p.level == "prefecture" and p.code != told.code and is_within(told, p))
    city = next(around, None)
    often = 0 if city is None else view.count(city.short)
    return city if often >= _TOLD_OFTEN and often > 2 * view.count(told.short) else None


def _peaceful_home(text: Text, relative: Mapping[str, int], year: int | None) -> Division | None:
    """Return the one place that the words "平安……" name, where "全市", "全县" speak of a place of its kind."""
    found: dict[str, Division] = {}
    for match in cue("home-peaceful").finditer(text.view):
        word = word_starting(text.view, match.end())
        if word is None or is_everyday_word(word):
            continue
        for division in find_divisions(word, year=year):
            if any(fits(division, letter) for letter in relative):
                found[division.code] = division
    return next(iter(found.values())) if len(found) == 1 else None


def _province_by_letter(text: Text, relative: Mapping[str, int], year: int | None) -> Division | None:
    """Return the province that the title calls by its one character, where "我省" speaks of one: 皖前9月破案410起."""
    title = text.title or first_line(text)
    letter = cue("home-province-letter").match(title)
    if letter is None or not relative.get("省") or word_starting(title, 0):
        return None
    name = load_lexicon("province_letter").get(letter["letter"], "province") or ""
    return next(iter(find_divisions(name, year=year)), None)


def _by_nickname(text: Text, relative: Mapping[str, int], year: int | None) -> Division | None:
    """Return the one city that the words call by a name of affection, where 市公安局 speaks of one: 羊城."""
    found = {match["name"] for match in cue("home-nickname").finditer(text.view, 0, _SCANNED)}
    names = {load_lexicon("city_nickname").get(word, "division") or "" for word in found}
    if len(names) != 1 or not relative.get("市"):
        return None
    return next(iter(find_divisions(names.pop(), year=year)), None)


def _filed_under(text: Text, relative: Mapping[str, int], year: int | None) -> Division | None:
    """Return the one place by whose name the article is kept, where 市公安局 speaks of one of its kind: danzhou-2019.

    >>> from kg.text import text_of
    >>> found = _filed_under(text_of("市公安局破案9起。", id="danzhou-2019"), {"市": 1}, None)
    >>> found.name if found else None
    '儋州市'
    """
    spelled = _ID_PLACE.match(text.article.id)
    names = load_lexicon("place_pinyin").get(spelled[0], "names") if spelled else None
    letters = [letter for letter in (*_LETTERS, "行署") if relative.get(letter)]
    for letter in letters:
        divisions = {d.code: d for name in (names or "").split("、") for d in find_divisions(name, year=year)}
        fitting = [d for d in divisions.values() if fits(d, letter)]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _most_named(text: Text, letter: str, year: int | None) -> Division | None:
    """Return the place of a kind that title and text name most, else the page around: None where several are even."""
    title = text.article.title or first_line(text)
    around = text.article.text
    for lines in (((title, 2), (text.view[:_SCANNED], 1)), ((around[:_SCANNED], 1), (around[-_SCANNED // 2 :], 1))):
        counts: dict[str, int] = defaultdict(int)
        known: dict[str, Division] = {}
        for line, weight in lines:
            for division in _bare_places(line, year):
                if fits(division, letter):
                    known[division.code] = division
                    counts[division.code] += weight
        best = max(counts, key=lambda code: (counts[code], code), default=None)
        if best is not None:
            return known[best] if list(counts.values()).count(counts[best]) == 1 else None
    return None


def _bare_places(line: str, year: int | None) -> Iterator[Division]:
    """Yield every division that a word of a line can mean, with or without its ending."""
    at = 0
    while at < len(line):
        word = word_starting(line, at)
        wished = line[at - 1 : at] in ("迎", "贺")  # 迎大庆: a jubilee
        joined = word == "和县" and joins_a_county(line, at + len(word))
        after = cue("home-bare-after")
        if word is None or wished or joined or is_everyday_word(word) or after.match(line, at + len(word)):
            at += 1
            continue
        at += len(word)
        yield from find_divisions(word, year=year)
