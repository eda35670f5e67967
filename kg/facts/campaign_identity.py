"""Identity: other words for the same campaign, and words that mean one named before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from kg.facts.campaign_border import Reader, is_in_title
from kg.facts.campaign_mention import CampaignMention
from kg.facts.campaign_pattern import part, rule
from kg.mentions.lexicon import alternation

_TELLING = 6
_REMEMBERED = 200
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


def _key(name: str) -> str:
    """Return what tells a campaign from others: its name without head noun, marks and ways to write numbers."""
    stem = part("stem_tail").sub("", name) or name
    return re.sub(r"[-—·]", "", stem).translate(_NUMERALS)


def names_of(view: str, mentions: Sequence[CampaignMention]) -> dict[str, str]:
    """Return, for each name, the name that its campaign goes by: the first, unless a later one is much fuller."""
    chosen: dict[str, str] = {}
    keys: dict[str, str] = {}
    for mention in mentions:
        if mention.name in chosen:
            continue
        key = _key(mention.name)
        latest = list(islice(reversed(keys.items()), _REMEMBERED))
        same = keys.get(key) or next((name for k, name in reversed(latest) if _is_abridged(key, k)), None)
        if not same and len(mention.name) >= 4:
            same = next((name for _, name in latest if name.endswith(mention.name)), None)
        if part("alias").search(view, max(0, mention.start - 6), mention.start) and chosen:
            same = list(chosen.values())[-1]
        chosen[mention.name] = same or mention.name
        keys.setdefault(key, chosen[mention.name])
    return chosen


def _is_abridged(one: str, other: str) -> bool:
    """Tell whether one key is the other with a few characters left out ("打击钱庄" of "打击整治钱庄")."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or len(short) * 1.5 < len(long) or re.findall("[0-9]+", short) != re.findall("[0-9]+", long):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def said_again(reader: Reader, mentions: Sequence[CampaignMention]) -> Iterator[CampaignMention]:
    """Yield where names already found are said again."""
    names = {mention.name for mention in mentions}
    for quote in reader.quotes:
        if quote.body in names:
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
    near = [m for m in before if m.start >= paragraph]
    for group in (near, before):
        alike = [m for m in group if noun in reader.view[m.start : m.end]]
        if alike or (group and group is near):
            return (alike or group)[-1]
    return before[-1]
