"""Points to stretches: two that a dash joins, prefixes and suffixes that change a meaning, ends that words after name.

Enters: points in their order. Leaves: the mentions that they make, in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.mentions.rule import Rule
from kg.values.period.model import Moment, PeriodMention
from kg.values.period.moment import integer
from kg.values.period.point import BACK
from kg.values.period.stage import FAR, REACH, regex_of, rules_of


def with_links(view: str, points: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Join two points with 至 or a dash between them into one range."""
    (link,) = rules_of("link")
    out: list[PeriodMention] = []
    for point in points:
        last = out[-1] if out else None
        if (
            last
            and last.first
            and point.first
            and last.last is last.first
            and last.shape == point.shape == "within"
            and regex_of(link).fullmatch(view, last.end, point.start)
        ):
            grain = {"year": "years", "day": "days"}.get(point.grain, "months")
            out[-1] = replace(last, end=point.end, words=view[last.start : point.end], last=point.first, grain=grain)
        else:
            out.append(point)
    return out


def limits_of(mentions: Sequence[PeriodMention], end: int) -> list[int]:
    """Return, for each mention, where the next begins that a suffix must not reach."""
    limits: list[int] = []
    for mention in reversed(mentions):
        limits.append(end)
        if mention.shape != "unknown":
            end = mention.start
    return limits[::-1]


def with_affixes(view: str, mention: PeriodMention, limit: int) -> PeriodMention:
    """Take in the prefix and suffix that change the meaning of a point."""
    if mention.shape not in ("within", "event", "back", "told", "month"):
        return mention
    prefix = next(
        (
            (rule, match)
            for rule in rules_of("prefix")
            if (not rule.data.get("end") or mention.words.endswith(("底", "末")))
            and (match := regex_of(rule).search(view[max(0, mention.start - REACH) : mention.start]))
        ),
        None,
    )
    start, shape, rule_name = mention.start, mention.shape, mention.rule
    if prefix:
        start -= len(prefix[1][0])
        if prefix[0].data["shape"] == "until":
            rule_name = rule_name if mention.shape == "month" else prefix[0].name
            return replace(mention, start=start, words=view[start : mention.end], shape="until", rule=rule_name)
    suffix = next(
        (
            (rule, match)
            for rule in rules_of("suffix")
            if (prefix or not rule.data.get("opened"))
            and (match := regex_of(rule).match(view, mention.end, min(limit, mention.end + FAR)))
        ),
        None,
    )
    if suffix is None or mention.shape == "month":
        return mention
    end = suffix[1].end()
    if mention.shape == "within":
        shape, rule_name = suffix[0].data["shape"], suffix[0].name
        if mention.first and mention.grain in ("year", "years") and shape == "from":
            shape = "since"
    return replace(mention, start=start, end=end, words=view[start:end], shape=shape, rule=rule_name)


def with_length(view: str, mention: PeriodMention) -> PeriodMention:
    """Give a stretch that runs from a day or month the length that its sentence tells: 为期半年, 为期3个月."""
    (lasting,) = rules_of("lasting")
    if mention.grain == "year" and mention.shape in ("within", "since", "from"):
        (years,) = rules_of("lasting-years")
        found = regex_of(years).match(view, mention.end)
        return replace(mention, shape="since", n=12 * integer(found["n"]), unit="个月") if found else mention
    if mention.shape not in ("since", "from") or mention.grain not in ("day", "month", "months"):
        return mention
    found = regex_of(lasting).match(view, mention.end)
    if found is None:
        (lasted,) = rules_of("lasted")
        found = regex_of(lasted).search(view, max(0, mention.start - 2 * BACK), mention.start)
    if found is None:
        return mention
    n = 6 if found["half"] else integer(found["n"])
    return replace(mention, n=n * 12 if found["u"] == "年" else n, unit="个月")


def with_last_day(view: str, mention: PeriodMention) -> PeriodMention:
    """Give a stretch that runs from a day the day of its end: 从9月1日晚开始清查,到4日晚结束."""
    first = mention.first
    if mention.shape not in ("since", "from") or mention.grain != "day" or first is None:
        return mention
    (ended,) = rules_of("ended")
    found = regex_of(ended).match(view, mention.end)
    day = integer(found["d"]) if found else 0
    if day <= first.days[0]:
        return mention
    last = replace(first, anchor="context", days=(day, day))
    return replace(mention, shape="within", grain="days", last=last, rule=ended.name)


def with_closings(view: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Give a stretch that runs from a point the end that the words after it name: 自6月1日起,至9月30日止."""
    (closing,) = rules_of("closing")
    out: list[PeriodMention] = []
    for mention in mentions:
        last = out[-1] if out else None
        if (
            last
            and last.shape in ("since", "from")
            and last.first
            and (end := _closing_point(view, closing, last, mention)) is not None
        ):
            words = view[last.start : mention.end]
            several = (last.first.anchor, last.first.year) != (end.anchor, end.year)
            grain = "years" if several and end.anchor != "context" else "months"
            joined = replace(last, end=mention.end, words=words, last=end, grain=grain, shape="within")
            out[-1] = replace(joined, rule=closing.name)
        else:
            out.append(mention)
    return out


def _closing_point(view: str, closing: Rule, begun: PeriodMention, mention: PeriodMention) -> Moment | None:
    """Return the end that a mention names for what has begun before it, None where it names none."""
    if mention.shape == "within" and mention.last is mention.first:
        return mention.first if regex_of(closing).fullmatch(view, begun.end, mention.start) else None
    up_to = mention.shape == "until" and mention.words.startswith(("到", "至")) and begun.shape == "from"
    return mention.last if up_to and view[begun.end : mention.start] in (",", "、") else None


def without_overlaps(mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Return the mentions without those that begin inside one before."""
    out: list[PeriodMention] = []
    for mention in mentions:
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out
