"""What a match of a point says: its moment, its length, its shape and grain.

Enters: a rule of the stage "point" and its match. Leaves: a ``PeriodMention``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kg.mentions.lexicon import load_lexicon
from kg.mentions.rule import Rule
from kg.values.numeral import parse_numeral
from kg.values.period.almanac import THIRDS
from kg.values.period.model import Moment, PeriodMention

_CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}

_DAYS_AGO = {"今": 0, "昨": -1, "前": -2}


def read_point(rule: Rule, match: re.Match[str]) -> PeriodMention:
    """Return what a match of a rule of points names."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    plain = PeriodMention(match.start(), match.end(), match[0], rule.name, rule.data.get("shape", "within"))
    if rule.name == "period-back":
        n, unit = (next(groups[name] for i in ("", 2, 3, 4) if (name := f"{key}{i}") in groups) for key in "nu")
        length = _length(n, unit.replace("多", ""))
        return replace(plain, shape="back", n=length[0], unit=length[1], grain="years")
    if rule.name == "period-days-told":
        return replace(plain, n=integer(groups["n"]), grain="days")
    if rule.name == "period-ago":
        moment = Moment("governing", -integer(next(n for k in ("n", "n2", "n3", "n4") if (n := groups.get(k)))))
        return replace(plain, first=moment, last=moment)
    if rule.name in ("period-term", "period-before"):
        return replace(plain, n=integer(groups.get("n") or groups["n2"]), unit="年", grain="years")
    if rule.name == "period-event":
        day = date.fromisoformat(load_lexicon("period_event").rows[groups["w"]]["day"])
        moment = Moment("absolute", day.year, (day.month, 12), (day.day, 31))
        return replace(plain, shape="event", first=moment, last=moment, grain="years")
    if rule.name == "period-plan":
        row = load_lexicon("period_plan").rows[groups.get("w") or groups["w2"]]
        first, last = Moment("absolute", int(row["first"])), Moment("absolute", int(row["last"]))
        return replace(plain, first=first, last=last, grain="years")
    if rule.name == "period-lunar-days":
        lunar = "w" in groups
        opening = groups["w"].replace("大年初", "正月初") if lunar else groups["w3"]
        closing = Moment("context", festival=f"正月{groups['w2']}" if lunar else groups["w4"])
        told = groups.get("y") or groups.get("y2")
        year = _year(told) if told else Moment("context")
        return replace(plain, first=replace(year, festival=opening), last=closing, grain="days")
    if rule.name in ("period-this-month", "period-day-of-month", "period-days-of-month", "period-bare-day"):
        n = -1 if groups.get("w", "").startswith("上") else 0
        days = THIRDS[groups["t"].removeprefix("月")] if "t" in groups else (1, 31)
        if "d1" in groups:
            days = (integer(groups["d1"]), integer(groups.get("d2") or groups["d1"]))
        moment = Moment("month", n, days=days)
        return replace(plain, n=n, first=moment, last=moment, grain="day" if "d1" in groups else "month")
    if rule.name == "period-years":
        first, last = (
            Moment("absolute", _year_number(groups[key])) for key in (("y", "y2") if "y" in groups else ("y3", "y4"))
        )
        return replace(plain, first=first, last=last, grain="years")
    if plain.shape != "within" and "m" not in groups:
        return replace(plain, grain="years")
    moment, grain = _moment(groups)
    return replace(plain, first=moment, last=moment, grain=grain)


def _length(n: str, unit: str) -> tuple[int, str]:
    """Return a length counted back, in years, months or days.

    >>> _length("半", "年"), _length("半", "个月"), _length("两", "周")
    ((6, '个月'), (15, '天'), (14, '天'))
    """
    if n == "半":
        return (6, "个月") if unit == "年" else (15, "天")
    return (integer(n) * 7, "天") if unit == "周" else (integer(n), unit)


def _moment(groups: dict[str, str]) -> tuple[Moment, str]:
    year = groups.get("y") or groups.get("y2")
    moment = _year(year) if year else Moment("context")
    if ago := next((groups[key] for key in ("ago", "ago2", "ago3") if key in groups), None):
        return Moment("day", _DAYS_AGO[ago]), "day"
    if "dow" in groups:
        day = "一二三四五六日".index(groups["dow"].replace("天", "日"))
        return Moment("weekday", -1 if groups["week"].startswith("上") else 0, days=(day, day)), "day"
    if "week" in groups:
        return Moment("week", -1 if groups["week"].startswith("上") else 0), "days"
    if "quarter" in groups:
        return Moment("quarter", -1), "part"
    if "m" in groups:
        first = integer(groups["m"])
        if "m2" in groups:
            return replace(moment, months=(first, integer(groups["m2"]))), "months"
        if "d1" in groups:
            day = integer(groups["d1"])
            return replace(moment, months=(first, first), days=(day, day)), "day"
        if "d" in groups:
            days = integer(groups["d"]), integer(groups["d2"])
            return replace(moment, months=(first, first), days=days), "days"
        days = THIRDS[groups["t"].removeprefix("月")] if "t" in groups else (1, 31)
        return replace(moment, months=(first, first), days=days), "month"
    for key, lexicon in (("part", "period_part"), ("edge", "period_edge")):
        if key in groups:
            row = load_lexicon(lexicon).rows[groups[key]]
            season = groups[key][-1] in "春夏秋冬季天日期假" and "季度" not in groups[key]
            grain = "month" if key == "edge" else "season" if season else "part"
            return replace(moment, months=(int(row["first"]), int(row["last"]))), grain
    if "k" in groups or "k2" in groups:
        return replace(moment, months=(1, min(12, integer(groups.get("k") or groups["k2"])))), "months"
    if "w" in groups or "w2" in groups:
        head = integer(groups["head"]) if "head" in groups else int("opening" in groups)
        return replace(moment, festival=groups.get("w") or groups["w2"], head=head), "festival"
    return moment, "year"


def _year(words: str) -> Moment:
    row = load_lexicon("period_year").rows.get(words)
    if row:
        return Moment(row["anchor"], int(row["offset"]))
    return Moment("absolute", _year_number(words.removesuffix("年")))


def _year_number(digits: str) -> int:
    number = int("".join(str(_CHINESE_DIGITS.get(c, c)) for c in digits))
    if number >= 100:
        return number
    return number + (1900 if number > 60 else 2000)


def integer(words: str) -> int:
    """Return a whole number below a hundred.

    >>> [integer(words) for words in ("07", "十", "十二", "三十一", "两")]
    [7, 10, 12, 31, 2]
    """
    return int(parse_numeral(words).value)
