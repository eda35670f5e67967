"""What a sentence inherits that names no period itself.

Enters: a text and the periods that govern in it. Leaves: for each sentence, the period that an earlier one of its
paragraph, or a heading, has set: a lasting one, or an event until the article sums up or turns to other work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.facts.model import Period
from kg.facts.timeline.drive import BEGUN, day_ended, is_of_a_drive, may_begin, run_on
from kg.facts.timeline.founding import FOUNDING, is_founding_before
from kg.facts.timeline.limit import ON_END
from kg.facts.timeline.model import CLAUSE_LENGTH, FIRSTS, Governed
from kg.facts.timeline.opening import opens, question_before
from kg.facts.timeline.setting import HONOURED
from kg.facts.timeline.stretch import is_long, is_long_ago, lasts
from kg.text import Paragraph, Span, Text
from kg.unguarded import unguarded

_AGGREGATE = re.compile(
    r"全[市省县区州旗盟国]|同比|累计|各类|一年(?!前|多|来)|全年|年内|(?<!一)共(?:破|抓|查|侦|打|受)"
)
_OTHER_WORK = re.compile(
    "围绕|在(?:农村|城区|城市|社区|校园|企业|乡镇|广大)[^,。;]{0,6},|据[^,。;]{0,10}(?:调查|测评|统计)|(?:推行|推出|实行|健全|完善|落实)(?!了)|今年以来"
    "|(?:经侦|治安|禁毒|交警|交管|刑侦|出入境|户籍|户政|消防|法制|网安|食药)部门|(?:出入境|户籍|办证|服务)[^,。;]{0,4}(?:窗口|大厅)"
    "|[^,。;]{0,20}(?:行动|斗争|战役|会战|战争|整治|抗疫)中(?!心)"
)
_AGENCY = re.compile("(?:市公安局|公安)?[一-龥、]{2,12}?(?:分局|派出所|[县旗区]公安局|[县区]局|警方)")
_AGENCY_NAMED = re.compile("[一-龥]{2}(?:分局|派出所|[县市旗区]公安局|[县区]局|警方)")
_SAYS = re.compile("[一-龥](?:说|感慨|告诉记者|竖起大拇指|连声道谢)[,。:]")
_DURING = re.compile("(?:专项)?(?:行动|活动|会战|战役|整治)(?:中|期间|以来)|(?:期间|其间|此间|试运行期间),")
_SAME_DAY = re.compile("[“]?(?:当[晚天日]|次日|随后)")
_SUMS_UP = re.compile(r"[,份]{0,2}全[市省县区州旗盟国]")  # "今年4月,全省查处…": the month is what the paragraph sums up
_RELATIVE = re.compile("份?(?:[^,。;]{0,8})?(?:开展|组织|部署|发起|启动|打响)的")
_MEETING = re.compile(r"召开|举行|会议|仪式|印发|出台|发布")


@unguarded
@dataclass(frozen=True, slots=True)
class _Carried:
    """What a paragraph hands on: a lasting period, and an event that holds until the article sums up again.

    ``day`` is what 当天 and 当晚 mean, ``drive`` what 行动中 means.
    """

    lasting: Governed | None
    event: Governed | None = None
    day: Governed | None = None
    drive: Governed | None = None


def carry(text: Text, governors: Sequence[Governed], default: Governed | None) -> Iterator[Governed | None]:
    """Yield, for each sentence, what governs where it names no period itself."""
    at = 0
    section: Governed | None = None
    paragraph: Paragraph | None = None
    state = _Carried(default)
    for sentence in text.sentences:
        here = text.paragraph_at(sentence.start)
        if here is not paragraph:
            paragraph = here
            if question_before(text, here) is None and not text.view.startswith("其中", here.start):
                state = _Carried(section or default or state.lasting, drive=state.drive)
        words = text.view[sentence.start : sentence.end]
        same = state.day if _SAME_DAY.match(words) else state.drive if _DURING.match(words) else None
        yield same or (state.event if state.event and not _leaves(state.event, words, text) else state.lasting)
        settled = False
        while at < len(governors) and governors[at].mention.start < sentence.end:
            governed = governors[at]
            at += 1
            if _is_unknown(governed) and not settled and not here.heading:
                if opens(text, governed.mention, sentence, here):
                    state = replace(state, lasting=governed, event=None)
                continue
            if governed.period is None or settled or governed.mention.role in FIRSTS:
                continue
            if _is_aside(text, governed, sentence, here, default):
                continue
            if here.heading:
                section = governed if lasts(governed.mention) else section
            elif sentence.start > here.start and is_of_a_drive(text.view, governed.mention):
                continue  # since a campaign began: for its own sentence, not for the year's account around it
            elif opens(text, governed.mention, sentence, here):
                following = text.view[governed.mention.end : min(sentence.end, governed.mention.end + CLAUSE_LENGTH)]
                state = replace(_after_mention(state, governed, following, default), drive=state.drive)
                if BEGUN.search(following) and may_begin(governed, following):
                    ended = day_ended(text, governors[at : at + 1], sentence)
                    state = replace(state, drive=run_on(governed, ended or text.article.published))
                settled = lasts(governed.mention)


def _is_aside(text: Text, governed: Governed, sentence: Span, paragraph: Paragraph, default: Governed | None) -> bool:
    """Tell whether a period holds for what it stands beside and for nothing after it."""
    mention, end = governed.mention, governed.mention.end
    if is_long_ago(mention, text.article.published) and FOUNDING.search(
        text.view, max(paragraph.start, mention.start - 8), min(sentence.end, end + CLAUSE_LENGTH)
    ):
        return True  # 1981年建所: history
    if is_founding_before(text.view, governed, default):
        return True  # 中心2020年6月成立,现有民警31名: in an account of later years
    if mention.shape in ("since", "from") and ON_END.match(text.view, end):
        return True  # 4月以来,城区连续3个月零发案: of that alone
    inside = paragraph.start < sentence.start < mention.start
    if inside and mention.grain == "year" and HONOURED.match(text.view, end):
        return True  # 某所2020年获评……: the award's year, not that of the sentences after it
    # 8月开展的“百日”战役中,……: of that campaign alone
    return mention.grain in ("day", "month") and _RELATIVE.match(text.view, end) is not None


def _leaves(event: Governed, words: str, text: Text) -> bool:
    """Tell whether a sentence no longer tells of an event: it sums up, turns to other work or to another agency."""
    if _AGGREGATE.search(words) or _OTHER_WORK.match(words):
        return True
    agency = _AGENCY.match(words)
    told = text.sentence_at(event.mention.start)
    return agency is not None and bool(
        _AGENCY_NAMED.search(text.view, told.start, told.end)
        and not text.view.count(agency[0][:2], told.start, told.end)
    )


def _is_unknown(governed: Governed) -> bool:
    """Tell whether words run to a day from when a drive began that the article does not date."""
    return governed.period is None and governed.mention.shape == "until"


def _after_mention(state: _Carried, governed: Governed, following: str, default: Governed | None) -> _Carried:
    if lasts(governed.mention) or (governed.mention.grain == "month" and _SUMS_UP.match(following)):
        return _Carried(governed)
    year = _year_around(governed, default) or state.lasting
    day = governed if governed.mention.grain in ("day", "days") else None
    of_years = day is None and governed.mention.names_year and is_long(default)
    passing = of_years or _MEETING.search(following) or _SAYS.search(following)
    return _Carried(year, None if passing else governed, day)


def _year_around(governed: Governed, default: Governed | None) -> Governed | None:
    """Return the year of an event where the article covers several years ("今年6月,...。" goes on with this year)."""
    moment = governed.mention.first
    if moment is None or moment.anchor in ("context", "absolute") or governed.period is None:
        return None
    if default is None or default.period is None or not is_long(default):
        return None
    start = date(governed.period.start.year, 1, 1)
    if start > default.period.end:
        return None  # 今年3月, in the account of three years that ended with the last
    return Governed(governed.mention, Period(start, min(date(start.year, 12, 31), default.period.end)))
