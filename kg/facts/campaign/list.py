"""Lists: the names that a head noun ends, alone or shared ("扫黑除恶、“团圆”等专项行动").

Enters: a ``Reader``. Leaves: mentions, from the head noun backwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kg.facts.campaign.border import Item, Quote, Reader, is_in_title, items_between
from kg.facts.campaign.mention import CampaignMention
from kg.facts.campaign.name import ends_in_head, is_code, is_named, is_object, is_own_name, is_strong, keeps, own_head
from kg.facts.campaign.pattern import all_generic, any_of, part, rule
from kg.facts.cue import cue
from kg.facts.indicator import topic_of

_REACH = 100
_LONGEST = 42
_LINK = 28
_AND = frozenset("和与及")
_SERIES = "系列"
_WHAT = re.compile("[一-龥]{2,6}")


def head_mentions(reader: Reader) -> Iterator[CampaignMention]:
    """Yield the names that head nouns end."""
    view = reader.view
    for found in rule("campaign-unquoted").finditer(view):
        if is_in_title(view, found.start()) or _is_instructed(view, found.start()):
            continue
        if quote := reader.quote_around(found.start()):
            summed = part("summed").search(view, max(0, quote.start - 1), found.start())
            yield from _before_head(reader, found) if summed else _in_award(reader, quote, found)
        else:
            for mention in _before_head(reader, found):
                yield mention
                yield from _season_before(view, mention)


def _season_before(view: str, mention: CampaignMention) -> Iterator[CampaignMention]:
    """Yield the drive of another season that a list names before one: 夏季、秋冬季治安打击整治行动."""
    own = part("season").match(mention.name)
    other = part("season_before").search(view, max(0, mention.start - 4), mention.start) if own else None
    if own and other:
        name = other["season"] + mention.name[own.end() :]
        yield CampaignMention(other.start("season"), other.end("season"), name, "campaign-list")


def _is_instructed(view: str, position: int) -> bool:
    """Tell whether a position lies in what somebody instructed: “要打赢禁毒人民战争,……”的重要指示精神."""
    behind, before = view[position : position + _REACH], view[max(0, position - _REACH) : position]
    closed = position + _unpaired(behind, "”", "“")
    if _unpaired(before[::-1], "“", "”") < 0 or closed < position:
        return False
    return part("instruction").match(view, closed + 1) is not None


def _unpaired(chars: str, mark: str, other: str) -> int:
    """Return where the first mark stands that no other before it pairs with, -1 where none does.

    >>> _unpaired("“零容忍”,打赢”的", "”", "“")
    8
    """
    depth = 0
    for place, char in enumerate(chars):
        if char == mark:
            if not depth:
                return place
            depth -= 1
        depth += char == other
    return -1


def _in_award(reader: Reader, quote: Quote, found: re.Match[str]) -> Iterator[CampaignMention]:
    """Yield the campaign that the quoted title of an award names ("全国扫黑除恶专项斗争先进集体")."""
    if found.end() >= quote.end - 1 or not part("judged").match(reader.view, found.end()):
        return
    start, _ = reader.border(quote.start + 1, found.start())
    words = reader.view[start : found.start()]
    if is_strong(found[0]) and is_named(words, found[0], True):
        yield CampaignMention(start, found.end(), words + found[0], "campaign-unquoted")


def _before_head(reader: Reader, found: re.Match[str]) -> Iterator[CampaignMention]:
    view, head = reader.view, found[0]
    if _is_described(reader, found.end()):
        return
    if (told := _explained(reader, found)) is not None:
        yield told
        return
    left = max(reader.text.clause_at(found.start()).start, found.start() - _REACH)
    link = rule("campaign-list").search(view, max(left, found.start() - _LINK), found.start())
    stop = link.start() if link else found.start()
    items = [_without_season(view, item) for item in items_between(reader, left, stop)]
    if not link and (stop := _counted_from(view, items)):
        items = [*items[:-1], Item(items[-1].start, stop, items[-1].quote)]
    if not items:
        return
    last = items[-1]
    if not link and not stop and (fought := _objects_fought(reader, items, found)) is not None:
        yield fought
        return
    if not link and not stop:
        items = [*items[:-1], _joined(reader, items)] if last.quote is None else items
        last = items[-1]
        own = _fighting(reader, items, found) or _last_item(reader, last, head, found.end())
        if own is None:
            return
        apart = reader.view[last.start : _left_edge(reader, last)]
        scoped = part("scope").fullmatch(apart) and len(items) > 1 and _is_named_by_code(items[-2])
        items, alone = items[:-1], last.start != items[-1].start or (apart and not scoped)
        if alone or (last.quote is None and _is_item(view, found.end())) or not _is_paired(reader, items, own):
            yield own
            return
        yield from _all_fought(chain([own], _listed_back(reader, items, last, head)))
        return
    if (evils := _evils_fought(reader, items, head)) is not None:
        yield from evils
        return
    yield from _all_fought(_listed_back(reader, items, last, head))


def _without_season(view: str, item: Item) -> Item:
    """Return an item of a list without the season before its code name: “净边”、冬春“禁毒大扫除”等专项行动."""
    if item.quote is None or item.quote.end != item.end or item.start == item.quote.start:
        return item
    season = part("season").fullmatch(view, item.start, item.quote.start)
    return Item(item.quote.start, item.end, item.quote) if season else item


def _listed_back(reader: Reader, items: Sequence[Item], last: Item, head: str) -> Iterator[CampaignMention]:
    """Yield the names of a list that share a head noun, from the last on."""
    right = last
    for index in range(len(items) - 1, -1, -1):
        mention = _list_item(reader, items[index], head)
        if mention is None and index and _is_plain(reader, items[index]):
            continue  # 扫黑除恶、破案攻坚、缉捕追逃等专项行动: what is no name does not end the list
        if mention is None or _describes(reader, items[index], mention, right):
            return
        right = items[index]
        yield mention
        if _left_edge(reader, items[index]) > items[index].start:
            if _is_verb_led(reader, items[index]):
                yield from _coordinated(reader, items[:index], head)
            return


def _all_fought(found: Iterator[CampaignMention]) -> Iterator[CampaignMention]:
    """Yield the drives of a list, kinds of crime with the verb that fights the first: 打击电诈、跨境赌博等专项行动."""
    listed = list(found)
    shares = len(listed) > 1 and listed[-1].rule in ("campaign-list", "campaign-mixed")
    verb = part("fights").match(listed[-1].name) if shares else None
    for mention in listed:
        plain = verb and mention.rule in ("campaign-list", "campaign-unquoted") and mention is not listed[-1]
        crime = plain and (topic_of(mention.name, "破案数") or part("crime_kind").match(mention.name))
        own = crime and (part("opens").match(mention.name) or is_code(mention.name) or "“" in mention.name)
        yield replace(mention, name=verb[0] + mention.name) if verb and crime and not own else mention


def _kinds_fought(reader: Reader, item: Item, last: Quote, head: re.Match[str]) -> CampaignMention | None:
    """Return the drive against quoted kinds of evildoers: 打击“甲功”“乙神”等邪教组织违法犯罪活动专项行动."""
    view, quote = reader.view, item.quote
    if quote is None or not part("kinds").fullmatch(view, last.end, head.start()):
        return None
    start = reader.border(item.start, quote.start)[0]
    if not is_object(quote.body, view[start : quote.start]):
        return None
    name = re.sub("[“”]", "", view[start : head.end()])
    return CampaignMention(start, head.end(), name, "campaign-mixed")


def _evils_fought(reader: Reader, items: Sequence[Item], head: str) -> list[CampaignMention] | None:
    """Return the drives against quoted kinds of crime that one verb fights: 打击“盗抢骗”“黄赌毒”等专项行动."""
    view, first = reader.view, items[0]
    quotes = [item.quote for item in items if item.quote is not None and item.quote.end == item.end]
    if len(quotes) < 2 or len(quotes) < len(items) or first.quote is None:
        return None
    start = reader.border(first.start, first.quote.start)[0]
    verb = view[start : first.quote.start]
    alone = all(item.quote and item.start == item.quote.start for item in items[1:])
    if not alone or not part("transitive").fullmatch(verb) or not all(part("evils").fullmatch(q.body) for q in quotes):
        return None
    return [
        CampaignMention(quote.start if number else start, quote.end, f"{verb}{quote.body}{head}", "campaign-list")
        for number, quote in enumerate(quotes)
    ]


def _explained(reader: Reader, head: re.Match[str]) -> CampaignMention | None:
    """Return the drive whose quoted name is explained in brackets before its noun: “两严一降”(即...)治安整治行动."""
    view = reader.view
    between = part("explained").search(view, max(0, head.start() - _REACH), head.start())
    quote = reader.quote_around(between.start()) if between else None
    if between is None or quote is None:
        return None
    item = Item(quote.start, head.start(), quote)
    return _quoted(reader, item, quote, between["suffix"] + head[0], head.end(), head[0])


def _fighting(reader: Reader, items: Sequence[Item], head: re.Match[str]) -> CampaignMention | None:
    """Return the drive of a quoted name that fights two things: “昆仑2020”4号打击侵犯知识产权和制售伪劣商品犯罪行动."""
    if len(items) < 2 or items[-1].quote is not None or (quote := items[-2].quote) is None:
        return None
    item = items[-2]
    if reader.view[item.end : items[-1].start] not in _AND or not is_code(quote.body):
        return None
    if not part("fights_behind").fullmatch(reader.view, quote.end, item.end):
        return None
    return CampaignMention(quote.start, head.end(), quote.body, "campaign-quoted")


def _is_named_by_code(item: Item) -> bool:
    """Tell whether a code name ends an item of a list."""
    return item.quote is not None and item.quote.end == item.end and is_code(item.quote.body)


def _counted_from(view: str, items: Sequence[Item]) -> int:
    """Return where the number of a list's items stands before its noun: “雪鹰”、打击网赌和“金三角”综合整治四项行动."""
    if len(items) < 3 or (quote := items[-1].quote) is None:
        return 0
    counted = part("numbered_noun").fullmatch(view, quote.end, items[-1].end)
    return counted.end("what") if counted and counted["what"] else 0


def _objects_fought(reader: Reader, items: Sequence[Item], head: re.Match[str]) -> CampaignMention | None:
    """Return the drive against two kinds of offenders that stand side by side: 打击“沙霸”“矿霸”专项行动."""
    first, last = items[-2:] if len(items) > 1 else (items[-1], items[-1])
    if first.quote is None or last.quote is None or first is last or first.end != last.start:
        return None
    if (kinds := _kinds_fought(reader, first, last.quote, head)) is not None:
        return kinds
    view, start = reader.view, reader.border(first.start, first.quote.start)[0]
    verb = view[start : first.quote.start]
    if not is_object(first.quote.body, verb) or is_code(last.quote.body) or ends_in_head(last.quote.body):
        return None
    if view[last.quote.end : head.start()] or len(first.quote.body) != len(last.quote.body):
        return None
    name = verb + first.quote.body + last.quote.body + head[0]
    return CampaignMention(start, head.end(), name, "campaign-mixed")


def _is_plain(reader: Reader, item: Item) -> bool:
    """Tell whether a whole item of a list is of words that name no campaign by themselves."""
    words = reader.view[item.start : item.end]
    return (
        _WHAT.fullmatch(words) is not None
        and _left_edge(reader, item) == item.start
        and all_generic().fullmatch(words) is not None
    )


def _describes(reader: Reader, item: Item, mention: CampaignMention, right: Item) -> bool:
    """Tell whether an item says what the code name behind it fights ("打击“一盗两电”“利刃”专项行动").

    So does the first of two kinds of crime, the other right before the code name: 打击食药与环境犯罪“雪鹰”行动.
    """
    between = reader.view[item.end : right.start]
    against = right.quote and reader.view[right.start : right.quote.start].endswith("犯罪")
    if item.quote is None and against and between in _AND:
        return True
    if (
        mention.rule != "campaign-mixed"
        or item.end != right.start
        or not (right.quote and right.quote.start == right.start)
    ):
        return False
    return is_own_name(right.quote.body) or is_code(right.quote.body)


def _coordinated(reader: Reader, items: Sequence[Item], head: str) -> Iterator[CampaignMention]:
    """Yield the items that an earlier verb governs and that share a head noun ("启动A、B,以及推进C等专项行动")."""
    found: list[CampaignMention] = []
    for item in reversed(items):
        mention = _list_item(reader, item, head)
        edge = _left_edge(reader, item)
        own = reader.view[edge : item.end]
        if mention is None or not (item.quote or part("opens").match(own) or part("ends").search(own)):
            return
        found.append(mention)
        if edge > item.start:
            if part("starts").search(reader.view, item.start, edge):
                yield from found
            return


def _is_described(reader: Reader, end: int) -> bool:
    """Tell whether a quoted name stands right behind a head noun, which only says what it is."""
    quote = reader.quote_around(end)
    return quote is not None and quote.start == end and ends_in_head(quote.body) and is_own_name(quote.body)


def _is_verb_led(reader: Reader, item: Item) -> bool:
    """Tell whether an item of a list opens with the verb that governs it ("以及扎实推进“春季攻势”")."""
    return part("verb_led").fullmatch(reader.view, item.start, _left_edge(reader, item)) is not None


def _joined(reader: Reader, items: Sequence[Item]) -> Item:
    """Return the last item with those before it that are parts of one name ("打击飞车、入室盗窃专项行动")."""
    view, last = reader.view, items[-1]
    start, bounded = reader.border(last.start, last.end)
    if bounded or start != last.start or part("opens").match(view, start):
        return last
    for item in reversed(items[:-1]):
        if part("ranked").search(view, item.start, item.end):
            break  # 副局长、追逃会战领导小组副组长
        joint = view[item.end] == "、" or _is_one_object(reader, item, last)
        other = item.quote is not None or own_head(view[item.start : item.end]) or not joint
        if other or any_of("campaign_other").search(view, item.start, item.end):
            break
        start, bounded = reader.border(item.start, item.end)
        if part("coined").fullmatch(view, start, item.end):
            break  # 雷剑、固疆专项行动: two names
        words = view[start : last.end]
        ended = part("ends").search(view, item.start, item.end)
        if start == item.end or ended or len(words) > _LONGEST or re.search(r"[“”]", words):
            break
        last = Item(item.start, last.end, None)
        if bounded or start != item.start:
            break
    return last


def _is_one_object(reader: Reader, item: Item, last: Item) -> bool:
    """Tell whether 和 joins two objects of one verb ("反渗透和意识形态领域专项斗争")."""
    edge = _left_edge(reader, item)
    return reader.view[item.end : last.start] in _AND and part("opens").match(reader.view, edge) is not None


def _is_item(view: str, end: int) -> bool:
    """Tell whether a list goes on after a head noun, so that the noun is its item's own."""
    return re.match(r"[、“]|和|与", view[end : end + 1]) is not None


def _left_edge(reader: Reader, item: Item) -> int:
    """Return where an item begins behind the last border inside it; past its start, the list begins with it."""
    return reader.border(item.start, item.quote.start if item.quote else item.end)[0]


def _last_item(reader: Reader, item: Item, head: str, end: int) -> CampaignMention | None:
    """Return the name that a head noun ends directly."""
    view, quote = reader.view, item.quote
    if quote is None:
        start, bounded = reader.border(item.start, item.end)
        words = view[start : item.end]
        counted = part("counted").match(view, end) and not part("named_though_counted").fullmatch(words + head)
        if part("summed_up").search(words):
            return None
        named = is_named(words, head, bounded) or (is_strong(head) and part("coined").fullmatch(words))
        if not named or (not is_strong(head) and counted):
            return None
        return CampaignMention(start, end, words + head, "campaign-unquoted")
    suffix = view[quote.end : item.end]
    if not rule("campaign-quoted").fullmatch(suffix) or part("border").search(suffix):
        start, bounded = reader.border(quote.end, item.end)
        words = view[start : item.end]
        if start > quote.end and is_named(words, head, bounded):
            return CampaignMention(start, end, words + head, "campaign-unquoted")
        return None
    told = not suffix or any_of("campaign_topic").search(suffix) or all_generic().fullmatch(suffix)
    if not told and not (reader.is_opened(quote) and part("manner").fullmatch(suffix)):
        return None
    return _quoted(reader, item, quote, view[quote.end : item.end] + head, end, head)


def _list_item(reader: Reader, item: Item, head: str) -> CampaignMention | None:
    """Return the name of an item that shares a head noun, None where the item is no campaign."""
    view, quote = reader.view, item.quote
    if quote is not None:
        suffix = view[quote.end : item.end].removesuffix(_SERIES)
        own = rule("campaign-unquoted").search(suffix)
        if suffix and part("worked").fullmatch(suffix) and is_own_name(quote.body):
            return CampaignMention(quote.start, item.end, quote.body + suffix, "campaign-mixed")
        if suffix and cue("campaign-day-code").fullmatch(quote.body) and _WHAT.fullmatch(suffix):
            if part("case_work").match(suffix):
                return None  # “2·11”专案侦办
            return CampaignMention(quote.start, item.end, quote.body + suffix + head, "campaign-mixed")
        if suffix and (own is None or own.end() != len(suffix)):
            start, _ = reader.border(item.start, quote.start)
            if start == quote.start or not part("crime").fullmatch(suffix):
                return None
            name = view[start : quote.start] + quote.body + suffix + head
            return CampaignMention(start, item.end, name, "campaign-mixed")
        return _quoted(reader, item, quote, suffix or head, item.end, own[0] if own else head)
    start, bounded = reader.border(item.start, item.end)
    words = view[start : item.end]
    if rule("campaign-code-unquoted").fullmatch(words):
        return CampaignMention(start, item.end, words, "campaign-code-unquoted")
    noun = own_head(words)
    if noun and rule("campaign-list").search(words[: -len(noun)]):
        return None  # 雷剑、固疆等专项行动、…整治: a list that its own head noun closes
    if part("listed_though_plain").fullmatch(words):
        return CampaignMention(start, item.end, words + head, "campaign-list")
    if noun and (not keeps(noun) or keeps(head) or noun.startswith("专项")):  # 校园周边专项整治、禁赌等专项行动
        if not is_named(words[: -len(noun)], noun, True):
            return None
        return CampaignMention(start, item.end, words, "campaign-list")
    if is_strong(head) and part("coined").fullmatch(words):
        return CampaignMention(start, item.end, words + head, "campaign-list")
    if not is_named(words, "专项行动", bounded) or not any_of("campaign_topic").search(words):
        return None
    if re.search(f"(?:{any_of('campaign_other').pattern})$", words):
        return None
    twice = "整治" if words.endswith("整治") else ""
    return CampaignMention(start, item.end, words + head.removeprefix(twice), "campaign-list")


def _quoted(reader: Reader, item: Item, quote: Quote, after: str, end: int, head: str) -> CampaignMention | None:
    """Return the name that a quotation makes, with the words right before it where they belong to it."""
    view, body = reader.view, quote.body
    after = part("kinds_counted").sub("", after)  # “护学”两项专项整治
    if year := part("trailing_year").match(view, end):
        body, end = f"{body}-{year[1]}", year.end()
    start, _ = reader.border(item.start, quote.start)
    prefix = view[start : quote.start]
    if part("foreign").search(body):
        return None
    if part("plural").match(body):  # 命案侦破“三大战役”
        summed = own_head(body) and rule("campaign-mixed").match(prefix) and any_of("campaign_topic").search(prefix)
        return CampaignMention(start, quote.end, prefix + body, "campaign-mixed") if summed else None
    beside = "”" in (view[quote.start - 1 : quote.start], view[quote.start - 2 : quote.start - 1])
    bare = is_code(body) or beside or view[quote.end : quote.end + 1] == "“"
    if not prefix and not bare and any_of("campaign_topic").fullmatch(body) and part("object").match(after):
        return CampaignMention(quote.start, end, body + after, "campaign-mixed")
    told_more = _tells_more(body, after, head)
    kept = keeps(head) and not is_code(body)  # “春雷”集中整治
    whole = body if ends_in_head(body) or not (kept or told_more) else body + (after if kept else told_more)
    is_goal = is_object(body, prefix)
    told = own_head(body) or ""
    named = part("plain").fullmatch(body.removesuffix(told)) is None  # 打击涉油犯罪“护油利剑”会战, but 打击…“百日攻坚”
    apart = not prefix or (named and cue("campaign-aimed-at").search(prefix) is not None)
    if apart or is_code(body) or ((body in reader.bare or is_own_name(body)) and not is_goal):
        return CampaignMention(quote.start, end, whole, "campaign-quoted")
    if rule("campaign-mixed").match(prefix) and any_of("campaign_topic").search(prefix):
        name = prefix + body if ends_in_head(body) else prefix + body + after
        return CampaignMention(start, end, name, "campaign-mixed")
    return CampaignMention(quote.start, end, whole, "campaign-quoted")


def _tells_more(body: str, after: str, head: str) -> str:
    """Return the words behind a quoted name, but for a plain head noun, where they say more than the name itself does.

    >>> _tells_more("雪豹", "夜查行动", "行动"), _tells_more("雷火", "系列专项行动", "专项行动")
    ('夜查', '')
    >>> _tells_more("雪豹", "等道路交通专项行动", "专项行动")
    ''
    """
    between = after.removesuffix(head)
    plain = between == "" or between[0] == "等" or part("plain_between").fullmatch(between) is not None
    return "" if plain or len(after) <= len(body) or is_code(body) else part("plain_head").sub("", after)


def _is_paired(reader: Reader, items: Sequence[Item], own: CampaignMention) -> bool:
    """Tell whether the item before an unquoted last one is a campaign of its own and not the name's first half."""
    if not items:
        return False
    item = items[-1]
    if item.quote is not None:
        body = item.quote.body
        series = reader.view[item.quote.end : item.end] == _SERIES
        if own.rule != "campaign-unquoted" or series or is_code(body) or ends_in_head(body):
            return True
        return part("opens").match(reader.view[_left_edge(reader, item) :].lstrip("“")[:8]) is not None
    start, _ = reader.border(item.start, item.end)
    words = reader.view[start : item.end]
    if len(items) > 1 and _is_named_by_code(items[-2]) and part("opens").match(words):
        return True  # “雪鹰—2025”、打击整治涉酒犯罪、“铁鹰”专项行动
    season = part("season").match(words) and part("ends").search(words)
    if part("short_drive").fullmatch(words) and part("short_drive").match(own.name):
        return True  # 打拐、禁赌专项斗争
    if own_head(words) or part("coined").fullmatch(words) or season:
        return True
    return len(words) > 2 and part("opens").match(words) is not None and part("opens").match(own.name) is not None
