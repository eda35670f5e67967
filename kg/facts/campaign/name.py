"""Names: which words and quotations name a campaign."""

from __future__ import annotations

from kg.facts.campaign.pattern import all_generic, any_of, part, rule
from kg.mentions.lexicon import load_lexicon

_LONGEST = 42


def is_code(body: str) -> bool:
    """Tell whether quoted words are a code name by their form: known, or with a year or number."""
    if part("foreign").search(body):
        return False
    return rule("campaign-code").match(body) is not None


def is_own_name(body: str) -> bool:
    """Tell whether quoted words are a name that needs no words before them: no number, no topic, no plain noun.

    >>> is_own_name("寻迹行动"), is_own_name("百日行动"), is_own_name("六霸")
    (True, False, False)
    """
    head = own_head(body)
    stem = body[: -len(head)] if head else body
    if part("numbered").match(body) or part("plain").fullmatch(stem) or all_generic().fullmatch(stem):
        return False
    return head is not None or not any_of("campaign_topic").search(stem)


def is_object(body: str, prefix: str) -> bool:
    """Tell whether quoted words are what the verb before them is done to ("打击“盗抢骗”")."""
    return part("transitive").search(prefix) is not None and not is_code(body)


def is_known_code(name: str) -> bool:
    """Tell whether a name begins with a code name known across the country."""
    return any_of("campaign_code").match(name) is not None


def is_strong(head: str) -> bool:
    """Tell whether a head noun is of campaigns alone."""
    return load_lexicon("campaign_head").get(head, "kind") == "strong"


def is_named(modifiers: str, head: str, bounded: bool) -> bool:
    """Tell whether the words before a head noun make a name of it."""
    if len(modifiers) < 2 or len(modifiers) > _LONGEST or _is_generic(modifiers, head):
        return False
    if part("foreign").search(modifiers) or modifiers.endswith("进行"):
        return False  # 对食品犯罪进行专项打击 is done and has no name
    topical = any_of("campaign_topic").search(modifiers) is not None
    if is_strong(head):
        return topical or (bounded and len(modifiers) <= 8)
    if head in ("严打", "严打整治"):
        return bounded and part("season").search(modifiers) is not None
    if head == "斗争" and modifiers.endswith(("禁毒", "犯罪")):
        return False
    if head == "行动" and part("line_of_work").fullmatch(modifiers):
        return False
    if head == "攻势":
        return part("season").search(modifiers) is not None
    return topical and (bounded or len(modifiers) <= 14)


def _is_generic(modifiers: str, head: str) -> bool:
    """Tell whether the words before a head noun say nothing of its own.

    严打整治 before a strong one does, and 破案会战 is a drive of the whole country in 2011.
    """
    if (modifiers == "严打整治" and is_strong(head)) or part("named_though_plain").fullmatch(modifiers + head):
        return False
    return all_generic().fullmatch(modifiers.replace("、", "")) is not None


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
