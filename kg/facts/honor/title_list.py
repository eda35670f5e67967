"""Lists of titles: where each begins and ends, what they share, and where the list is over.

Enters: the position after a verb of honour, or before a name. Leaves: ``Title`` values in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.honor.pattern import honor_part
from kg.facts.honor.title import Title, normalised, read_title
from kg.values.numeral import parse_numeral
from kg.values.place import is_everyday_word, word_starting

_ITEM_END = re.compile(r"[,;:。!?\n…]")
_QUOTED = re.compile(r"“[^“”\n]{1,60}”|《[^《》\n]{1,80}》|\([^()\n]{0,40}\)")
_PRIZE = re.compile("[二三]等奖")
_PLACE = re.compile("[一二三四五六]")
_QUOTED_OR_END = re.compile(f"(?P<quoted>{_QUOTED.pattern})|{_ITEM_END.pattern}")
_LINE = re.compile(r"(?<=\n)[^\n]+(?=\n|$)")
LONGEST = 200  # characters of a list of titles
_LONGEST_QUOTED = 100  # characters: no match of _QUOTED is longer


def titles_from(view: str, start: int, strong: bool, previous: Title | None = None) -> Iterator[Title]:
    """Yield the titles of a list, until an item that is none."""
    if view.startswith("\n", start):
        yield from _on_lines(view, start)
        return
    end = _region_end(view, start)
    strong = strong or honor_part("titles_called").search(view, start, end) is not None
    items = list(items_of(view, start, end))
    if several := [*_events(view, items), *_places(view, start, end), *_of_each_sex(view, start, end)]:
        yield from several
        return
    pending: list[tuple[int, int]] = []
    givers: int | None = None  # where the bodies begin that a list names before a title
    for number, (first, last) in enumerate(items):
        scope = honor_part("scope_alone").fullmatch(view, first, last)
        rank = cue("honor-rank-alone").fullmatch(view, first, last)
        prize = number + 1 < len(items) and cue("honor-prize-ranks").match(view, last - 1, items[number + 1][1])
        if (scope or rank or prize) and number + 1 < len(items):
            pending.append((first, last))
            continue
        if number and honor_part("item_verb").search(blanked(view[first:last])):
            return
        title = read_title(view, first, last, strong)
        if title is None and not pending and _gives_next(view, first, items[number : number + 2]):
            givers = first if givers is None else givers
            continue
        if title is not None and givers is not None:
            title = replace(title, start=givers, name=view[givers:first] + title.name, lead=givers)
            givers = None
        if title is None and number + 1 < len(items) and honor_part("title_headless").fullmatch(view, first, last):
            pending.append((first, last))
            continue
        if title is None and previous and not pending and _names_title(view, items[number + 1 :]):
            continue  # “A”先进单位、某赛大满贯、文明单位: a prize by no word for prizes
        if title is None:
            return
        who = previous.name[:2] if previous else view[pending[0][0] : pending[0][0] + 2] if pending else ""
        if title.name.endswith("等功") and len(title.name) == 3 and who in ("集体", "个人"):
            title = replace(title, name=who + title.name)
        for shared in _shared(view, pending, title):
            yield shared
            previous = shared
        if pending and _PRIZE.fullmatch(title.name):
            title = replace(title, name=view[pending[0][0] : pending[0][1] - 1] + title.name)
        pending = []
        alike = previous and (previous.kind == title.kind != "any" or _are_prizes(previous, title))
        scoped = previous is not None and (previous.shares != "" or view[previous.start] != "“")
        beside = scoped and view[first - 1 : first + 1] == "”“"  # 省级“甲”“乙”
        if previous and ((alike and "“" not in view[first:last]) or beside):
            title = replace(title, shares=previous.shares or previous.name if beside else previous.name)
        yield title
        previous = title
        if _closes(view, title, last):
            return
    if previous and view[end : end + 1] == "," and _goes_on(view, end + 1):
        yield from titles_from(view, end + 1, False, previous)


def _on_lines(view: str, start: int) -> Iterator[Title]:
    """Yield the titles of a list whose verb ends a line, each on a line of its own."""
    for line in _LINE.finditer(view, start, min(len(view), start + LONGEST)):
        title = read_title(view, *line.span(), True)
        if title is None:
            return
        yield title


def _gives_next(view: str, first: int, items: Sequence[tuple[int, int]]) -> bool:
    """Tell whether an item of a list is a body that gives the title of the next: 共青团市委、市教育局“青年文明号”."""
    if len(items) < 2 or honor_part("grantor_body").fullmatch(view, first, items[0][1]) is None:
        return False
    prefix = honor_part("grantor_prefix").match(view, *items[1])
    return prefix is not None and honor_part("grantor_body").fullmatch(prefix["grantor"]) is not None


def _names_title(view: str, items: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the next item of a list is a title."""
    if not items or honor_part("item_verb").search(blanked(view[slice(*items[0])])):
        return False
    return read_title(view, *items[0], False) is not None


def _are_prizes(one: Title, other: Title) -> bool:
    """Tell whether two titles of a list are prizes: 全县考核二等奖、脱贫攻坚优秀奖."""
    return one.name.endswith("奖") and other.name.endswith("奖")


def _region_end(view: str, start: int) -> int:
    """Return where the clause ends that begins at a position; marks inside quotations and brackets do not count."""
    limit = min(len(view), start + LONGEST)
    for found in _QUOTED_OR_END.finditer(view, start, limit + _LONGEST_QUOTED):
        if found.start() >= limit:
            break
        if found["quoted"] is None:
            return found.start()
    return limit


def items_of(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the items of a list begin and end; marks inside quotations and brackets part nothing."""
    guards = [match.span() for match in _QUOTED.finditer(view, start, end)]
    at = start
    for mark in cue("honor-between").finditer(view, start, end):
        if any(first < mark.start() < last for first, last in guards):
            continue
        yield at, mark.start()
        at = mark.end()
    yield at, end


def _events(view: str, items: Sequence[tuple[int, int]]) -> Iterator[Title]:
    """Yield the prizes of as many events as a list sums up: 团体总分、射击、查缉战术三项冠军."""
    summed = honor_part("title_events").fullmatch(view, *items[-1])
    if summed is None or len(items) < 2 or parse_numeral(summed["n"]).value != len(items):
        return
    for first, last in [*items[:-1], summed.span("event")]:
        yield Title(first, last, view[first:last] + summed["place"], "any", "title-known", lead=first)


def _places(view: str, start: int, end: int) -> Iterator[Title]:
    """Yield the places of a contest that one head closes: 团体第一、二、三名."""
    told = honor_part("title_places").match(view, start, end)
    if told is None:
        return
    for place in _PLACE.finditer(view, *told.span("places")):
        yield Title(place.start(), place.end(), f"{told['contest']}第{place[0]}名", "any", "title-known", lead=start)


def _of_each_sex(view: str, start: int, end: int) -> Iterator[Title]:
    """Yield the two prizes of one event for men and women: 男、女组手枪速射一等奖."""
    told = honor_part("title_sexes").match(view, start, end)
    if told is None:
        return
    at = told.start("men")
    yield Title(at, at + 1, f"男{told['group']}{told['event']}", "any", "title-known", lead=start)
    at = told.start("women")
    yield Title(at, told.end(), f"女{told['group']}{told['event']}", "any", "title-known", lead=at)


def _goes_on(view: str, start: int) -> bool:
    """Tell whether a clause begins with another title of a list, and not with words that govern titles of their own."""
    if not honor_part("title_next").match(view, start):
        return False
    first, last = next(items_of(view, start, _region_end(view, start)))
    return honor_part("item_verb").search(blanked(view[first:last])) is None


def _closes(view: str, title: Title, last: int) -> bool:
    """Tell whether a list ends with a title: 称号, 等 or a relative clause follows."""
    rest = view[title.end : last].lstrip("”’")
    return bool(re.match("等|的", rest))


def blanked(words: str) -> str:
    """Return words with a dot for every character of a quotation, a book or brackets: no verb stands in them."""
    return _QUOTED.sub(_blank, words)


def _blank(quoted: re.Match[str]) -> str:
    return "·" * len(quoted[0])


def _shared(view: str, pending: Sequence[tuple[int, int]], title: Title) -> Iterator[Title]:
    """Yield the titles whose head stands in the next item: 省级、市级文明单位; 集体二、三等功."""
    if _PRIZE.fullmatch(title.name):
        contest = view[pending[0][0] : pending[0][1] - 1] if pending else ""
        for first, last in pending:
            yield replace(title, start=first, end=last, name=f"{contest}{view[last - 1]}等奖", lead=first)
        return
    for first, last in pending:
        if (rank := cue("honor-rank-alone").fullmatch(view, first, last)) is not None:
            if title.name.endswith("等功"):
                who = rank["who"] or title.name[:-3]
                yield replace(title, start=first, end=last, name=f"{who}{rank['rank']}等功")
            continue
        words = view[first:last]
        if honor_part("title_headless").fullmatch(words):
            if (head := honor_part("title_shared_head").search(title.name)) is not None:
                yield replace(title, start=first, end=last, name=normalised(words) + head[0], lead=first)
            continue
        own = honor_part("scope_alone").match(title.name)
        yield replace(title, start=first, end=last, name=words + (title.name[own.end() :] if own else title.name))


def titles_before(view: str, end: int) -> list[Title]:
    """Return the titles that end at a position, in their order."""
    floor = max(0, end - LONGEST)
    start = max((match.end() for match in _ITEM_END.finditer(view, floor, end - 1)), default=floor)
    guards = list(_QUOTED.finditer(view, start, end))
    if any(guard.end() == end for guard in guards) or view[end - 1] in "、,":
        end = end - 1 if view[end - 1] in "、," else end
    found: list[Title] = []
    for first, last in reversed(list(items_of(view, start, end))):
        first += view.startswith("在", first)  # 在全省劳模、“最美警察”所长某某的带领下
        title = read_title(view, first, last, False)
        if received := honor_part("title_received").search(view, first, last):
            title = read_title(view, received.end(), last, False)  # 荣获二级英模、全国道德模范等称号的某同志
            return [title, *found[::-1]] if title else found[::-1]
        opening = honor_part("title_opening").search(view, first, last)
        if opening is not None and opening.start() > first:
            title = read_title(view, opening.start(), last, False)
        elif opening is None and (title is None or not (found or _names_place(title.name))):
            break
        if title is None:
            break
        found.append(title)
    return found[::-1]


def _names_place(name: str) -> bool:
    word = word_starting(name, 0)
    return word is not None and len(word) > 2 and not is_everyday_word(word)
