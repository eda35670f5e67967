"""Units: agencies, their units and their places as those who received an award."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.facts.bureau import BureauMention
from kg.facts.honor.agency import Agencies
from kg.facts.honor.holder import Holder, city_holder, holder_of, relative_division
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.values.place import choose, find_divisions, is_everyday_word, is_within, word_ending

_GIVER = 16  # characters before a unit in which a mention may begin that takes its giver for a part of its name
_ANAPHOR = 4  # characters of "该大队", "该检查站" at most; 该分局南门派出所 is a name
_PLACE_WORD = re.compile(r"[我全本该](?:省|市|县|区|州|盟|旗)$")


def read_unit(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return the agency that a stretch ends with, or the part of it that the words after its name tell."""
    mentions = agencies.mentions_in(start, end)
    if not mentions:
        return _clipped(agencies, start, end)
    last = mentions[-1]
    if agencies.view[last.start] == "该" and last.end - last.start <= _ANAPHOR:
        return _again(agencies, last, end)
    if last.end == end:
        return holder_of(last)
    if honor_part("tail").fullmatch(agencies.view, last.end, end):
        if honor_patterns()["holder-person"].search(agencies.view, last.end, end):
            return None
        tail = honor_part("marks").sub("", agencies.view[last.end : end])
        return Holder(last.name + tail, "unit", last.name, last.start, end)
    return None


def read_part(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return a part of the unit last spoken of, which its kind alone names: 派出所内勤组."""
    match = honor_part("part_of_unit").fullmatch(agencies.view, start, end)
    paragraph = agencies.text.paragraph_at(start)
    for mention in reversed(agencies.mentions_in(paragraph.start, start)) if match else ():
        if match and mention.name.endswith(match["kind"]):
            return Holder(mention.name + match["tail"], "unit", mention.name, start, end)
    return None


def _clipped(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return the unit that ends a mention which reads who gives it as its superior: 市公安局给刑警大队记……."""
    home = agencies.bureaus.home
    wide = [m for m in agencies.mentions_in(max(0, start - _GIVER), end) if m.start < start and m.end == end]
    name = agencies.bureaus.resolve(agencies.view[start:end], start) if wide and home else None
    return Holder(name, "unit", home.name, start, end) if name and home else None


def read_self(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return the agency that reports, which "我局", "我们" or its kind alone names."""
    home = agencies.bureaus.home
    match = honor_patterns()["holder-self"].fullmatch(agencies.view, start, end)
    if match is not None and match["we"]:
        name, _ = agencies.bureaus.subject_at(start, end)
        return replace(agencies.by_name(name, start), end=end, rule="holder-self") if name else None
    if match is None or home is None or not home.name.endswith(match["kind"][-1]):
        return None
    if match["tail"]:
        return Holder(home.name + match["tail"], "unit", home.name, start, end, "holder-self")
    return replace(holder_of(home), start=start, end=end, rule="holder-self")


def _again(agencies: Agencies, anaphor: BureauMention, end: int) -> Holder | None:
    """Return the agency last spoken of that "该所" or "该大队" means."""
    if anaphor.end != end:
        return None
    ending = agencies.view[anaphor.start + 1 : anaphor.end]
    for mention in reversed(agencies.mentions_in(0, anaphor.start)):
        field = agencies.view.endswith("系统", mention.start, mention.end)  # 唐山市公安系统大比武: whose contest it was
        hosts = honor_part("hosts_it").match(agencies.view, mention.end) or mention.name.endswith(f"总{ending}")
        if mention.name.endswith(ending) and not (field or hosts):
            return replace(holder_of(mention), start=anaphor.start, end=end)
    return holder_of(anaphor)


def read_city(agencies: Agencies, start: int, end: int) -> Holder | None:
    """Return the place that a stretch ends with, if it is home, above it or in it: 我市, 全县, a city by its name."""
    home = agencies.bureaus.home.division if agencies.bureaus.home else None
    if (found := _PLACE_WORD.search(agencies.view, start, end)) is not None:
        division = relative_division(found[0][-1], home)
        return city_holder(division, found.start(), end) if division else None
    word = word_ending(agencies.view, end, start)
    if word is None or is_everyday_word(word):
        return None
    division = choose(find_divisions(word), home)
    if division is None or home is None or not (is_within(division, home) or is_within(home, division)):
        return None
    return city_holder(division, end - len(word), end)
