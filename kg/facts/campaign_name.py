"""Names: which words and quotations name a campaign."""

from __future__ import annotations

import re

from kg.facts.campaign_pattern import all_generic, any_of, part, rule
from kg.mentions.lexicon import load_lexicon

_LONGEST = 34


def is_code(body: str) -> bool:
    """Tell whether quoted words are a code name by their form: known, or with a year or number."""
    if part("foreign").search(body):
        return False
    return rule("campaign-code").match(body) is not None


def is_opaque(body: str) -> bool:
    """Tell whether a quotation is two characters that say nothing of a topic: a code name nobody else uses."""
    numbered = re.match(r"[一二三四五六七八九十两0-9]", body)
    return len(body) == 2 and not numbered and not any_of("campaign_topic").search(body)


def is_named(modifiers: str, head: str, bounded: bool) -> bool:
    """Tell whether the words before a head noun make a name of it."""
    if len(modifiers) < 2 or len(modifiers) > _LONGEST or all_generic().fullmatch(modifiers):
        return False
    if part("foreign").search(modifiers):
        return False
    topical = any_of("campaign_topic").search(modifiers) is not None
    kind = load_lexicon("campaign_head").get(head, "kind")
    if kind == "strong":
        return topical or (bounded and len(modifiers) <= 8)
    if head in ("严打", "严打整治"):
        return bounded and part("season").search(modifiers) is not None
    return topical and (bounded or len(modifiers) <= 14)


def keeps(head: str) -> bool:
    """Tell whether a head noun stays after a quoted name ("“两车一站”专项整治")."""
    return load_lexicon("campaign_head").get(head, "after_quote") == "keep"


def ends_in_head(words: str) -> bool:
    """Tell whether words end in a head noun of their own."""
    return rule("campaign-quoted-head").match(words) is not None


def own_head(words: str) -> str | None:
    """Return the head noun that words end in, None where they end in none."""
    for match in rule("campaign-unquoted").finditer(words):
        if match.end() == len(words):
            return match[0]
    return None
