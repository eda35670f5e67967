"""What a time is told for: whose period it is, what is compared with it, or nothing that it governs."""

from __future__ import annotations

from kg.values.period.model import PeriodMention
from kg.values.period.stage import FAR, REACH, regex_of, rules_of


def role_of(view: str, mention: PeriodMention, end: int) -> str:
    """Return the role of a mention by the words around it; one that nothing tells apart is a period."""
    amid = view[max(0, mention.start - 2 * REACH) : mention.start]
    before = amid[-REACH:]
    for rule in rules_of("role"):
        if rule.data.get("grain", mention.grain) != mention.grain:
            continue
        if mention.shape not in rule.data.get("shapes", (mention.shape,)):
            continue
        regex, side = regex_of(rule), rule.data["side"]
        if side == "before":
            hit = regex.search(before)
        elif side == "after":
            hit = regex.match(view, mention.end, min(end, mention.end + FAR))
        else:
            near = amid if side == "amid" else before[-3:]
            hit = regex.search(f"{near}\t{view[mention.end : min(end, mention.end + 3 * REACH)]}")
        if hit and (rule.data["role"] != "case" or mention.shape != "since" or "shapes" in rule.data):
            return str(rule.data["role"])
    return "period"
