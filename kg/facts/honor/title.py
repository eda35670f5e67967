"""Titles: which award a phrase states, by what name, and what can hold it.

Enters: one item of a list of titles. Leaves: a ``Title`` in view coordinates, or nothing where the words are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.facts.cue import cue
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.mentions.lexicon import load_lexicon
from kg.unguarded import unguarded
from kg.values.numeral import parse_numeral

_VAGUE = re.compile("[余多数几]")
_TIMES_BEFORE = re.compile("([0-9]{1,3}|[一两二三四五六七八九十]{1,3})次")


@unguarded
@dataclass(frozen=True, slots=True)
class Title:
    """An award: ``view[start:end]`` with its normalised name; ``kind`` says what may hold it.

    ``kind`` is group, person, work, place or any; ``times`` where the words say so after the title, ``lead`` where
    the year or edition before it begins, ``shares`` the title before it in a list whose scope it may share.
    """

    start: int
    end: int
    name: str
    kind: str
    rule: str
    times: int | None = None
    lead: int = 0
    shares: str = ""


def read_title(view: str, start: int, end: int, strong: bool = True) -> Title | None:
    """Return the award that an item of a list states, None where it is none.

    >>> read_title("2023年度全省“青年文明号”荣誉称号", 0, 19).name
    '全省青年文明号'
    """
    patterns = honor_patterns()
    first = start
    if (lead := honor_part("title_lead").match(view, start, end)) is not None:
        start = lead.end()
    if (apposed := honor_part("title_apposed").match(view, start, end)) is not None:
        start = apposed.end()  # 平安中国建设最高奖“长安杯”
    if honor_part("title_counted").fullmatch(view, start, end):
        return None
    if "”" in view[start:end] and (of_it := honor_part("title_holder_quoted").search(view, start, end)) is not None:
        end = of_it.start()
    if "“" not in view[start:end] and (held := honor_part("title_holder").search(view, start, end)) is not None:
        end = held.start()  # 荣获全省优秀基层单位的城关派出所
    for rule in ("title-rank", "title-known", "title-quoted", "title-called"):
        match = patterns[rule].fullmatch(view, start, end)
        named = strong or (match is not None and cue("honor-called").search(match["rest"]) is not None)
        if match is None or (rule in ("title-quoted", "title-called") and not named):
            continue
        title = _checked(view, match, rule)
        if title is not None:
            led = _TIMES_BEFORE.search(view, first, start)
            number = int(parse_numeral(led[1]).value) if led else 0
            return replace(title, lead=first, times=title.times or (number if number > 1 else None))
    return None


def _checked(view: str, match: re.Match[str], rule: str) -> Title | None:
    start, end = match.span("body")
    if rule == "title-known" and cue("honor-award-word").match(match["rest"]):
        end += 1
    if (summed := cue("honor-sum").search(view, start, end)) is not None:
        end = summed.start()
    if (kind := cue("honor-kind-summed").search(view, start, end)) is not None:
        end = kind.start()
    if (drive := cue("honor-drive-before").match(view, start, end)) is not None:
        start = drive.end()
    if honor_part("at_least").match(view, end):
        return None
    body = view[start:end]
    name = normalised(body)
    short = honor_part("title_prize").fullmatch(name) or cue("honor-short").fullmatch(name)
    if not 3 <= len(name) <= 40 and not short:
        return None
    if honor_part("title_verb").search(name):
        return None  # 李方入选全国“公安楷模”: a sentence, read whole
    if (
        cue("honor-named-after").search(body)
        or honor_part("title_post").search(body)
        or (rule == "title-rank" and "、" in body)
    ):
        return None
    quoted = "“" in body
    merit = honor_part("title_merit").search(name)
    if (
        cue("honor-place-alone").fullmatch(name)
        or honor_part("title_trial").search(name)
        or (not merit and not quoted and rule == "title-known")
    ):
        return None
    times = match["times"]
    number = int(parse_numeral(times[:-1]).value) if times and not _VAGUE.search(times) else None
    holds = "group" if cue("honor-of-body").match(view, end) else _kind(name)
    return Title(start, end, name, holds, rule, number if number and number > 1 else None)


def normalised(body: str) -> str:
    """Return a title without quotation marks, and without the edition that stands before the mark."""
    opening = body.find("“")
    edition = cue("honor-edition").search(body[:opening]) if opening > 0 else None
    if edition is not None and edition.end() >= opening - 4:
        body = body[: edition.start()] + body[edition.end() :]
    name = honor_part("scope_twice").sub(r"\g<scope>", honor_part("marks").sub("", body).strip("的、 "))
    return cue("honor-year-inside").sub("", cue("honor-year-first").sub("", cue("honor-named-by").sub("", name)))


@cache
def title_heads() -> Mapping[str, str]:
    """Return the words that a title can end with, each with what can hold such a title."""
    return {word: row["kind"] for word, row in load_lexicon("honor_head").rows.items()}


def _kind(name: str) -> str:
    """Return what can hold a title, by its longest known head."""
    if name.startswith("集体") or name.endswith("集体"):
        return "group"
    if name.startswith("个人"):
        return "person"
    heads = title_heads()
    for cut in range(max(0, len(name) - 12), len(name)):
        if name[cut:] in heads:
            return heads[name[cut:]]
    return "any"
