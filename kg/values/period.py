"""Words to periods: "2024年1-9月", "今年以来", "五年来" become mentions, mentions become days.

Enters: the view of a text. Leaves: ``PeriodMention`` values in their order, each with the rule that found it, its shape
and its role, and ``resolve``, which turns a mention into days where publication and the governing period are known.
Whose days govern which number is the business of ``kg.facts.timeline``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from kg.mentions.lexicon import load_lexicon
from kg.mentions.rule import Rule, load_rules
from kg.unguarded import unguarded
from kg.values.numeral import parse_numeral

_REACH = 12  # characters before and after a mention that a prefix, suffix or role may look at
_BACK, _AHEAD = 24, 20  # characters around a cue in which a point may lie
_YEAR_ALMOST_OVER = 11  # 全年 in November is this year's, earlier the last whole one's
_MONTHS = 62  # days
_EARLIEST = 1900
_IN_DAYS = {"天": 1, "日": 1, "周": 7}
_IN_MONTHS = {"月": 1, "年": 12}
_CENTURY_OF_DAYS, _CENTURY_OF_MONTHS = 36_525, 1_200
_ONE_HOLIDAY = timedelta(8)  # two feasts no further apart share their days off
_FAR = 60  # characters that a far-reaching suffix ("... 行动开展以来") or role ("... 新闻发布会") may look at
_CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_THIRDS = {
    "上旬": (1, 10), "上中旬": (1, 20), "初": (1, 10), "中旬": (11, 20),
    "中下旬": (11, 31), "下旬": (21, 31), "底": (21, 31), "末": (21, 31),
}  # fmt: skip


@unguarded
@dataclass(frozen=True, slots=True, order=True)
class Days:
    """Days from ``start`` to ``end``, both inclusive."""

    start: date
    end: date


@unguarded
@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of one year, as far as the words fix it.

    ``anchor`` says what ``year`` is: "absolute" a year of the calendar, "published" and "governing" an offset to the
    year of publication or of the governing period, "month" and "week" one to the month or week of publication,
    "context" nothing (no year in the words). ``head`` is how many first days of a festival are meant, 0 all.
    """

    anchor: str
    year: int = 0
    months: tuple[int, int] = (1, 12)
    days: tuple[int, int] = (1, 31)
    festival: str | None = None
    head: int = 0


@unguarded
@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period in the words, not yet in days.

    ``shape``: within (first to last), since (first to publication), from (first to the end of the governing period),
    until (the governing period up to last), back (the last ``n`` ``unit`` before publication), term (the ``n`` years
    that end with the governing period), before (the ``n`` years before it), told (the ``n`` days that were named before
    it), now, whole, vague, month, event, unknown.
    ``role``: period; baseline (compared with), from (the first of two: its own time and a baseline), title, case,
    record, report, law: these govern nothing. ``grain``: day, days, month, months, part, season, festival, year, years.
    """

    start: int
    end: int
    words: str
    rule: str
    shape: str = "within"
    grain: str = "year"
    first: Moment | None = None
    last: Moment | None = None
    n: int = 0
    unit: str = ""
    role: str = "period"

    @property
    def names_year(self) -> bool:
        """Whether the words name a year of the calendar, or count back to one (五年前, 前三年)."""
        absolute = any(moment is not None and moment.anchor == "absolute" for moment in (self.first, self.last))
        return absolute or self.rule in ("period-ago", "period-before")


def find_periods(view: str, start: int = 0, end: int | None = None) -> list[PeriodMention]:
    """Return the periods that the words of a stretch of a view name, in their order.

    >>> [(m.words, m.shape) for m in find_periods("今年以来破案9起,其中1至5月3起")]
    [('今年以来', 'since'), ('1至5月', 'within')]
    """
    end = len(view) if end is None else end
    points = list(_points(view, start, end))
    linked = _link(view, points)
    limits = _limits(linked, end)
    extended = [_extend(view, mention, limit) for mention, limit in zip(linked, limits, strict=True)]
    closed = [_ended(view, mention) for mention in _close(view, _without_overlaps(extended))]
    mentions = [_lasting(view, mention) for mention in closed]
    roles = [(mention, _role(view, mention, end)) for mention in mentions]
    return [mention if role == mention.role else replace(mention, role=role) for mention, role in roles]


def resolve(mention: PeriodMention, published: date | None, governing: Days | None) -> Days | None:
    """Return the days a mention covers, None where publication and context do not tell, cut at publication.

    >>> resolve(find_periods("2024年1-9月")[0], date(2024, 11, 8), None)
    Days(start=datetime.date(2024, 1, 1), end=datetime.date(2024, 9, 30))
    """
    period = _days(mention, published, governing)
    if period is None or (published and period.start > published) or period.start > period.end:
        return None
    return Days(period.start, min(period.end, published)) if published else period


# --- points


@cache
def _rules(stage: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("period") if rule.data["stage"] == stage)


def _compiled(rule: Rule) -> re.Pattern[str]:
    assert rule.regex is not None
    return rule.regex


@cache
def _point_patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((_compiled(rule), tuple(rule.data.get("needs", ()))) for rule in _rules("point"))


def _points(view: str, start: int, end: int) -> Iterator[PeriodMention]:
    """Yield points in their order; of two that overlap the earlier, then the longer."""
    found = []
    for first, last in _windows(view, start, end):
        window = view[first:last]
        for order, (regex, needs) in enumerate(_point_patterns()):
            if not needs or any(word in window for word in needs):
                found += [(m.start(), -m.end(), order, m) for m in regex.finditer(view, first, last)]
    at = start
    for first, _, order, match in sorted(found, key=lambda entry: entry[:3]):
        if first >= at:
            mention = _read(_rules("point")[order], match)
            if mention:
                yield mention
                at = match.end()


def _windows(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches around the words that every point has (年, 月, 以来 ...); the rest is not looked at."""
    first = last = start
    (cue,) = _rules("cue")
    for match in _compiled(cue).finditer(view, start, end):
        if match.start() - _BACK > last:
            if last > first:
                yield first, last
            first = match.start() - _BACK
        last = min(end, match.end() + _AHEAD)
    if last > first:
        yield first, last


def _read(rule: Rule, match: re.Match[str]) -> PeriodMention | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    plain = PeriodMention(match.start(), match.end(), match[0], rule.name, rule.data.get("shape", "within"))
    if rule.name == "period-back":
        n, unit = (next(groups[name] for i in ("", 2, 3, 4) if (name := f"{key}{i}") in groups) for key in "nu")
        length = _length(n, unit.replace("多", ""))
        return replace(plain, shape="back", n=length[0], unit=length[1], grain="years")
    if rule.name == "period-days-told":
        return replace(plain, n=_integer(groups["n"]), grain="days")
    if rule.name == "period-ago":
        moment = Moment("governing", -_integer(next(n for k in ("n", "n2", "n3", "n4") if (n := groups.get(k)))))
        return replace(plain, first=moment, last=moment)
    if rule.name in ("period-term", "period-before"):
        return replace(plain, n=_integer(groups.get("n") or groups["n2"]), unit="年", grain="years")
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
        days = _THIRDS[groups["t"].removeprefix("月")] if "t" in groups else (1, 31)
        if "d1" in groups:
            days = (_integer(groups["d1"]), _integer(groups.get("d2") or groups["d1"]))
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


def _quarter_before(published: date) -> Days:
    """Return the last quarter that was over at publication.

    >>> _quarter_before(date(2022, 2, 9))
    Days(start=datetime.date(2021, 10, 1), end=datetime.date(2021, 12, 31))
    """
    end = date(published.year, published.month - (published.month - 1) % 3, 1) - timedelta(1)
    return Days(date(end.year, end.month - 2, 1), end)


def _in_week(offset: int, published: date) -> Days:
    """Return the days of a week told from publication.

    >>> _in_week(-1, date(2019, 6, 12))
    Days(start=datetime.date(2019, 6, 3), end=datetime.date(2019, 6, 9))
    """
    monday = published - timedelta(published.weekday() - 7 * offset)
    return Days(monday, monday + timedelta(6))


def _length(n: str, unit: str) -> tuple[int, str]:
    """Return a length counted back, in years, months or days.

    >>> _length("半", "年"), _length("半", "个月"), _length("两", "周")
    ((6, '个月'), (15, '天'), (14, '天'))
    """
    if n == "半":
        return (6, "个月") if unit == "年" else (15, "天")
    return (_integer(n) * 7, "天") if unit == "周" else (_integer(n), unit)


def _moment(groups: dict[str, str]) -> tuple[Moment, str]:
    year = groups.get("y") or groups.get("y2")
    moment = _year(year) if year else Moment("context")
    if "week" in groups:
        return Moment("week", -1 if groups["week"].startswith("上") else 0), "days"
    if "quarter" in groups:
        return Moment("quarter", -1), "part"
    if "m" in groups:
        first = _integer(groups["m"])
        if "m2" in groups:
            return replace(moment, months=(first, _integer(groups["m2"]))), "months"
        if "d1" in groups:
            day = _integer(groups["d1"])
            return replace(moment, months=(first, first), days=(day, day)), "day"
        if "d" in groups:
            days = _integer(groups["d"]), _integer(groups["d2"])
            return replace(moment, months=(first, first), days=days), "days"
        days = _THIRDS[groups["t"].removeprefix("月")] if "t" in groups else (1, 31)
        return replace(moment, months=(first, first), days=days), "month"
    for key, lexicon in (("part", "period_part"), ("edge", "period_edge")):
        if key in groups:
            row = load_lexicon(lexicon).rows[groups[key]]
            season = groups[key][-1] in "春夏秋冬季天日期假" and "季度" not in groups[key]
            grain = "month" if key == "edge" else "season" if season else "part"
            return replace(moment, months=(int(row["first"]), int(row["last"]))), grain
    if "k" in groups or "k2" in groups:
        return replace(moment, months=(1, min(12, _integer(groups.get("k") or groups["k2"])))), "months"
    if "w" in groups or "w2" in groups:
        head = _integer(groups["head"]) if "head" in groups else 0
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


def _integer(words: str) -> int:
    """Return a whole number below a hundred.

    >>> [_integer(words) for words in ("07", "十", "十二", "三十一", "两")]
    [7, 10, 12, 31, 2]
    """
    return int(parse_numeral(words).value)


# --- links, prefixes, suffixes, roles


def _link(view: str, points: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Join two points with 至 or a dash between them into one range."""
    (link,) = _rules("link")
    out: list[PeriodMention] = []
    for point in points:
        last = out[-1] if out else None
        if (
            last
            and last.first
            and point.first
            and last.last is last.first
            and last.shape == point.shape == "within"
            and _compiled(link).fullmatch(view, last.end, point.start)
        ):
            grain = {"year": "years", "day": "days"}.get(point.grain, "months")
            out[-1] = replace(last, end=point.end, words=view[last.start : point.end], last=point.first, grain=grain)
        else:
            out.append(point)
    return out


def _limits(mentions: Sequence[PeriodMention], end: int) -> list[int]:
    """Return, for each mention, where the next begins that a suffix must not reach."""
    limits: list[int] = []
    for mention in reversed(mentions):
        limits.append(end)
        if mention.shape != "unknown":
            end = mention.start
    return limits[::-1]


def _extend(view: str, mention: PeriodMention, limit: int) -> PeriodMention:
    """Take in the prefix and suffix that change the meaning of a point."""
    if mention.shape not in ("within", "event", "back", "told", "month"):
        return mention
    prefix = next(
        (
            (rule, match)
            for rule in _rules("prefix")
            if (not rule.data.get("end") or mention.words.endswith(("底", "末")))
            and (match := _compiled(rule).search(view[max(0, mention.start - _REACH) : mention.start]))
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
            for rule in _rules("suffix")
            if (prefix or not rule.data.get("opened"))
            and (match := _compiled(rule).match(view, mention.end, min(limit, mention.end + _FAR)))
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


def _lasting(view: str, mention: PeriodMention) -> PeriodMention:
    """Give a stretch that runs from a day or month the length that its sentence tells: 为期半年, 为期3个月."""
    (lasting,) = _rules("lasting")
    if mention.grain == "year" and mention.shape in ("within", "since", "from"):
        (years,) = _rules("lasting-years")
        found = _compiled(years).match(view, mention.end)
        return replace(mention, shape="since", n=12 * _integer(found["n"]), unit="个月") if found else mention
    if mention.shape not in ("since", "from") or mention.grain not in ("day", "month", "months"):
        return mention
    found = _compiled(lasting).match(view, mention.end)
    if found is None:
        (lasted,) = _rules("lasted")
        found = _compiled(lasted).search(view, max(0, mention.start - 2 * _BACK), mention.start)
    if found is None:
        return mention
    n = 6 if found["half"] else _integer(found["n"])
    return replace(mention, n=n * 12 if found["u"] == "年" else n, unit="个月")


def _ended(view: str, mention: PeriodMention) -> PeriodMention:
    """Give a stretch that runs from a day the day of its end: 从9月1日晚开始清查,到4日晚结束."""
    first = mention.first
    if mention.shape not in ("since", "from") or mention.grain != "day" or first is None:
        return mention
    (ended,) = _rules("ended")
    found = _compiled(ended).match(view, mention.end)
    day = _integer(found["d"]) if found else 0
    if day <= first.days[0]:
        return mention
    last = replace(first, anchor="context", days=(day, day))
    return replace(mention, shape="within", grain="days", last=last, rule=ended.name)


def _close(view: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """Give a stretch that runs from a point the end that the words after it name: 自6月1日起,至9月30日止."""
    (closing,) = _rules("closing")
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
        return mention.first if _compiled(closing).fullmatch(view, begun.end, mention.start) else None
    up_to = mention.shape == "until" and mention.words.startswith(("到", "至")) and begun.shape == "from"
    return mention.last if up_to and view[begun.end : mention.start] in (",", "、") else None


def _without_overlaps(mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    out: list[PeriodMention] = []
    for mention in mentions:
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out


def _role(view: str, mention: PeriodMention, end: int) -> str:
    amid = view[max(0, mention.start - 2 * _REACH) : mention.start]
    before = amid[-_REACH:]
    for rule in _rules("role"):
        if rule.data.get("grain", mention.grain) != mention.grain:
            continue
        if mention.shape not in rule.data.get("shapes", (mention.shape,)):
            continue
        regex, side = _compiled(rule), rule.data["side"]
        if side == "before":
            hit = regex.search(before)
        elif side == "after":
            hit = regex.match(view, mention.end, min(end, mention.end + _FAR))
        else:
            near = amid if side == "amid" else before[-3:]
            hit = regex.search(f"{near}\t{view[mention.end : min(end, mention.end + 3 * _REACH)]}")
        if hit and (rule.data["role"] != "case" or mention.shape != "since" or "shapes" in rule.data):
            return str(rule.data["role"])
    return "period"


# --- days


def _days(mention: PeriodMention, published: date | None, governing: Days | None) -> Days | None:
    match mention.shape:
        case "within":
            return _within(mention, published, governing)
        case "since" | "event":
            several = governing is not None and governing.start.year != governing.end.year
            first = _span(mention.first, published, None if several else governing)
            if first and mention.n:
                return Days(first.start, last_day(first.start, mention.n, mention.unit))
            return Days(first.start, published) if first and published else None
        case "from":
            first = _span(mention.first, published, governing)
            if not first:
                return None
            if mention.n:
                return Days(first.start, last_day(first.start, mention.n, mention.unit))
            if governing and governing.end >= first.start:
                return Days(first.start, governing.end)
            return Days(first.start, published) if published else None
        case "until":
            last = _span(mention.last, published, governing)
            if not last:
                return None
            if mention.last is not None and mention.last.anchor == "context" and published:
                # 2018年…截至5月30日 in June 2019: up to now is up to the last such day before publication.
                latest = _in_year(mention.last, published.year)
                last = latest if latest and last.end < latest.end <= published else last
            if governing is None:
                # An account to a month's end opens with the year; another day may close what began at any time.
                closes = (last.end + timedelta(1)).day == 1
                closes = closes or (published is not None and last.end.month == 12 and last.end.year < published.year)
                return Days(date(last.end.year, 1, 1), last.end) if closes else None
            return Days(governing.start if governing.start <= last.end else date(last.end.year, 1, 1), last.end)
        case "back":
            return _back(mention, published)
        case "term":
            over = governing.end if governing else published
            return Days(date(over.year - mention.n + 1, 1, 1), date(over.year, 12, 31)) if over else None
        case "before":
            year = governing.start.year if governing else published.year if published else None
            return Days(date(year - mention.n, 1, 1), date(year - 1, 12, 31)) if year else None
        case "now":
            return Days(governing.start, published) if governing and published else None
        case "whole":
            return _whole(published, governing)
        case "month":
            return _span(mention.first, published, governing)
        case "vague":
            return governing
    return None


def last_day(start: date, n: int, unit: str) -> date:
    """Return the last day of a stretch of so many 天, 周, 个月 or 年 from a day on; a century at most.

    >>> last_day(date(2014, 10, 1), 6, "个月"), last_day(date(2018, 1, 1), 10, "天")
    (datetime.date(2015, 3, 31), datetime.date(2018, 1, 10))
    """
    if unit[-1] in _IN_DAYS:
        return start + timedelta(min(n * _IN_DAYS[unit[-1]], _CENTURY_OF_DAYS) - 1)
    return _months_on(start, min(n * _IN_MONTHS[unit[-1]], _CENTURY_OF_MONTHS)) - timedelta(1)


def first_day(end: date, n: int, unit: str) -> date:
    """Return the first day of a stretch of so many 天, 周, 个月 or 年 that ends on a day; a century at most.

    >>> first_day(date(2024, 11, 8), 5, "年"), first_day(date(2018, 1, 10), 10, "天")
    (datetime.date(2019, 11, 9), datetime.date(2018, 1, 1))
    """
    if unit[-1] in _IN_DAYS:
        return end - timedelta(min(n * _IN_DAYS[unit[-1]], _CENTURY_OF_DAYS) - 1)
    return _months_on(end, -min(n * _IN_MONTHS[unit[-1]], _CENTURY_OF_MONTHS)) + timedelta(1)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _within(mention: PeriodMention, published: date | None, governing: Days | None) -> Days | None:
    first = _span(mention.first, published, governing)
    if first is None or mention.last is mention.first:
        return first
    last = mention.last
    if last and last.anchor == "context":
        later = _is_of_next_year(last, first.start)
        last = replace(last, anchor="absolute", year=first.start.year + later)
    second = _span(last, published, first)
    return Days(first.start, second.end) if second else None


def _is_of_next_year(moment: Moment, begun: date) -> bool:
    """Tell whether a month or a holiday that closes a stretch is of the year after the one it began in."""
    if moment.festival is None:
        return moment.months[0] < begun.month
    same = _in_year(moment, begun.year)
    return same is not None and same.end < begun


def _span(moment: Moment | None, published: date | None, governing: Days | None) -> Days | None:
    """Return the days of a moment, the year supplied by publication or the governing period where it lacks one."""
    if moment is None:
        return None
    if moment.anchor == "absolute":
        return _in_year(moment, moment.year)
    if moment.anchor == "published":
        return _in_year(moment, published.year + moment.year) if published else None
    if moment.anchor == "week":
        return _in_week(moment.year, published) if published else None
    if moment.anchor == "quarter":
        return _quarter_before(published) if published else None
    if moment.anchor == "month":
        return _in_month(moment, published) if published else None
    if moment.anchor == "governing":
        base = governing.end if governing else published
        return _in_year(moment, base.year + moment.year) if base else None
    limit = _limit(published, governing)
    if limit is None:
        return None
    span = _in_year(moment, limit.year)
    return span if span and _is_under_way(span, limit) else _in_year(moment, limit.year - 1)


def _is_under_way(span: Days, limit: date) -> bool:
    """Tell whether days had begun by a day, months so that half was over: in January 上半年 is the year before's."""
    length = (span.end - span.start).days
    return span.start <= limit and (length < _MONTHS or (limit - span.start).days * 2 >= length)


def _limit(published: date | None, governing: Days | None) -> date | None:
    """Return the day by which a month without a year must have begun."""
    if governing is None:
        return published
    within_a_year = governing.start.year == governing.end.year
    end = date(governing.end.year, 12, 31) if within_a_year else governing.end
    return min(end, published) if published else end


def _in_year(moment: Moment, year: int) -> Days | None:
    if not _EARLIEST <= year <= 2199:
        return None
    if moment.festival:
        days = _festival(moment.festival, year)
        if days is None or not moment.head:
            return days
        return Days(days.start, min(days.end, days.start + timedelta(moment.head - 1)))
    first, last = moment.months
    length = monthrange(year, last)[1]
    if first > last or moment.days[0] > monthrange(year, first)[1]:
        return None
    return Days(date(year, first, moment.days[0]), date(year, last, min(length, moment.days[1])))


def _festival(word: str, year: int) -> Days | None:
    row = load_lexicon("period_festival").rows[word]
    if not row["lunar"]:
        first, last = (tuple(map(int, row[key].split("-"))) for key in ("first", "last"))
        return Days(date(year, *first), date(year, *last))
    day = load_lexicon("period_lunar").get(str(year), row["lunar"])
    if day is None:
        return None
    feast = date.fromisoformat(day)
    if "-" in row["first"][1:]:  # 国庆中秋双节: one holiday of two feasts, from the earlier of them
        month, dom = map(int, row["first"].split("-"))
        opening = min(feast, fixed := date(year, month, dom))
        return Days(opening, opening + timedelta(int(row["last"]))) if abs(feast - fixed) <= _ONE_HOLIDAY else None
    return Days(feast + timedelta(int(row["first"])), feast + timedelta(int(row["last"])))


def _back(mention: PeriodMention, published: date | None) -> Days | None:
    if published is None:
        return None
    first = first_day(published, mention.n, mention.unit)
    return Days(first, published) if first.year >= _EARLIEST else None


def _whole(published: date | None, governing: Days | None) -> Days | None:
    if governing and (governing.end - governing.start).days <= 400:
        return Days(date(governing.start.year, 1, 1), date(governing.start.year, 12, 31))
    if published is None:
        return None
    year = published.year - (published.month < _YEAR_ALMOST_OVER)
    return Days(date(year, 1, 1), date(year, 12, 31))


def _in_month(moment: Moment, published: date) -> Days:
    """Return the days of a month told from publication: 上月, 本月中旬."""
    told = moment.days[0] == moment.days[1] or moment.days not in _THIRDS.values()
    back = told and moment.days[0] > published.day and not moment.year  # 截至28日, 27日至29日, told on the 2nd
    year, month = divmod(published.year * 12 + published.month - 1 + moment.year - back, 12)
    length = monthrange(year, month + 1)[1]
    first, last = (min(length, day) for day in moment.days)
    return Days(date(year, month + 1, first), date(year, month + 1, last))
