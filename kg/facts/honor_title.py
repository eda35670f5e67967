"""Titles: the verbs of honour in a view, and the list of awards that each of them governs.

Enters: a ``Text``. Leaves: ``Award`` values in order, each with its titles in view coordinates. Who received them is
not asked here, so that a number inside a title is known for a name even where the recipient is not named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.mentions.lexicon import load_lexicon
from kg.mentions.rule import expand, load_parts, load_rules
from kg.patterns import compile_once
from kg.text import Span, Text
from kg.unguarded import unguarded
from kg.values.numeral import parse_numeral
from kg.values.place import is_everyday_word, word_starting

_MARKS = re.compile("[“”‘’《》]")
_BETWEEN = re.compile(
    r"、|(?<=”)(?=“)|(?<=[”号位体人功奖名军)])(?:和|及|以及|与)|(?<=[省市县区州]级)(?:和|及)(?=[省市县区州]级)|;|\n"
)
_ITEM_END = re.compile(r"[,;:。!?\n…]")
_QUOTED = re.compile(r"“[^“”\n]{1,60}”|《[^《》\n]{1,80}》|\([^()\n]{0,40}\)")
_MERIT_RANK = re.compile(r"(?P<who>集体|个人)?(?P<rank>[特一二三])等?$")
_PRIZE = re.compile("[二三]等奖")
_PRIZE_RANK = re.compile("[特一二]、[二三](?:等奖|$|(?=、))")
_YEAR_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff])(?:19|20)[0-9]{2}(?:[-~至](?:19|20)?[0-9]{2})?年?度")
_CALLED = re.compile("称号|荣誉|殊荣")
_VAGUE = re.compile("[余多数几]")
_SUMMED = re.compile("(?<=[奖军号位体人])等?[两二三四五双]项(?:大奖|奖项|荣誉)$")
_AWARD_WORD = re.compile("奖(?![牌杯状章励项])")
_NAMED_AFTER = re.compile(r"”(?:(?:荣誉|光荣)*称号)?(?:的|并)")
_NAMED_BY = re.compile(r"^[\u4e00-\u9fff]{2,12}?(?:命名|授予|评定|颁发|评选|表彰)的(?=.{3})")
_YEAR_FIRST = re.compile(r"^(?:19|20)[0-9]{2}(?:年?[-~至](?:19|20)?[0-9]{2})?年?度?(?=[\u4e00-\u9fff])")
_QUOTED_OR_END = re.compile(f"(?P<quoted>{_QUOTED.pattern})|{_ITEM_END.pattern}")
_LONGEST = 200
_LONGEST_QUOTED = 100  # characters: no match of _QUOTED is longer


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


@dataclass(frozen=True, slots=True)
class Award:
    """A verb of honour from ``start`` with its titles; ``grantor`` and ``recipient`` where the pattern has them."""

    rule: str
    start: int
    titles: tuple[Title, ...]
    grantor: Span | None = None
    recipient: Span | None = None
    end: int = 0


@cache
def honor_patterns() -> Mapping[str, re.Pattern[str]]:
    """Return the rules of ``mappings/rules/honor.toml`` by name."""
    return {rule.name: rule.regex for rule in load_rules("honor") if rule.regex is not None}


@cache
def honor_part(name: str) -> re.Pattern[str]:
    """Return a part of ``mappings/rules/honor.toml`` as a pattern of its own."""
    return compile_once(expand(f"{{{name}}}", load_parts("honor"), "mappings/rules/honor.toml"))


def find_awards(text: Text) -> list[Award]:
    """Return the awards of a text in order, with or without a named recipient.

    >>> from kg.text import text_of
    >>> [t.name for a in find_awards(text_of("县局获评全国优秀公安局、“文明单位”,抓获3人。")) for t in a.titles]
    ['全国优秀公安局', '文明单位']
    """
    found: list[Award] = []
    taken = -1
    for award in sorted(_candidates(text), key=lambda a: (a.start, -a.end)):
        if award.start < taken:
            continue
        if award.titles:
            found.append(award)
            taken = award.titles[-1].end
    return found


def _candidates(text: Text) -> Iterator[Award]:
    patterns = honor_patterns()
    view = text.view
    for name in ("honor-given", "honor-credited"):
        for match in patterns[name].finditer(view):
            yield _given(view, name, match)
    for name in ("honor-passive", "honor-received-from", "honor-active"):
        for match in patterns[name].finditer(view):
            strong = name != "honor-active" or load_lexicon("honor_received").get(match["verb"], "force") == "strong"
            grantor = match.groupdict().get("grantor")
            span = Span(*match.span("grantor")) if grantor else None
            titles = tuple(_titles(view, match.end(), strong))
            if titles and _is_record(match["verb"], titles) and _is_named(view, match["verb"], titles[0]):
                yield Award(name, match.start(), titles, span, end=titles[-1].end)
    for match in patterns["honor-commended"].finditer(view):
        who = "grantor" if match["grantor"] else "giver"
        title = Title(*match.span("title"), match["title"], "any", "", lead=match.start("title"))
        yield Award("honor-commended", match.start(), (title,), Span(*match.span(who)), end=match.end())
    for match in patterns["honor-fell-to"].finditer(view):
        won = read_title(view, *match.span("title"), False)
        if won is not None and won.rule in ("title-known", "title-rank"):
            yield Award("honor-fell-to", won.start, (won,), None, Span(*match.span("recipient")), won.end)
    for match in patterns["honor-line-title"].finditer(view):
        told = read_title(view, *match.span("title"), False)
        if told is not None and told.rule == "title-known":
            yield Award("honor-line-title", told.start, (told,), None, Span(*match.span("recipient")), told.end)
    for match in patterns["honor-line"].finditer(view):
        titles = tuple(_titles(view, match.end(), False))
        if titles and _is_line(view, match.end(), titles):
            yield Award("honor-line", match.start("recipient"), titles, None, _trimmed(view, match), titles[-1].end)
    for match in patterns["honor-emerged"].finditer(view):
        titles = tuple(_titles(view, match.end(), False))
        if titles and all(title.kind in ("group", "person", "any") for title in titles):
            yield Award("honor-emerged", match.start(), titles, None, Span(*match.span("recipient")), titles[-1].end)
    for match in patterns["honor-continued"].finditer(view):
        titles = tuple(_titles(view, match.end(), True))
        if titles and _is_record(match["verb"], titles):
            grantor = Span(*match.span("grantor")) if match["grantor"] else None
            yield Award("honor-continued", match.start() + 1, titles, grantor, end=titles[-1].end)
    for match in patterns["honor-copula"].finditer(view):
        titles = tuple(_titles(view, match.end(), False))
        if titles and all(title.kind in ("group", "person") for title in titles):
            yield Award("honor-copula", match.start(), titles, end=titles[-1].end)


def _is_record(verb: str, titles: Sequence[Title]) -> bool:
    """Tell whether 记 and 立 have what they need: a merit, not a case on file, nor the rest of a name (张立新荣立)."""
    name = titles[0].name
    merit = name.endswith(("等功", "嘉奖")) and not name.startswith("功") and "荣" not in name
    return verb not in ("记", "立") or merit


def _is_line(view: str, start: int, titles: Sequence[Title]) -> bool:
    """Tell whether what follows the colon of a line is titles and no sentence with a verb of its own."""
    words = _QUOTED.sub(_blank, view[start : titles[0].end])
    named = titles[0].rule in ("title-known", "title-rank") and all(title.kind != "work" for title in titles)
    return named and honor_part("item_verb").search(words) is None


def _trimmed(view: str, line: re.Match[str]) -> Span:
    """Return the recipient of a line of a roll without the blanks around it."""
    start, end = line.span("recipient")
    return Span(start, start + len(view[start:end].rstrip()))


def _is_named(view: str, verb: str, title: Title) -> bool:
    """Tell whether 成为 has a title in quotation marks: what one becomes besides, 全市的标杆, nobody bestowed."""
    return verb != "成为" or "“" in view[title.start : title.end]


def _given(view: str, name: str, match: re.Match[str]) -> Award:
    titles = list(_titles(view, match.start("title"), True))
    if match["title"].startswith("通报"):
        titles = [Title(*match.span("title"), match["title"], "any", "", lead=match.start("title"))]
    clause = max(view.rfind(mark, 0, match.start()) for mark in ",;:。!?\n") + 1
    grantor = Span(clause, match.start()) if clause < match.start() else None
    recipient = Span(*match.span("recipient"))
    return Award(name, match.start(), tuple(titles), grantor, recipient, match.end())


# --- lists of titles -------------------------------------------------------------------------------------------------


def _region_end(view: str, start: int) -> int:
    """Return where the clause ends that begins at a position; marks inside quotations and brackets do not count."""
    limit = min(len(view), start + _LONGEST)
    for found in _QUOTED_OR_END.finditer(view, start, limit + _LONGEST_QUOTED):
        if found.start() >= limit:
            break
        if found["quoted"] is None:
            return found.start()
    return limit


def _items(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    guards = [match.span() for match in _QUOTED.finditer(view, start, end)]
    at = start
    for mark in _BETWEEN.finditer(view, start, end):
        if any(first < mark.start() < last for first, last in guards):
            continue
        yield at, mark.start()
        at = mark.end()
    yield at, end


def _titles(view: str, start: int, strong: bool, previous: Title | None = None) -> Iterator[Title]:
    """Yield the titles of a list, until an item that is none."""
    end = _region_end(view, start)
    items = list(_items(view, start, end))
    if events := list(_events(view, items)):
        yield from events
        return
    pending: list[tuple[int, int]] = []
    for number, (first, last) in enumerate(items):
        scope = honor_part("scope_alone").fullmatch(view, first, last)
        rank = _MERIT_RANK.fullmatch(view, first, last)
        prize = number + 1 < len(items) and _PRIZE_RANK.match(view, last - 1, items[number + 1][1])
        if (scope or rank or prize) and number + 1 < len(items):
            pending.append((first, last))
            continue
        if number and honor_part("item_verb").search(_QUOTED.sub(_blank, view[first:last])):
            return
        title = read_title(view, first, last, strong)
        if title is None and number + 1 < len(items) and honor_part("title_headless").fullmatch(view, first, last):
            pending.append((first, last))
            continue
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
        if previous and previous.kind == title.kind != "any" and "“" not in view[first:last]:
            title = replace(title, shares=previous.name)
        yield title
        previous = title
        if _closes(view, title, last):
            return
    if previous and view[end : end + 1] == "," and _goes_on(view, end + 1):
        yield from _titles(view, end + 1, False, previous)


def _events(view: str, items: Sequence[tuple[int, int]]) -> Iterator[Title]:
    """Yield the prizes of as many events as a list sums up: 团体总分、射击、查缉战术三项冠军."""
    summed = honor_part("title_events").fullmatch(view, *items[-1])
    if summed is None or len(items) < 2 or parse_numeral(summed["n"]).value != len(items):
        return
    for first, last in [*items[:-1], summed.span("event")]:
        yield Title(first, last, view[first:last] + summed["place"], "any", "title-known", lead=first)


def _goes_on(view: str, start: int) -> bool:
    """Tell whether a clause begins with another title of a list, and not with words that govern titles of their own."""
    if not honor_part("title_next").match(view, start):
        return False
    first, last = next(_items(view, start, _region_end(view, start)))
    return honor_part("item_verb").search(_QUOTED.sub(_blank, view[first:last])) is None


def _closes(view: str, title: Title, last: int) -> bool:
    """Tell whether a list ends with a title: 称号, 等 or a relative clause follows."""
    rest = view[title.end : last].lstrip("”’")
    return bool(re.match("等|的", rest))


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
        if (rank := _MERIT_RANK.fullmatch(view, first, last)) is not None:
            if title.name.endswith("等功"):
                who = rank["who"] or title.name[:-3]
                yield replace(title, start=first, end=last, name=f"{who}{rank['rank']}等功")
            continue
        words = view[first:last]
        if honor_part("title_headless").fullmatch(words):
            if (head := honor_part("title_shared_head").search(title.name)) is not None:
                yield replace(title, start=first, end=last, name=_normalised(words) + head[0], lead=first)
            continue
        own = honor_part("scope_alone").match(title.name)
        yield replace(title, start=first, end=last, name=words + (title.name[own.end() :] if own else title.name))


def read_title(view: str, start: int, end: int, strong: bool = True) -> Title | None:
    """Return the award that an item of a list states, None where it is none.

    >>> read_title("2023年度全省“青年文明号”荣誉称号", 0, 19).name
    '全省青年文明号'
    """
    patterns = honor_patterns()
    first = start
    if (lead := honor_part("title_lead").match(view, start, end)) is not None:
        start = lead.end()
    if honor_part("title_counted").fullmatch(view, start, end):
        return None
    for rule in ("title-rank", "title-known", "title-quoted", "title-called"):
        match = patterns[rule].fullmatch(view, start, end)
        named = strong or (match is not None and _CALLED.search(match["rest"]) is not None)
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
    if rule == "title-known" and _AWARD_WORD.match(match["rest"]):
        end += 1
    if (summed := _SUMMED.search(view, start, end)) is not None:
        end = summed.start()
    body = view[start:end]
    name = _normalised(body)
    if not 3 <= len(name) <= 40 and not honor_part("title_prize").fullmatch(name) and name != "嘉奖":
        return None
    if _NAMED_AFTER.search(body) or honor_part("title_post").search(body) or (rule == "title-rank" and "、" in body):
        return None
    quoted = "“" in body
    merit = honor_part("title_merit").search(name)
    if honor_part("title_trial").search(name) or (not merit and not quoted and rule == "title-known"):
        return None
    times = match["times"]
    number = int(parse_numeral(times[:-1]).value) if times and not _VAGUE.search(times) else None
    return Title(start, end, name, _kind(name), rule, number if number and number > 1 else None)


_TIMES_BEFORE = re.compile("([0-9]{1,3}|[一两二三四五六七八九十]{1,3})次")
_ORDINAL = re.compile(r"(?:第[一二三四五六七八九十百0-9]+|首)[批届轮期]")


def _normalised(body: str) -> str:
    """Return a title without quotation marks, and without the edition that stands before the mark."""
    opening = body.find("“")
    if opening > 0 and (ordinal := _ORDINAL.search(body[:opening])) is not None and ordinal.end() >= opening - 4:
        body = body[: ordinal.start()] + body[ordinal.end() :]
    name = _MARKS.sub("", body).strip("的、 ")
    return _YEAR_INSIDE.sub("", _YEAR_FIRST.sub("", _NAMED_BY.sub("", name)))


@cache
def _heads() -> Mapping[str, str]:
    return {word: row["kind"] for word, row in load_lexicon("honor_head").rows.items()}


def _kind(name: str) -> str:
    """Return what can hold a title, by its longest known head."""
    if name.startswith("集体") or name.endswith("集体"):
        return "group"
    if name.startswith("个人"):
        return "person"
    heads = _heads()
    for cut in range(max(0, len(name) - 12), len(name)):
        if name[cut:] in heads:
            return heads[name[cut:]]
    return "any"


# --- titles before a name --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bearing:
    """Titles that stand before the name of a person, where role and name stand, and the names that a list joins."""

    titles: tuple[Title, ...]
    holder: Span
    name: Span
    others: tuple[Span, ...] = ()


def find_bearings(view: str) -> Iterator[Bearing]:
    """Yield the persons whose titles stand before their names, with a scope or in quotation marks.

    >>> view = "全省优秀人民警察、全国公安机关爱民模范赵立新说"
    >>> [t.name for bearing in find_bearings(view) for t in bearing.titles]
    ['全省优秀人民警察', '全国公安机关爱民模范']
    """
    for match in honor_patterns()["honor-before-name"].finditer(view):
        if _ends_head(match["name"]):
            continue
        holder = Span(*match.span("holder"))
        titles = tuple(_titles_before(view, holder.start))
        if titles and all(title.kind in ("person", "any") for title in titles):
            yield Bearing(titles, holder, Span(*match.span("name")), tuple(_names_after(view, match.end("name"))))


def titles_before_agency(view: str, position: int) -> list[Title]:
    """Return the quoted titles right before the name of an agency: “全国青年文明号”城北派出所."""
    if not view.endswith(("”", "”\n"), 0, position):
        return []
    if not honor_patterns()["honor-before-agency"].search(view, max(0, position - _LONGEST), position):
        return []
    return [title for title in _titles_before(view, position) if title.kind in ("group", "any")]


def _names_after(view: str, end: int) -> Iterator[Span]:
    while (match := honor_part("name_listed").match(view, end)) is not None:
        yield Span(*match.span("name"))
        end = match.end("name")


@cache
def _head_endings() -> frozenset[str]:
    return frozenset(word[-n:] for word in _heads() for n in (2, 3))


def _ends_head(name: str) -> bool:
    """Tell whether what looks like a name ends a title: 文明号 begins with a surname."""
    return name in _head_endings() or name[:2] in _head_endings()


def _titles_before(view: str, end: int) -> list[Title]:
    """Return the titles that end at a position, in their order."""
    floor = max(0, end - _LONGEST)
    start = max((match.end() for match in _ITEM_END.finditer(view, floor, end - 1)), default=floor)
    guards = list(_QUOTED.finditer(view, start, end))
    if any(guard.end() == end for guard in guards) or view[end - 1] in "、,":
        end = end - 1 if view[end - 1] in "、," else end
    found: list[Title] = []
    for first, last in reversed(list(_items(view, start, end))):
        title = read_title(view, first, last, False)
        opening = honor_part("title_opening").search(view, first, last)
        if opening is not None and opening.start() > first:
            title = read_title(view, opening.start(), last, False)
        elif opening is None and (title is None or not _names_place(title.name)):
            break
        if title is None:
            break
        found.append(title)
    return found[::-1]


def _names_place(name: str) -> bool:
    word = word_starting(name, 0)
    return word is not None and len(word) > 2 and not is_everyday_word(word)


# --- bare prizes -----------------------------------------------------------------------------------------------------


def with_contest(view: str, award: Award, sentence: Span) -> Award:
    """Return an award whose bare prizes carry the contest that the sentence names before: 在……大赛中获季军.

    A prize with its event ("手枪速射亚军") carries the contest of its own clause.
    """
    bare = (honor_part("title_prize"), honor_part("title_place"), honor_part("title_event"))
    if not any(part.fullmatch(title.name) for part in bare for title in award.titles):
        return award
    contests = list(honor_part("contest").finditer(view, max(sentence.start, award.start - _LONGEST), award.start))
    if not contests:
        kept = tuple(t for t in award.titles if not honor_part("title_place").fullmatch(t.name))
        return replace(award, titles=kept)
    contest = _MARKS.sub("", contests[-1]["contest"])
    near = view.count(",", contests[-1].end(), award.start) < 2
    parts = [honor_part(part) for part in (("title_prize", "title_event") if near else ("title_prize",))]
    titles = tuple(
        replace(title, name=contest + title.name) if any(part.fullmatch(title.name) for part in parts) else title
        for title in award.titles
    )
    return replace(award, titles=titles)
