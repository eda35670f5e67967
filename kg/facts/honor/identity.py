"""Identity: two statements of one honor, and what each of them says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.honor.pattern import honor_part
from kg.facts.model import Evidence, Honor, Period

_ONE_MONTH = 31  # days
_PLACE = re.compile("@ ([0-9]+)$")  # where the words stand that date an honor


def merged(honors: Sequence[Honor]) -> list[Honor]:
    """Return each honor once, with all places that state it; another year's is another honor."""
    merged: dict[str, list[tuple[Honor, set[Evidence]]]] = defaultdict(list)
    units = {_shortened(h.recipient): h for h in honors if h.recipient_kind == "unit" and "支队" in h.recipient}
    for honor in honors:
        whole = units.get(honor.recipient) if honor.recipient_kind == "unit" else None
        if whole is not None and whole.title == honor.title:  # 市公安局特警一大队: the 特警支队's
            honor = replace(honor, recipient=whole.recipient, bureau=whole.bureau)
        own = merged[honor.recipient]
        for number, (known, places) in enumerate(own):
            if _is_same(known, honor):
                places.update(honor.evidence)
                own[number] = (_joined(known, honor), places)
                break
        else:
            own.append((honor, set(honor.evidence)))
    facts = [replace(fact, evidence=tuple(sorted(places))) for own in merged.values() for fact, places in _of_one(own)]
    return sorted(facts, key=lambda fact: (fact.evidence[0], fact.recipient))


def _shortened(recipient: str) -> str:
    """Return the name of a brigade as headlines give it, without the word for what it belongs to.

    >>> _shortened("贺州市公安局巡特警支队一大队")
    '贺州市公安局巡特警一大队'
    """
    return recipient.replace("支队", "", 1)


def _of_one(own: Sequence[tuple[Honor, set[Evidence]]]) -> list[tuple[Honor, set[Evidence]]]:
    """Return the honors of one recipient, those of a work all of whoever is nearest to it: 某所运营的“某某微警”."""
    named = sorted((h.bureau for h, _ in own if h.recipient_kind == "initiative" and h.bureau), key=len)
    if not named or not all(named[-1].startswith(name) for name in named):
        return list(own)
    return [(replace(honor, bureau=named[-1]), places) for honor, places in own]


def _joined(one: Honor, other: Honor) -> Honor:
    """Return the fuller of two statements of one honor, with what only the other says."""
    fuller, rest = (other, one) if _fullness(other) > _fullness(one) else (one, other)
    if _is_news(fuller) and rest.period is not None:
        fuller = replace(fuller, period=rest.period)  # the headline does not say which year's award it is
    elif _is_day_within(rest.period, fuller.period):
        fuller = replace(fuller, period=rest.period)  # the headline has the years of an account further down
    return replace(
        fuller,
        title=rest.title if _is_fuller(rest, fuller) else fuller.title,
        bureau=_nearer(fuller, rest),
        grantor=fuller.grantor or rest.grantor,
        level=fuller.level or rest.level,
        period=fuller.period or rest.period,
        streak=fuller.streak or rest.streak,
        times=fuller.times or rest.times,
    )


def _is_day_within(day: Period | None, other: Period | None) -> bool:
    """Tell whether a period is a day or a month of another that is longer than a month."""
    if day is None or other is None or (other.end - other.start).days <= _ONE_MONTH:
        return False
    return (day.end - day.start).days < _ONE_MONTH and other.start <= day.start and day.end <= other.end


def _nearer(one: Honor, other: Honor) -> str | None:
    """Return the bureau of one of two statements of a person's honor: the squad that only the other tells, if any."""
    part = one.bureau and other.bureau and other.bureau.startswith(one.bureau)
    return other.bureau if part and one.recipient_kind == "person" else one.bureau


def _is_news(honor: Honor) -> bool:
    """Tell whether nothing but the day of publication, "近日" or a time told further down, dates an honor."""
    words = dict(honor.derivation.context).get("period", "")
    place = _PLACE.search(words)
    lately = honor_part("lately").match(words) is not None
    return words == "published" or lately or (place is not None and int(place[1]) > honor.evidence[-1].end)


def _fullness(honor: Honor) -> tuple[bool, bool]:
    return (honor.level is not None, honor.grantor is not None)


def _is_joint(one: Honor, other: Honor) -> bool:
    """Tell whether an honor is the merit of a body by its whole name, of which another statement leaves out 集体."""
    return one.recipient_kind != "person" and one.title == "集体" + other.title and other.title.endswith("等功")


def _is_prize_of(bare: Honor, other: Honor) -> bool:
    """Tell whether an honor is a prize that the other statement names with its contest: 特别奖."""
    prize = honor_part("title_prize").fullmatch(bare.title) is not None
    return prize and bare.title != other.title and other.title.endswith(bare.title)


def _is_fuller(one: Honor, other: Honor) -> bool:
    """Tell whether the title of one statement is the whole of what the other leaves something out of."""
    grade = _is_one_grade(one, other) and len(one.title) > len(other.title)
    return grade or _is_joint(one, other) or _is_prize_of(other, one) or _abbreviates(other, one)


def _is_one_grade(one: Honor, other: Honor) -> bool:
    """Tell whether two titles are of one grade of heroes, which nobody is twice: 一级英模, 全国公安系统一级英雄模范."""
    grades = [honor_part("grade").search(honor.title) for honor in (one, other)]
    return all(grades) and len({found[0][0] for found in grades if found}) == 1


def _abbreviates(short: Honor, whole: Honor) -> bool:
    """Tell whether news says in short what the account below tells whole: “先进集体”, 全市禁毒工作先进集体."""
    if len(short.title) >= len(whole.title) or short.title[-2:] != whole.title[-2:]:
        return False
    if not (_is_news(short) or short.period is None):
        return False
    if (short.level or whole.level) != whole.level or short.evidence[0] > whole.evidence[0]:
        return False
    rest = iter(whole.title)
    return all(character in rest for character in short.title)


def _is_same(one: Honor, other: Honor) -> bool:
    """Tell whether two statements are of one honor: its scope may be left out or told otherwise the second time."""
    bare = cue("honor-scope").sub("", one.title)
    if _is_prize_of(one, other) or _is_prize_of(other, one):
        return one.period is None or other.period is None or one.period == other.period
    if _abbreviates(one, other) or _abbreviates(other, one) or _is_one_grade(one, other):
        return True
    told_apart = one.title != other.title and not (_is_joint(one, other) or _is_joint(other, one))
    if told_apart and bare != cue("honor-scope").sub("", other.title):
        return False
    if told_apart and (one.grantor or bare not in (one.title, other.title)) and one.level != other.level:
        return False
    if one.period is None or other.period is None:
        return True
    if _is_news(one) != _is_news(other) and abs(one.period.end.year - other.period.end.year) < 2:
        return True  # 2019: "某队荣获青年文明号". / "命名……为2017至2018年度青年文明号,某队获此殊荣"
    if one.streak is not None and one.streak == other.streak and abs(one.period.end.year - other.period.end.year) < 2:
        return True  # "被评定为2015年度……。这次是连续五年……", "连续五年……"
    if (one.streak is None) != (other.streak is None) and abs(one.period.end.year - other.period.end.year) < 2:
        return True  # "被评定为2015年度……。这次是连续五年……"
    return one.period.start <= other.period.end and other.period.start <= one.period.end
