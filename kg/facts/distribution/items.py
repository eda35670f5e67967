"""Lists of indicators: where a noun phrase is cut, and what is said of every item.

Enters: the mentions of a noun phrase and how many indicators are wanted. Leaves: that many phrases where its list
allows, each self-contained.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.completion import complete
from kg.facts.cue import cue
from kg.facts.indicator import head_of, leading_verbs, trim
from kg.facts.statement import Sentence, Statement
from kg.mentions.mention import Mention

MEASURED = re.compile("[数率量额度幅]$")
_RATE_NAMED = re.compile("[数率量额度幅比]”$")
_LIST_MARK = re.compile("[、和及]")
_SEP = frozenset({"sep"})
_AND = frozenset({"and"})
_OFFICES = frozenset("办部厅局委院")
_HOUSES = frozenset("所队局室站厅校")
_LONGEST_HOUSE = 12  # characters
_SAID = {"双": 2, "三": 3, "四": 4, "五": 5, "六": 6}
SEP_AND = frozenset({"sep", "and"})


def split_items(
    sentence: Sentence, mentions: Sequence[Mention], labels: frozenset[str] = SEP_AND
) -> list[list[Mention]]:
    """Return the items of a list, cut at separators of the given labels.

    A road is no item by itself: 胜利路、千山路平均车速 is one. Rates in quotation marks stand side by side without one.
    """
    items: list[list[Mention]] = [[]]
    for mention in mentions:
        if mention.label in labels and not cue("distribution-road").fullmatch(sentence.words(items[-1])):
            items.append([])
        elif items[-1] and all(_RATE_NAMED.search(sentence.words([m])) for m in (items[-1][-1], mention)):
            items.append([mention])
        else:
            items[-1].append(mention)
    return [item for item in items if sentence.text(item)]


def indicators(sentence: Sentence, mentions: Sequence[Mention], wanted: int, before: Sequence[Statement]) -> list[str]:
    """Return the indicators that a noun phrase states: ``wanted`` of them where its list allows, else one.

    ``wanted`` 0 asks for every item of the list (两项指标均居第一).
    """
    if such := cue("distribution-such-cases").search(sentence.text(mentions)):
        return [such[1]]  # “4.3”抢劫案、“7.29”盗窃案等一批大案全破: those named are of them
    items = _best_split(sentence, mentions, wanted) if wanted != 1 else [list(mentions)]
    if len(items) > 1 and _is_set_by_offices([sentence.words(item) for item in items]):
        items = [list(mentions)]  # 某办、某部挂牌督办的案件全破: one kind of case
    if len(items) == wanted > 1 and (houses := houses_rated([sentence.words(item) for item in items])):
        return houses
    phrases = [trim(cue("distribution-items").sub("", sentence.text(item))) for item in items]
    phrases = [phrase for phrase in phrases if phrase and not _only_joins(phrase)]
    rated = cue("distribution-rated")
    if wanted == 0 and sum(rated.search(phrase) is not None for phrase in phrases) > 1:
        phrases = _joined_places(phrases)
    if wanted > 1 and len(phrases) > wanted:
        phrases = ["".join(phrases[: len(phrases) - wanted + 1]), *phrases[len(phrases) - wanted + 1 :]]
    if wanted == 1 and phrases:
        phrases = [trim(sentence.text(_last_achieved(sentence, mentions)))]
    if wanted == len(phrases) + 1:
        phrases = two_kinds(phrases)
    if wanted == len(phrases):
        phrases = _called_in(_done_to_each(phrases))
    return complete(sentence, mentions[0].start if mentions else 0, phrases, before)


def as_many_as_said(sentence: Sentence, mentions: Sequence[Mention], value: Mention) -> int:
    """Return how many indicators a movement says that it is of, where its list allows, else 0 for all items.

    道路交通和火灾事故起数、亡人数“双下降”: two aspects of both, not three things.
    """
    said = _SAID.get(value.groups.get("n", ""), 0)
    way = split_items(sentence, mentions, _SEP)
    members = [[sentence.text(one) for one in split_items(sentence, item, _AND)] for item in way]
    if len(way) != said or all(len(some) == 1 for some in members):
        return 0
    shared = all(head_of(some[-1]) and not any(map(head_of, some[:-1])) for some in members)
    return said if shared else 0


def _last_achieved(sentence: Sentence, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return the rate that closes a list of achievements, else all: 获优秀城市、做法被推广、[命案破案率]87%."""
    items = split_items(sentence, mentions)
    measured = len(items) > 1 and cue("distribution-rated").search(sentence.words(items[-1])) is not None
    told = measured and all(cue("distribution-achieved").search(sentence.words(item)) for item in items[:-1])
    told = told or (len(items) > 1 and all(sentence.words(item).endswith("持平") for item in items[:-1]))
    return items[-1] if told else mentions


def _only_joins(phrase: str) -> bool:
    """Tell whether a phrase only leads to a value (由38%降至) or joins it to the one before (并全部破获)."""
    return any(cue(name).fullmatch(phrase) for name in ("distribution-link", "distribution-led-to"))


def _is_set_by_offices(words: Sequence[str]) -> bool:
    """Tell whether a list is of those who set the one task that its last item names.

    >>> _is_set_by_offices(["省扫黑办", "市公安局督办的案件"]), _is_set_by_offices(["命案", "督办的案件"])
    (True, False)
    """
    task = cue("distribution-set-by").match(words[-1])
    return task is not None and all(house[-1:] in _OFFICES for house in words[:-1])


def _done_to_each(phrases: Sequence[str]) -> list[str]:
    """Return phrases with the verb of the first before each thing that it was done to.

    >>> _done_to_each(["查处酒驾", "超员违法行为"]), _done_to_each(["刑拘人数", "逮捕人数"])
    (['查处酒驾', '查处超员违法行为'], ['刑拘人数', '逮捕人数'])
    """
    done = cue("distribution-done-to-each").match(phrases[0]) if len(phrases) > 1 else None
    others = [phrase for phrase in phrases[1:] if leading_verbs(phrase) or MEASURED.search(phrase)]
    if done is None or others or MEASURED.search(phrases[0]):
        return list(phrases)
    return [phrases[0], *(done[0] + phrase for phrase in phrases[1:])]


def _called_in(phrases: Sequence[str]) -> list[str]:
    """Return phrases with the line of the first on which all were called in.

    >>> _called_in(["110刑事", "治安警情"]), _called_in(["110接警", "治安案件"])
    (['110刑事', '110治安警情'], ['110接警', '治安案件'])
    """
    line = cue("distribution-calls-of-the-line").match(phrases[0]) if len(phrases) > 1 else None
    told = line is not None and all(cue("distribution-calls").match(phrase) for phrase in phrases[1:])
    return [phrases[0], *("110" + phrase for phrase in phrases[1:])] if told else list(phrases)


def two_kinds(phrases: Sequence[str]) -> list[str]:
    """Return phrases with the one that names two kinds in a breath told twice, of each.

    >>> two_kinds(["刑事治安警情"]), two_kinds(["盗窃警情"])
    (['刑事警情', '治安警情'], ['盗窃警情'])
    """
    told: list[str] = []
    for phrase in phrases:
        kinds = cue("distribution-two-kinds").fullmatch(phrase)
        told += [kinds[1] + kind + kinds[4] for kind in kinds.group(2, 3)] if kinds else [phrase]
    return told if len(told) == len(phrases) + 1 else list(phrases)


def houses_rated(words: Sequence[str]) -> list[str]:
    """Return houses of a list, each with the rate that stands behind the last, empty where they are no houses.

    >>> houses_rated(["派出所", "刑警中队装备配备率"]), houses_rated(["盗窃案件", "刑警中队破案率"])
    (['派出所装备配备率', '刑警中队装备配备率'], [])
    """
    rated = cue("distribution-house-rated").fullmatch(words[-1])
    if rated is None or not all(2 <= len(house) <= _LONGEST_HOUSE and house[-1] in _HOUSES for house in words[:-1]):
        return []
    return [house + rated[2] for house in [*words[:-1], rated[1]]]


def _joined_places(phrases: Sequence[str]) -> list[str]:
    """Return a list of rates whose places stand before one of them: 中小学、幼儿园管理率 is one, 配备率 another."""
    joined: list[str] = []
    held = ""
    for phrase in phrases:
        held += phrase
        if cue("distribution-rated").search(phrase) or MEASURED.search(phrase):
            joined.append(held)
            held = ""
    return joined if not held else list(phrases)


def _best_split(sentence: Sentence, mentions: Sequence[Mention], wanted: int) -> list[list[Mention]]:
    """Return the items of a list, cut so that there are as many as wanted; 0 wants all.

    Of two ways to cut, the one whose items all end with an aspect is meant: 居民住宅、街道的抢劫案件和抢夺案件 are two.
    """
    ways = [split_items(sentence, mentions, labels) for labels in (SEP_AND, _SEP, _AND)]
    if wanted == 0:
        return _with_members(sentence, ways[0], "distribution-members-counted")
    ways += [merged for way in ways if (merged := _with_members(sentence, way)) != way]
    fitting = [way for way in ways if len(way) == wanted]
    if fitting:
        return max(fitting, key=lambda way: sum(bool(head_of(sentence.text(item))) for item in way))
    return min(ways[:2], key=lambda way: abs(len(way) - wanted))


def _with_members(
    sentence: Sentence, items: list[list[Mention]], closing: str = "distribution-members-closed"
) -> list[list[Mention]]:
    """Return a list with the members that 等 closes in one item: 杀人、强奸等八类案件、盗窃案件 are two."""
    closed = cue(closing)
    last = next((n for n, item in enumerate(items) if n and closed.search(sentence.words(item))), 0)
    if not last or any(head_of(sentence.text(item)) for item in items[:last]):
        return items
    start, end = items[0][0].start, items[last][-1].end
    return [[mention for mention in sentence.row if start <= mention.start < end], *items[last + 1 :]]


def listed_parts(indicator: str, wanted: int) -> list[str]:
    """Return the members of a list that one indicator names, where there are as many as wanted, each with its head.

    >>> listed_parts("冒充客服、刷单、贷款类诈骗", 3), listed_parts("刷单、贷款类诈骗", 3)
    (['冒充客服诈骗', '刷单诈骗', '贷款类诈骗'], [])
    """
    items = _LIST_MARK.split(indicator)
    if len(items) != wanted or wanted < 2:
        return []
    kind = cue("distribution-kind-of-member").search(items[-1])
    return [item if kind is None or item.endswith(kind[0]) else item + kind[0] for item in items]
