"""Drives: since when a campaign runs, where the article dates its launch in another sentence.

Enters: a text and its mentions of periods. Leaves: the days and months on which something began, and the days since
for words that count from there: 行动开展以来.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.facts.cue import cue
from kg.facts.model import Period
from kg.facts.timeline.founding import since_founding
from kg.facts.timeline.model import CLAUSE_LENGTH, LOOK_BACK, Governed
from kg.text import Paragraph, Span, Text
from kg.values.numeral import parse_numeral
from kg.values.period import PeriodMention, last_day, resolve

_LAUNCH_REACH = 40  # characters between a day and what began on it


def find_launches(text: Text, mentions: Sequence[PeriodMention]) -> list[tuple[PeriodMention, str]]:
    """Return the days and months on which something is said to have begun, with the words around."""
    found = []
    for index, mention in enumerate(mentions):
        if _may_launch(mention):
            sentence = text.sentence_at(mention.start)
            first, last = max(sentence.start, mention.start - 80), min(sentence.end, mention.end + 160)
            open_ended = mention.shape in ("from", "since")
            following = next((m for m in mentions[index + 1 : index + 2] if m.grain in ("day", "month")), None)
            told = min(last, following.start) if following and _may_launch(following) else last
            begins = open_ended and cue("timeline-drive-before").search(text.view, first, mention.start)
            if begins or cue("timeline-launched").search(text.view, mention.start, told):
                found.append((_in_year_told(mention, mentions[:index]), text.view[first:last]))
                if len(found) == LOOK_BACK:
                    break
    return found


def _in_year_told(mention: PeriodMention, before: Sequence[PeriodMention]) -> PeriodMention:
    """Return a mention of 当年11月 or 次年3月 with the year that it has by the one told last before it."""
    if mention.first is None or mention.first.anchor != "governing" or mention.first.year < 0:
        return mention
    years = (m.first.year for m in reversed(before[-LOOK_BACK:]) if m.first and m.first.anchor == "absolute")
    year = next(years, None)
    if year is None:
        return mention
    moment = replace(mention.first, anchor="absolute", year=year + mention.first.year)
    return replace(mention, first=moment, last=moment)


def _may_launch(mention: PeriodMention) -> bool:
    """Tell whether a time is one from which something can have run: a day, a month, 2019年“雷霆”行动以来."""
    if mention.shape == "since" and _is_since_drive(mention):
        return mention.role in ("period", "title")  # the year before a quoted name counts as that of a title
    begins = mention.first is not None and mention.first.months[0] == mention.first.months[1]
    told = mention.grain in ("day", "month") and mention.shape != "until"  # 截至7月28日,在开展“清网行动”中
    return mention.role == "period" and (told or (mention.shape == "since" and begins))


def since_launch(
    text: Text, mention: PeriodMention, launches: Sequence[tuple[PeriodMention, str]], published: date | None
) -> Period | None:
    """Return the days since a campaign began, where the article dates its launch in another sentence.

    Since the year that its name tells, where no launch is told and the words are of since then.
    """
    if cue("timeline-founded-since").search(mention.words):
        return since_founding(text, mention, published)
    if is_unnamed(text, mention):
        generic = cue("timeline-drive-kind").search(mention.words)
        struggle = "斗争" in mention.words  # which no launch of an action (“清零”行动) begins
        every = [launch for launch, words in launches if not struggle or "斗争" in words]
        dated = [launch for launch in every if _is_since_drive(launch)] or every
        dated = [launch for launch in dated if generic and generic[0] in launch.words] or dated
        begun = (resolve(replace(launch, shape="since"), published, None) for launch in dated)
        known = {found for found in begun if found}
        days = known.pop() if len(known) == 1 else None
        return Period(days.start, days.end) if days and published else None
    quoted = re.search(r"“([^“”]{2,20})”[^“”]{0,8}$", text.view[max(0, mention.start - 24) : mention.end])
    name = quoted[1] if quoted else text.view[max(0, mention.start - 2) : mention.start + 2]
    abridged = re.compile("[^,。;]{0,6}?".join(map(re.escape, name)))  # 夏季行动 of 夏季治安打击整治行动
    for launch, words in launches:
        if published and (name in words or (quoted and abridged.search(words))):
            days = resolve(replace(launch, shape="since"), published, None)
            if days:
                return Period(days.start, days.end)
    return _since_its_year(text.view, name, published) if quoted and mention.shape != "during" else None


def is_unnamed(text: Text, mention: PeriodMention) -> bool:
    """Tell whether words run since a drive began whose name they do not tell: 专项斗争开展以来."""
    before = cue("timeline-drive-this").sub("", text.view[max(0, mention.start - 5) : mention.start])
    return cue("timeline-drive-unnamed").match(mention.words) is not None and not re.search("[一-龥”](?<!在)$", before)


def _since_its_year(view: str, name: str, published: date | None) -> Period | None:
    """Return the days since the year of a campaign began, which its name or the words before it tell: “护航2023”."""
    told = re.search("20[0-9]{2}$", name) or re.search(f"20[0-9]{{2}}(?=年(?:度|全[国省市])?“{re.escape(name)}”)", view)
    year = int(told[0]) if told else 0
    return Period(date(year, 1, 1), published) if published and 0 <= published.year - year <= 1 else None


def since_this_year(text: Text, mention: PeriodMention) -> Period | None:
    """Return the days since this year began where what a paragraph says to have been launched is this year's.

    今年“春雷行动”, and in the paragraph below: 组织开展“春雷行动”。截至目前.
    """
    published, start = text.article.published, text.paragraph_at(mention.start).start
    found = cue("timeline-launched-by-name").search(text.view, start, mention.start)
    if published is None or found is None:
        return None
    told = re.search(f"今年(?:的|以来)?“{re.escape(found['name'])}”", text.view[:start])
    return Period(date(published.year, 1, 1), published) if told else None


def launched_before(text: Text, mention: PeriodMention, before: Sequence[Governed]) -> date | None:
    """Return the day on which a drive began that the paragraph told of before "截至12月15日", which counts since."""
    start = text.paragraph_at(mention.start).start
    for governed in reversed(before[-LOOK_BACK:]):
        if governed.mention.start < start or governed.mention.shape != "within" or governed.period is None:
            return None
        between = text.view[governed.mention.end : mention.start]
        opened = text.view.startswith(("从", "自"), governed.mention.start - 1)
        if opened and cue("timeline-drive-from-to").fullmatch(between):
            return governed.period.start  # 从2009年4月“打拐”行动开始到今年10月底
        if governed.mention.grain in ("day", "month"):
            end = min(text.sentence_at(governed.mention.start).end, governed.mention.end + _LAUNCH_REACH)
            begun = cue("timeline-drive-launched").search(text.view, governed.mention.end, end)
            return governed.period.start if begun else None
    return None


def launches_here(text: Text, governed: Governed, mention: PeriodMention) -> bool:
    """Tell whether a drive is said to have begun on a day that its sentence goes on from: 2月10日部署……,目前已…."""
    sentence = text.sentence_at(mention.start)
    begun = governed.mention.start >= sentence.start and may_begin(governed, "")
    return begun and cue("timeline-drive-launched").search(text.view, governed.mention.end, mention.start) is not None


def starts_something(text: Text, mention: PeriodMention) -> bool:
    """Tell whether the sentence of a time goes on with a launch: 3月31日,……启动……."""
    end = text.sentence_at(mention.start).end
    return cue("timeline-launched").search(text.view, mention.end, end) is not None


def held_that_night(view: str, mention: PeriodMention, end: int) -> bool:
    """Tell whether what was held on a day was held in its night alone: 9月19日晚,……开展清查行动."""
    named = cue("timeline-night-end").search(mention.words)
    start = mention.end - (len(named[0]) if named else 0)
    return mention.grain == "day" and cue("timeline-held-that-night").match(view, start, end) is not None


def held_that_day(view: str, mention: PeriodMention, end: int) -> bool:
    """Tell whether an event was held on a day, and was over with it: 6月26日,……举行禁毒宣传活动."""
    return mention.grain == "day" and cue("timeline-event-held").match(view, mention.end, end) is not None


def may_begin(governed: Governed, following: str) -> bool:
    """Tell whether a drive may have begun then: a month or a day, not days of a list on each of which one ran."""
    if governed.period is None or governed.mention.grain not in ("day", "month") or following.startswith("、"):
        return False
    return governed.mention.grain == "month" or governed.period.start == governed.period.end


def run_on(governed: Governed, ended: date | None, published: date | None) -> Governed:
    """Return a period from the day of a launch up to its end, and up to publication where that is still to come."""
    days = governed.period
    known = [day for day in (ended, published) if day is not None]
    return replace(governed, period=Period(days.start, min(known))) if days and known else governed


def day_ended(text: Text, following: Sequence[Governed], sentence: Span) -> date | None:
    """Return the day on which the same sentence says that a drive ended: 6月1日启动、9月20日收官."""
    for governed in following:
        told = governed.period and governed.mention.start < sentence.end
        if told and governed.period and cue("timeline-drive-closed").match(text.view, governed.mention.end):
            return governed.period.end
    return None


def term_end(governed: Governed, following: str) -> date | None:
    """Return the last day of a drive that began then and was to last so long: 2018年1月,为期三年的专项斗争打响."""
    told = cue("timeline-drive-lasting").search(following)
    if told is None or governed.period is None:
        return None
    return last_day(governed.period.start, int(parse_numeral(told["n"]).value), told["unit"])


def told_until(following: Sequence[Governed], paragraph: Paragraph) -> date | None:
    """Return the day up to which the rest of a paragraph tells of a drive: 截至12月15日."""
    for governed in following:
        if governed.mention.start >= paragraph.end:
            return None
        if governed.mention.shape == "until" and governed.period:
            return governed.period.end
    return None


def is_days_of_a_drive(governed: Governed, following: str) -> bool:
    """Tell whether a drive ran in the stretch of days or months itself: 8月20日至11月20日,……破案会战."""
    days = governed.mention.shape == "within" and governed.mention.grain in ("days", "months")
    return days and cue("timeline-drive-held").search(following) is not None


def held_before(text: Text, mention: PeriodMention, before: Sequence[Governed]) -> Period | None:
    """Return the days in which the article has said that a drive was held, which 专项行动开展以来 then means."""
    if not is_unnamed(text, mention):
        return None
    for governed in reversed(before[-LOOK_BACK:]):
        start = governed.mention.end
        end = min(text.sentence_at(governed.mention.start).end, start + CLAUSE_LENGTH)
        if is_days_of_a_drive(governed, text.view[start:end]):
            return governed.period
        since = governed.mention.shape == "since" and "斗争" not in mention.words  # a struggle goes on for years
        if since and cue("timeline-drive-held").search(text.view, start, end):
            return governed.period  # 今年以来,……开展禁赌专项行动。专项行动开展以来,……
    return None


def is_of_a_drive(view: str, mention: PeriodMention) -> bool:
    """Tell whether a period runs since a campaign began: 自2018年1月专项斗争开展以来, 专项斗争2018年1月开展以来."""
    if mention.shape not in ("since", "back"):
        return False
    before = view[max(0, mention.start - 8) : mention.start]
    return _is_since_drive(mention) or cue("timeline-drive-before").search(before) is not None


def _is_since_drive(mention: PeriodMention) -> bool:
    """Tell whether the words themselves say that a drive began: 2019年“雷霆”行动以来."""
    return cue("timeline-drive-since").search(mention.words) is not None
