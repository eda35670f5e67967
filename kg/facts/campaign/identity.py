"""Identity: other words for the same campaign, and words that mean one named before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from kg.facts.campaign.border import Reader, is_in_title
from kg.facts.campaign.mention import CampaignMention
from kg.facts.campaign.pattern import all_generic, part, rule
from kg.facts.cue import cue
from kg.mentions.lexicon import alternation
from kg.values.place import word_starting

_TELLING = 6
_SHORTEST = 4
_WHOLE = 6
_REMEMBERED = 200
_WHAT_IT_IS = re.compile("”([一-龥]{4,12})$")  # behind a quoted name
_NUMBER_ALONE = re.compile("[一二三四五六七八九十0-9]{1,2}号")  # 三号行动, of a row of its own
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


def _key(name: str) -> str:
    """Return what tells a campaign from others: its name without head noun, marks and ways to write numbers."""
    stem = part("stem_tail").sub("", name) or name
    return re.sub(r"[-—·]", "", stem).translate(_NUMERALS).replace("统1", "统一")


def names_of(view: str, mentions: Sequence[CampaignMention]) -> dict[str, str]:
    """Return, for each name, the name that its campaign goes by: the first, unless that is short for a later one."""
    chosen: dict[str, str] = {}
    keys: dict[str, str] = {}
    nouns: dict[str, str] = {}
    last: CampaignMention | None = None
    for mention in mentions:
        before, last = last, mention
        if noun := _WHAT_IT_IS.search(view, mention.start, mention.end):
            nouns.setdefault(noun[1], mention.name)
        is_alias = part("alias").search(view, max(0, mention.start - 6), mention.start) is not None
        if mention.name in chosen:
            if is_alias and before is not None:  # the title's “集打”, which the text first gives in full
                short, full = chosen[mention.name], chosen[before.name]
                chosen = {name: full if campaign == short else campaign for name, campaign in chosen.items()}
                keys = {key: full if campaign == short else campaign for key, campaign in keys.items()}
            continue
        if mention.name in nouns:  # “清风三号”百日攻坚行动 ... 自9月20日百日攻坚行动开展以来
            chosen[mention.name] = chosen.get(nouns[mention.name], nouns[mention.name])
            continue
        open_to = {key: c for key, c in keys.items() if not _is_other_stage(mention.name, c)}
        latest = dict(islice(reversed(open_to.items()), _REMEMBERED))
        same = open_to.get(_key(mention.name)) or _same(mention.name, latest)
        if is_alias and chosen:
            same = list(chosen.values())[-1]
        chosen[mention.name] = same or mention.name
        keys.setdefault(_key(mention.name), chosen[mention.name])
    return _dated(_fullest(chosen))


def _is_other_stage(one: str, other: str) -> bool:
    """Tell whether two names are of a drive and of what goes on when it is over.

    >>> _is_other_stage("扫黑除恶专项斗争", "常态化扫黑除恶斗争"), _is_other_stage("扫黑除恶专项斗争", "扫黑除恶")
    (True, False)
    """
    return any(
        part("lasting_fight").fullmatch(a) and part("ended_fight").fullmatch(b) for a, b in ((one, other), (other, one))
    )


def _dated(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return names with, for one that stands with and without its year, the name with it: 雪鹰 is 雪鹰2021.

    >>> _dated({"雪鹰": "雪鹰", "雪鹰2021": "雪鹰2021"})
    {'雪鹰': '雪鹰2021', '雪鹰2021': '雪鹰2021'}
    >>> _dated({"雪鹰": "雪鹰", "雪鹰2021": "雪鹰2021", "雪鹰2022": "雪鹰2022"})["雪鹰"]
    '雪鹰'
    """
    years: dict[str, set[str]] = {}
    for campaign in chosen.values():
        if year := part("dated_tail").search(campaign):
            years.setdefault(campaign[: year.start()], set()).add(campaign)
    one = {stem: min(names) for stem, names in years.items() if len(names) == 1}
    return {name: one.get(campaign, campaign) for name, campaign in chosen.items()}


def _same(name: str, latest: Mapping[str, str]) -> str | None:
    """Return the campaign that a name means in other words."""
    key = _key(name)
    for other, campaign in latest.items():
        if _is_abridged(key, other):
            return campaign
    if len(name) < _SHORTEST:
        return None
    bare = part("plain_head").sub("", name)  # 百日攻坚专项行动, of “百日攻坚”
    if len(bare) >= _SHORTEST and bare != name and bare in latest.values():
        return bare
    return next((c for c in latest.values() if _is_short_for(name, c) or _is_short_for(c, name)), None)


def _fullest(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return names with, for a campaign first named in short, its first full name."""
    full: dict[str, str] = {}
    for name, campaign in chosen.items():
        short = _is_short_for(campaign, name) or _is_without_generic(_key(campaign), _key(name))
        if campaign not in full and short and not _only_says_where(campaign, name):
            full[campaign] = name
    return {name: full.get(campaign, campaign) for name, campaign in chosen.items()}


def _only_says_where(short: str, long: str) -> bool:
    """Tell whether a name is another with a place before it.

    >>> _only_says_where("扫黑除恶专项斗争", "河南扫黑除恶专项斗争"), _only_says_where("大会战", "禁毒大会战")
    (True, False)
    """
    where = long.removesuffix(short)
    return where != long and word_starting(long, 0) == where


def _is_short_for(short: str, long: str) -> bool:
    """Tell whether a name is the end of another, its head noun apart, or its season and head noun ("夏季行动").

    >>> _is_short_for("三年大会战", "禁毒三年大会战"), _is_short_for("夏季行动", "夏季治安打击整治行动")
    (True, True)
    >>> _is_short_for("百日雷霆", "货车整治百日雷霆行动")
    True
    >>> _is_short_for("两抢一盗", "打击两抢一盗专项斗争")
    True
    """
    if not _SHORTEST <= len(short) < len(long) or _NUMBER_ALONE.match(short):
        return False
    stem = part("stem_tail").sub("", long)
    if long.endswith(short) or stem.endswith(short) or part("fought").fullmatch(long.replace(short, "\t", 1)):
        return True
    seasonal = part("season").match(short)
    if seasonal is None or len(short) != seasonal.end() + 2 or (long[:2], long[-2:]) != (short[:2], short[-2:]):
        return False
    return all_generic().fullmatch(long, seasonal.end(), len(long) - 2) is not None


def _is_abridged(one: str, other: str) -> bool:
    """Tell whether one key is the other with a few characters left out ("打击钱庄" of "打击整治钱庄")."""
    short, long = sorted((one, other), key=len)
    if len(short) >= _WHOLE and short in long and part("opens").match(short):
        return True
    seasonal = part("season").match(short)
    if seasonal and len(short) == seasonal.end() + 2 and short[-2:] == long[-2:]:
        return _is_without_generic(short, long)  # 夏季“百日行动” of 夏季治安打击整治“百日行动”
    if _is_without_generic(short, long):
        return True
    if len(short) < 4 or len(short) * 1.5 < len(long) or re.findall("[0-9]+", short) != re.findall("[0-9]+", long):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def _is_without_generic(short: str, long: str) -> bool:
    """Tell whether a key is another without the generic words in its middle.

    >>> [_is_without_generic("夏季治安百日", long) for long in ("夏季治安打击整治百日", "夏季治安交通百日")]
    [True, False]
    """
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    left = len(short) - at
    if len(short) >= len(long) or at < 2 or left < 2 or not long.endswith(short[at:]):
        return False
    return all_generic().fullmatch(long, at, len(long) - left) is not None


def said_again(reader: Reader, mentions: Sequence[CampaignMention]) -> Iterator[CampaignMention]:
    """Yield where names already found are said again."""
    names = {mention.name for mention in mentions}
    for quote in reader.quotes:
        if quote.body in names and not part("of_crimes").match(reader.view, quote.end):
            yield CampaignMention(quote.start, quote.end, quote.body, "campaign-again")
    long = sorted(name for name in names if len(name) >= _TELLING)
    if not long:
        return
    for found in re.finditer(alternation(long), reader.view):
        if not is_in_title(reader.view, found.start()):
            yield CampaignMention(found.start(), found.end(), found[0], "campaign-again")


def anaphors(reader: Reader, mentions: Sequence[CampaignMention]) -> Iterator[CampaignMention]:
    """Yield "行动开展以来" and the like, with the name of the campaign named before."""
    starts = [m.start for m in mentions]
    for found in rule("campaign-anaphor").finditer(reader.view):
        index = bisect_left(starts, found.start())
        if index == 0 or mentions[index - 1].end > found.start():
            continue
        if not part("anaphor_before").search(reader.view, max(0, found.start() - 6), found.start()):
            continue
        noun = part("noun").search(found[0])
        before = mentions[max(0, index - _REMEMBERED) : index]
        name = _antecedent(reader, before, found.start(), noun[0] if noun else "").name
        end = found.start() + noun.end() if noun else found.end()
        yield CampaignMention(found.start(), end, name, "campaign-anaphor")


def _antecedent(reader: Reader, before: Sequence[CampaignMention], position: int, noun: str) -> CampaignMention:
    """Return which campaign a bare head noun means: the last of the paragraph, or else of the article, that has it."""
    paragraph = reader.text.paragraph_at(position).start
    telling = cue("campaign-telling-noun").fullmatch(noun) is not None
    own = [m for m in before if noun in reader.view[m.start : m.end]] if telling else []
    before = own or before  # 专项斗争以来: not “清零”行动, though that is nearer
    near = [m for m in before if m.start >= paragraph]
    for group in (near, before):
        alike = [m for m in group if noun in reader.view[m.start : m.end]]
        if alike or (group and group is near):
            return _first_of_two(reader, alike or group)
    return before[-1]


def _first_of_two(reader: Reader, group: Sequence[CampaignMention]) -> CampaignMention:
    """Return the last of some campaigns, of two that 暨 makes one the first: “雪鹰”行动暨食品联合整治行动."""
    if len(group) > 1 and reader.view[group[-2].end : group[-1].start] == "暨":
        return group[-2]
    return group[-1]
