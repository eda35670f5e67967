"""Text to Timeline: which period governs a number that names none of its own.

Enters: a text whose article may know its day of publication. Leaves: a ``Timeline`` that answers, for each position of
the view, with the period that governs there and the words that supplied it: the sentence's latest, else what the
paragraph or section carries on, else the article's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter

from kg.facts.model import Period
from kg.patterns import compile_once
from kg.text import Paragraph, Span, Text
from kg.unguarded import unguarded
from kg.values.period import Days, PeriodMention, find_periods, resolve

_START = attrgetter("start")
_MENTION_START = attrgetter("mention.start")
_NAME = re.compile(r"《[^《》\n]{0,80}》|“[^“”\n,。;!?%]{0,24}”")
_PLAN_NAME = re.compile(r"“[^”]{1,4}”(?:期间|时期|以来|五年|这五年)")
_TITLE_YEAR = compile_once(r"(?<![0-9.])(?:19|20)[0-9]{2}(?=年度?|[^0-9年.%‰·,。;、]{2})")
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
_DRIVE = re.compile("(?:行动|斗争|战役|会战|攻坚战|整治)[^,。;]{0,6}以来")
_REVIEW = re.compile(r"[^,。;]{0,14}(?:综述|总结|回顾|回眸|纪实|盘点|巡礼|成绩单|答卷|工作报告)")
_FIVE_YEARS = re.compile("(?:十[一二三四五六]五|五年)[^,。;]{0,12}(?:综述|总结|回顾|回眸|纪实|盘点|巡礼|成绩单|答卷)")
_TOP = 3  # paragraphs: title and subtitles
_PRESENTED = re.compile(
    "度?的?[^,。;]{0,14}(?:成绩单|答卷|情况|成效|战果|成绩)|度?[^,。;]{0,20}(?:行动|斗争|会战|考核|考评|测评|整治)中"
)
_SAYS = re.compile("[一-龥](?:说|感慨|告诉记者|竖起大拇指|连声道谢)[,。:]")
_TERM_OF_DRIVE = re.compile("的?[^,。;]{2,14}(?:斗争|行动|战役|会战|攻坚战|整治)[,，]")
_DRIVE_BEFORE = re.compile("(?:行动|斗争|战役|会战|攻坚战|整治)[自从于]?$")
_DURING = re.compile("(?:专项)?(?:行动|活动|会战|战役|整治)(?:中|期间|以来)|(?:期间|其间|此间|试运行期间),")
_SAME_DAY = re.compile("[“]?(?:当[晚天日]|次日|随后)")
_SUMS_UP = re.compile(r"[,份]{0,2}全[市省县区州旗盟国]")  # "今年4月,全省查处…": the month is what the paragraph sums up
_STREAK = re.compile(r"连续(?:[0-9]+|[两二三四五六七八九十多]+)(?:个)?年")
_LAUNCH = re.compile(r"开展|启动|部署|打响|实施|发起")
_BEGUN = re.compile(f"{_LAUNCH.pattern}|开始|试运行|启用|上线")
_LAUNCH_REACH = 40  # characters between a day and what began on it
_DRIVE_LAUNCHED = re.compile(f"(?:{_LAUNCH.pattern})[^,。;]{{0,24}}(?:行动|斗争|战役|会战|攻坚战|整治)")
_CHANGE = re.compile(
    r"(?:[跃骤猛攀回]?[降升]|增|减|提高?|上升|下降|增长|增加|减少|缩短|压缩|扩大|扩充|扩展|发展|壮大|[前上]移)"
    r"[^,。;0-9]{0,2}[到至为]"
)
_BASIS = re.compile("的?基础上")
_CLAUSE = re.compile(r"[^,。;]*")
_DAYS_OF_LIST = 3
_MOVED = re.compile(r"份?(?:环比|同比|又|再)?(?:下?降|上?升|增|减)")
_CHANGED_TO = re.compile(r"[降升增减高长加少短缩大][低]?[到至为]$")
_CLAUSE_AND_AMOUNT = re.compile(r"[^,。;]*(?:,(?:降幅|增幅|升幅|同比|下降|上升|增长|减少|提高)[^,。;]*)?")
_SPEAKER = re.compile(
    r"[^,。;:]{1,12}:|(?:(?:[0-9年月]{0,8}[0-9]{1,2}日|[昨今]日|[昨今]天|近日|日前)[上下]?午?,)?"
    r"(?:据|[^,。;:]{0,48}(?:获悉|了解到?|介绍|通报|表示|显示|告诉记者))[^,。;:]{0,8}[,:]"
)
_QUESTION = re.compile(r"[^,。;:\n]{0,12}(?:记者|网友|主持人|问)[^,。;:\n]{0,6}:[^\n]{4,160}|[^\n]{6,120}\?")
_CLOSED = re.compile("(?:圆满|顺利|正式)?(?:收官|结束|落幕|收兵|收尾)")
_CAREER = re.compile("(?:从警|入警|参警|工作|任职|从业|执业|扎根[一-龥]{0,4})$")
_FOUNDED = re.compile("(?:成立|组建|建成|挂牌|揭牌)(?:以来|至今)$|[建组][队所站局]以来$")
_FOUNDING = re.compile("成立|组建|诞生|挂牌|揭牌|设立|建队|建所")
_FOUNDED_THEN = re.compile("[^,。;]{0,12}(?:成立|组建|挂牌|揭牌|实体化|投入运行|启用)")
_FOUNDING_REACH = 1200  # characters before
_FOUNDINGS = 3  # that are looked at
_UNNAMED = re.compile(
    "(?:专项|集中|整治|攻坚|统一|大)*(?:行动|斗争|整治|战役|会战|工作)(?:开展|启动|部署|打响|实施)?以来"
)
_RELATIVE = re.compile("份?(?:[^,。;]{0,8})?(?:开展|组织|部署|发起|启动|打响)的")
_GENERIC_HEAD = re.compile("行动|斗争|整治|战役|会战|攻坚战")
_HONOURED = re.compile("度?,?[^。;0-9]{0,30}(?:被评为|被授予|荣获|获评|被命名|荣立|命名)")
_CEREMONY = compile_once(
    "(?:现场|当场)(?:集中)?[^,。;]{0,6}返还|进行了?(?:集中返还|表彰|颁奖)|返还(?:大会|仪式)上?,"
    "|(?:大会|仪式|会)上,[^。;]{0,24}(?:向|为)[^。;]{0,30}(?:返还|颁|兑现)"
    "|(?:大会|仪式|典礼|晚会)上,[^。;]{0,60}(?:获|被评为|被授予|受到)|当[晚天日],[^。;]{0,30}(?:获|被评为|被授予|受到)"
)
_DECISION = re.compile("《[^《》]{0,8}(?:表彰|表扬|命名|通报|授予|公布)$")
_MEETING = re.compile(r"召开|举行|会议|仪式|印发|出台|发布")
_TO_COME = re.compile(
    r"的第一[场个]|,?[^,。;]{0,14}(?:将(?!近)|力争|计划(?!单列))|是[^,。;]{0,16}(?:第[0-9一二三四五六七八九十]+个|周年)"
)
_LOOK_BACK = 40  # mentions that are looked at for one number, so that no text takes quadratic time
_CLAUSE_LENGTH = 80
_TITLE_DAYS = re.compile("(?<![0-9.])([1-9][0-9]{1,2})天(?![时候下津])")
_ON_END = re.compile(",?[^,;。0-9]{0,12}?(?:已|就)?连续[0-9一二三四五六七八九十两]+(?:个月|周|天|个季度)[^,;。]*")
_FROM_TO = re.compile("[^,。;]{0,24}(?:开始|启动|打响|部署|开展)?")
_CEREMONY_REACH = 400  # characters after the day that a ceremony is dated by
_INTRODUCTION = 160  # characters: who says it, where and when, before what it is about
_PLAN_SPAN = re.compile("十[一二三四五六]五")
_DAYS_TO_DAYS = re.compile("月[0-9]{1,2}[日号][至到—-]+.*月[0-9]{1,2}[日号]")
_LEAD_PARAGRAPHS = 4
_HISTORY = 15  # years
_WEEK, _MONTH = 7, 28  # days
_NEWS_DAYS = 10  # days between an event and the news of it
_FIRSTS = ("from", "basis")  # the first of two: its own time and a baseline
_SHORT = frozenset({"days", "month", "festival"})
_LASTING = frozenset({"year", "years", "months", "part"})


@unguarded
@dataclass(frozen=True, slots=True)
class Governed:
    """A period mention with its days; ``period`` is None where the words do not tell them.

    ``limit`` is where it ceases to govern inside its sentence, None at the sentence's end.
    """

    mention: PeriodMention
    period: Period | None
    limit: int | None = None

    @property
    def is_basis(self) -> bool:
        """Whether the words build on a change: 在2020年下降两成的基础上, whose year is no baseline of its own."""
        return self.mention.role == "basis"

    @property
    def words(self) -> str:
        """The words and where they stand, as ``kg explain`` prints them."""
        return f"{self.mention.words} @ {self.mention.start}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods of a text: those that govern, the baselines, and what holds where a sentence names none."""

    view: str
    governors: tuple[Governed, ...]
    baselines: tuple[Governed, ...]
    titles: tuple[Governed, ...]
    sentences: tuple[Span, ...]
    carried: tuple[Governed | None, ...]
    default: Governed | None
    days: tuple[Governed, ...] = ()

    def at(self, position: int, end: int | None = None) -> tuple[Period | None, str]:
        """Return the period that governs a number at a position of the view, and the words that supplied it.

        >>> from kg.text import text_of
        >>> text = text_of("2020年,破案9起。今年以来,破案3起,其中5月1起。", published=date(2021, 6, 30))
        >>> read_timeline(text).at(text.view.index("3起"))[1]
        '今年以来 @ 11'
        """
        found = self._in_sentence(position, end if end is not None else position + 1)
        if found is None:
            found = self._ceremony(position)
        if found is None:
            found = self.carried[self._sentence_index(position)] if self.sentences else self.default
            if found is not self.default and self._is_streak(position, end) and _is_past_year(found):
                found = self.default
        return (found.period, found.words) if found else (None, "unknown")

    def baseline_at(self, start: int, end: int) -> Period | None:
        """Return the named period that changes in a clause are measured against, None where the words name none.

        A baseline that heads its sentence ("与2019年相比,") holds to the sentence's end, another in its own clause. One
        that a paragraph sets out with against a named year ("2022年与2017年比,") is what its further 同比 mean.
        """
        sentence = self.sentences[self._sentence_index(start)]
        last = bisect_left(self.baselines, end, key=_MENTION_START) - 1
        for index in range(last, max(-1, last - _LOOK_BACK), -1):
            baseline = self.baselines[index]
            mention = baseline.mention
            if baseline.limit is not None and end <= baseline.limit:
                continue  # the first of two has itself no baseline
            if mention.start < sentence.start:
                frames = "\n" not in self.view[mention.end : start] and _is_frame(self.view, mention)
                return baseline.period if frames and "同比" in self.view[start:end] else None
            between = self.view[mention.end : max(start, mention.end)]
            near = not re.search(r"[,;:。]", between)
            if near or _heads(self.view, mention) or (mention.role in _FIRSTS and ";" not in between):
                named = mention.names_year or _names_part(mention) or "前年" in mention.words
                return baseline.period if named else None
        return None

    def honor_period(self, start: int, end: int) -> tuple[Period | None, str]:
        """Return the period of an honor between two positions: the year its title names, else what governs there."""
        inside = [title for title in self.titles if start <= title.mention.start < end]
        own = [g for g in self.governors if start <= g.mention.start < end and g.period]
        if own:
            return own[0].period, own[0].words
        if inside:
            return inside[-1].period, inside[-1].words
        return self.at(start, end)

    def decided_before(self, position: int) -> Governed | None:
        """Return the year in the title of a decision that the sentence quotes: 《关于表彰2020年度先进单位的决定》."""
        sentence = self.sentences[self._sentence_index(position)] if self.sentences else Span(0, len(self.view))
        last = bisect_left(self.titles, position, key=_MENTION_START)
        for title in reversed(self.titles[max(0, last - _LOOK_BACK) : last]):
            if title.mention.start < sentence.start:
                return None
            if _DECISION.search(self.view, max(sentence.start, title.mention.start - 12), title.mention.start):
                return title
        return None

    def _ceremony(self, position: int) -> Governed | None:
        """Return the day of a ceremony at which something is counted: "会上,向群众返还被骗资金90万元"."""
        sentence = self.sentences[self._sentence_index(position)] if self.sentences else Span(0, len(self.view))
        start, end = max(sentence.start, position - _CLAUSE_LENGTH), min(sentence.end, position + _CLAUSE_LENGTH)
        if not _CEREMONY.search(self.view, start, end):
            return None
        index = bisect_right(self.days, position, key=_MENTION_START)
        near = index > 0 and position - self.days[index - 1].mention.end < _CEREMONY_REACH
        return self.days[index - 1] if near else None

    def _is_streak(self, position: int, end: int | None) -> bool:
        """Tell whether the words are of several years on end, told as of the article ("连续两年零伤亡")."""
        return _STREAK.search(self.view, max(0, position - 12), (end or position) + 12) is not None

    def _sentence_index(self, position: int) -> int:
        return max(0, bisect_right(self.sentences, position, key=_START) - 1)

    def _in_sentence(self, position: int, end: int) -> Governed | None:
        sentence = self.sentences[self._sentence_index(position)] if self.sentences else Span(0, len(self.view))
        before = bisect_left(self.governors, end, key=_MENTION_START)
        for index in range(before - 1, max(-1, before - 1 - _LOOK_BACK), -1):
            governed = self.governors[index]
            if governed.mention.start < sentence.start:
                break
            if governed.limit is None or position < governed.limit:
                return governed
        return self._after(end, sentence)

    def _after(self, end: int, sentence: Span) -> Governed | None:
        """Return a period that follows in the same clause ("破案35起(截至6月底)")."""
        index = bisect_left(self.governors, end, key=_MENTION_START)
        if index >= len(self.governors) or self.governors[index].mention.start >= sentence.end:
            return None
        between = self.view[end : self.governors[index].mention.start]
        return None if re.search(r"[,;:。]", between) else self.governors[index]


def read_timeline(text: Text) -> Timeline:
    """Return the timeline of a text."""
    mentions = find_periods(text.view)
    names = [match.span() for match in _NAME.finditer(text.view) if not _PLAN_NAME.match(text.view, match.start())]
    mentions = list(_with_titles(mentions, names))
    published = text.article.published
    default = _default(text, [m for m in mentions if m.role == "period"], published)
    governors, baselines, titles = _resolve_all(text, mentions, published, default)
    carried = _carry(text, governors, default)
    return Timeline(
        text.view,
        tuple(governors),
        tuple(baselines),
        tuple(sorted([*titles, *_title_years(text.view, published)], key=_MENTION_START)),
        text.sentences,
        tuple(carried),
        default,
        tuple(_days_told(mentions, published)),
    )


def _days_told(mentions: Sequence[PeriodMention], published: date | None) -> Iterator[Governed]:
    """Yield the days that the words name, those too on which the report was heard."""
    for mention in mentions:
        if mention.grain == "day" and mention.role in ("period", "report") and mention.shape == "within":
            days = resolve(mention, published, None)
            if days:
                yield Governed(mention, Period(days.start, days.end))


def _names_part(mention: PeriodMention) -> bool:
    """Tell whether a baseline is another part of the same year: 比二季度."""
    return mention.grain == "part" and mention.first is not None and mention.first.anchor == "context"


def _is_past_year(governed: Governed | None) -> bool:
    return governed is not None and governed.mention.shape == "within" and governed.mention.grain == "year"


def _lasts(mention: PeriodMention) -> bool:
    """Tell whether a period goes on to hold for the sentences after its own."""
    if mention.shape == "within" and mention.grain == "months" and mention.first and mention.first.months[0] > 1:
        return False  # 3月至6月: how long something took, not what is accounted for
    return mention.grain in _LASTING or mention.shape in ("since", "from", "until")


def _heads(view: str, mention: PeriodMention) -> bool:
    return re.match(r"(?:的)?(?:同期)?(?:相?比|比较|相较)?[,:]", view[mention.end : mention.end + 8]) is not None


def _is_frame(view: str, mention: PeriodMention) -> bool:
    """Tell whether a baseline is set against another named year, for all that follows: "2022年与2017年比,"."""
    before = view[max(0, mention.start - 6) : mention.start]
    return mention.names_year and re.search("[0-9]年[与和同较跟]$", before) is not None and _heads(view, mention)


def _with_titles(mentions: Sequence[PeriodMention], names: Sequence[tuple[int, int]]) -> Iterator[PeriodMention]:
    """Give the role "title" to periods inside quoted names and book titles."""
    starts = [start for start, _ in names]
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        inside = index >= 0 and names[index][0] < mention.start and mention.end <= names[index][1]
        yield replace(mention, role="title") if inside else mention


def _title_years(view: str, published: date | None) -> Iterator[Governed]:
    for match in _TITLE_YEAR.finditer(view):
        year = int(match[0])
        period = Period(date(year, 1, 1), date(year, 12, 31))
        if published and published < period.start:
            continue
        cut = Period(period.start, min(period.end, published)) if published else period
        yield Governed(PeriodMention(*match.span(), match[0], "title-year", role="title"), cut)


# --- what the article covers


def _default(text: Text, mentions: Sequence[PeriodMention], published: date | None) -> Governed | None:
    """Return the period that the article as a whole is about, None where it names none.

    The first that title or lead sets; a campaign of unknown date there leaves the article without; else the first
    year or part of one that opens a sentence further down.
    """
    named = _named_years(mentions, published)
    if (drive := _days_of_title(text, mentions, published)) is not None:
        return drive
    lead, head = _lead_end(text), _lead_end(text, 1)
    opening = [mention for mention in mentions if _sets(text, mention) and not _is_long_ago(mention, published)]
    two = _lead_end(text, 2)
    spans = {m: m.first is not m.last for m in opening}
    ends = {m: (two if spans[m] else head) if _is_brief(m, published) else lead for m in opening}
    if opening and opening[0].shape == "unknown" and opening[0].start < head:
        since = _since_launch(text, opening[0], _launches(text, mentions), published)
        if since or not any(_tells_a_year(mention) for mention in opening[1:]):
            return Governed(opening[0], since)
    first = [mention for mention in opening if mention.start < ends[mention] and mention.shape != "unknown"]
    for mention in sorted(
        first, key=lambda m: (_is_short(m, published), _is_plan_span(m) and not _is_reviewed(text, m))
    ):
        period = _resolved(mention, published, None, named)
        if period:
            return Governed(mention, period)
    for mention in opening:
        if mention.shape == "unknown" and mention.start < lead:
            since = _since_launch(text, mention, _launches(text, mentions), published)
            if since or not any(_tells_a_year(other) for other in opening):
                return Governed(mention, since)
        if mention.shape in ("within", "since") and not _passing(mention):
            period = _resolved(mention, published, None, named)
            if period and (mention.shape == "since" or published is None or published.year - period.end.year < 2):
                return Governed(mention, period)
    for shape in ("whole", "until"):
        for mention in mentions:
            if mention.shape == shape and mention.start < lead:
                period = _resolved(mention, published, _begun_before(text, mention, mentions, published), named)
                return Governed(mention, period) if period else None
    for mention in mentions:
        if mention.start < head and mention.grain == "year" and _PRESENTED.match(text.view, mention.end):
            period = _resolved(mention, published, None, named)
            if period:
                return Governed(mention, period)
    return _launched(text, mentions, published, head)


def _tells_a_year(mention: PeriodMention) -> bool:
    """Tell whether a mention says which year a report is of, for the account around a drive of unknown start."""
    return mention.shape in ("within", "since") and mention.grain == "year"


def _days_of_title(text: Text, mentions: Sequence[PeriodMention], published: date | None) -> Governed | None:
    """Return the stretch of as many days as the title tells of: "45天破案112起", of 5月16日至6月30日."""
    first = text.paragraphs[0] if text.paragraphs else None
    told = _TITLE_DAYS.search(text.view, first.start, first.end) if first and first.heading else None
    if told is None:
        return None
    for mention in mentions:
        if mention.shape == "within" and mention.grain in ("days", "months", "festival"):
            days = resolve(mention, published, None)
            if days and abs((days.end - days.start).days + 1 - int(told[1])) <= 1:
                return Governed(mention, Period(days.start, days.end))
    return None


def _begun_before(
    text: Text, mention: PeriodMention, mentions: Sequence[PeriodMention], published: date | None
) -> Days | None:
    """Return the stretch that began earlier in the paragraph of "截至3月31日", which then ends there."""
    start = text.paragraph_at(mention.start).start
    before = [m for m in mentions if start <= m.start < mention.start and m.shape in ("from", "since")]
    return resolve(replace(before[-1], shape="since"), published, None) if before else None


def _launched(text: Text, mentions: Sequence[PeriodMention], published: date | None, head: int) -> Governed | None:
    """Return the time of what the first paragraph says was launched: "6月3日至5日,……组织开展……行动"."""
    for mention in mentions:
        if mention.start < head and mention.shape == "within" and mention.grain in ("day", "days", "months"):
            end = min(text.sentence_at(mention.start).end, mention.end + _CLAUSE_LENGTH)
            days = resolve(mention, published, None) if mention.role == "period" else None
            if days and _LAUNCH.search(text.view, mention.end, end):
                governed = Governed(mention, Period(days.start, days.end))
                return governed if days.end > days.start else _running(governed, published)
    return None


def _lead_end(text: Text, paragraphs: int = _LEAD_PARAGRAPHS) -> int:
    """Return where the lead ends: after so many paragraphs of more than a line."""
    long = [paragraph.end for paragraph in text.paragraphs if paragraph.end - paragraph.start > 40]
    return long[paragraphs - 1] if len(long) >= paragraphs else len(text.view)


def _is_plan_span(mention: PeriodMention) -> bool:
    """Tell whether a mention spans a five-year plan: it sets the scene, and the year's own report follows."""
    return _PLAN_SPAN.search(mention.words) is not None


def _is_long_ago(mention: PeriodMention, published: date | None) -> bool:
    """Tell whether a period began so long ago that it tells a place's history ("自1982年建所以来")."""
    first = mention.first
    return (
        published is not None
        and mention.shape in ("since", "within")
        and first is not None
        and first.anchor == "absolute"
        and published.year - first.year > _HISTORY
    )


def _passing(mention: PeriodMention) -> bool:
    """Tell whether a period sets an article's time only where nothing longer does."""
    return mention.shape == "within" and mention.grain in _SHORT


def _is_short(mention: PeriodMention, published: date | None) -> bool:
    """Tell whether a period sets an article's time only where nothing longer does: some days, not "1月3日至3月9日"."""
    days = resolve(mention, published, None) if _passing(mention) and mention.grain == "days" else None
    return _passing(mention) and (days is None or (days.end - days.start).days < _MONTH)


def _is_brief(mention: PeriodMention, published: date | None) -> bool:
    """Tell whether a period is a month, some days or from a day on: below the first paragraph that is a story's."""
    if mention.shape == "from":
        return mention.grain == "day"
    days = resolve(mention, published, None) if _passing(mention) and mention.first is not mention.last else None
    return _passing(mention) and (days is None or (days.end - days.start).days < _WEEK)


def _sets(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a mention can set the time of an article."""
    if mention.shape not in ("within", "since", "from", "back", "event", "unknown") or _is_spoken(text, mention):
        return False
    lasts = mention.grain in _LASTING or mention.grain in _SHORT or _DAYS_TO_DAYS.search(mention.words) is not None
    if mention.shape == "within" and not lasts:
        return False
    if mention.shape == "within" and _TO_COME.match(text.view, mention.end):
        return False
    if mention.grain in ("month", "season") and text.view.startswith("的", mention.end):
        return False  # 五月的山城: a scene
    if mention.shape == "back" and _CAREER.search(text.view, max(0, mention.start - 4), mention.start):
        return False  # 从警15年来: one person's
    if mention.names_year and mention.start > _lead_end(text, 1) and _HONOURED.match(text.view, mention.end):
        return False  # "2016年度,县公安局被评为……" far down dates the honor alone
    return _is_reviewed(text, mention) or _opens(
        text, mention, text.sentence_at(mention.start), text.paragraph_at(mention.start)
    )


def _is_reviewed(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a heading says that a period is what the article reviews: "“十三五”时期公安工作综述"."""
    if _is_plan_span(mention) and any(
        _FIVE_YEARS.search(text.view, heading.start, heading.end)
        for heading in text.paragraphs[:_TOP]
        if heading.heading
    ):
        return True
    paragraph = text.paragraph_at(mention.start)
    return paragraph.heading and _REVIEW.match(text.view, mention.end, paragraph.end) is not None


def _is_spoken(text: Text, mention: PeriodMention) -> bool:
    """Tell whether a period stands in somebody's words: "今年这个夏天安静了不少"."""
    start = text.paragraph_at(mention.start).start
    opened = text.view.rfind("“", start, mention.start)
    return opened >= 0 and text.view.find("”", opened, mention.end) < 0


def _named_years(mentions: Sequence[PeriodMention], published: date | None) -> dict[int, Days]:
    """Return, by number of years, the stretches that the article names ("2019年以来" in 2024 is five or six years)."""
    named: dict[int, Days] = {}
    if published is None:
        return named
    for mention in mentions:
        if mention.shape == "since" and mention.grain in ("year", "part", "years") and mention.names_year:
            days = resolve(mention, published, None)
            if days:
                years = published.year - days.start.year
                named.setdefault(years + 1, days)
                named[years] = named.get(years, days)
        elif mention.grain in ("years", "months") and mention.shape == "within" and mention.names_year:
            days = resolve(mention, published, None)
            if days and days.end.year > days.start.year:
                named.setdefault(days.end.year - days.start.year + 1, days)
    return named


def _resolved(
    mention: PeriodMention, published: date | None, governing: Days | None, named: dict[int, Days]
) -> Period | None:
    days = _years_back(mention, published, named) if mention.shape == "back" else None
    days = days or resolve(mention, published, governing)
    return Period(days.start, days.end) if days else None


def _years_back(mention: PeriodMention, published: date | None, named: dict[int, Days]) -> Days | None:
    """Return the years that the article itself names, or the calendar year that an annual review means by 一年来."""
    if mention.unit != "年" or published is None:
        return None
    if mention.n in named:
        return named[mention.n]
    if mention.n == 1 and published.month in (12, 1, 2, *((3, 4) if "过去" in mention.words else ())):
        year = published.year - (published.month != 12)
        return Days(date(year, 1, 1), min(date(year, 12, 31), published))
    return None


# --- what each sentence inherits


def _resolve_all(
    text: Text, mentions: Sequence[PeriodMention], published: date | None, default: Governed | None
) -> tuple[list[Governed], list[Governed], list[Governed]]:
    """Give each mention its days: missing years come from the sentence, then the paragraph, then the article."""
    named = _named_years(mentions, published)
    launches = _launches(text, mentions)
    by_role: dict[str, list[Governed]] = {"period": [], "baseline": [], "title": []}
    for mention in mentions:
        if mention.role not in by_role and mention.role not in _FIRSTS:
            continue
        context = _context(text, mention, by_role["period"], default)
        period: Period | None
        if mention.unit == "天":
            told = _told_days(mention.n, by_role["period"])
            if told is None:
                continue
            mention, period = replace(mention, shape="from"), told
        elif mention.shape == "unknown":
            period = _since_launch(text, mention, launches, published)
            if period is None and default and _is_unnamed(text, mention) and _is_long(default):
                period = default.period  # 三年……。专项斗争以来: the years that the account is of
        elif mention.shape == "back" and mention.unit == "年" and mention.n == 1 and _is_whole_year(default):
            period = default.period if default else None
        elif _is_so_far(mention, published) and _is_last_year(default, published):
            period = default.period if default else None  # an account that January gives of the year before
        elif mention.shape == "until" and _is_since_unknown(text, mention, by_role["period"]):
            period = None
        elif mention.shape == "until" and (begun := _launched_before(text, mention, by_role["period"])):
            until = _resolved(mention, published, context, named)
            period = Period(begun, until.end) if until and until.end > begun else until
        elif mention.words in ("本月", "当月") and default and _is_one_month(default.period):
            period = default.period  # the month that is reported on, though the next has begun
        else:
            period = _resolved(mention, published or _reviewed_until(mention, default), context, named)
        if period and context and _is_within_told(text.view, mention) and context.start <= period.start <= context.end:
            period = Period(period.start, min(period.end, context.end))
        if period and (listed := _listed_from(text.view, mention, by_role["period"])):
            period = Period(listed, period.end)
        governed = Governed(mention, period)
        if mention.role in ("baseline", *_FIRSTS):
            own = _change_end(text.view, mention) if mention.role in _FIRSTS else None
            governed = Governed(mention, _baseline(text.view, mention, governed.period, context), own)
            by_role["baseline"].append(governed)
        if mention.role in ("period", "title"):
            by_role[mention.role].append(replace(governed, limit=_limit(text.view, mention)))
        elif mention.role in _FIRSTS:
            by_role["period"].append(replace(governed, limit=_change_end(text.view, mention)))
    return by_role["period"], by_role["baseline"], by_role["title"]


def _is_within_told(view: str, mention: PeriodMention) -> bool:
    """Tell whether a stretch is part of what was told before: 截至去年12月底,……。其中,10月以来……."""
    return mention.shape in ("since", "from") and view[max(0, mention.start - 3) : mention.start].strip(",") == "其中"


def _listed_from(view: str, mention: PeriodMention, before: Sequence[Governed]) -> date | None:
    """Return the first of three days or more that a list names before its last: "5月3日、6月7日、7月5日,三次行动"."""
    end, days = mention, 1
    start: date | None = None
    for governed in reversed(before):
        listed = governed.mention.grain == end.grain == "day" and view[governed.mention.end : end.start] in ("、", "和")
        if not listed or governed.period is None:
            break
        end, days, start = governed.mention, days + 1, governed.period.start
    return start if days >= _DAYS_OF_LIST and view.startswith((",", "、", "和"), mention.end) else None


def _told_days(number: int, before: Sequence[Governed]) -> Period | None:
    """Return the stretch of as many days that was named before, first and last day counted or not."""
    for governed in reversed(before[-_LOOK_BACK:]):
        period = governed.period
        if period and abs((period.end - period.start).days + 1 - number) <= 1:
            return period
    return None


def _is_since_unknown(text: Text, mention: PeriodMention, before: Sequence[Governed]) -> bool:
    """Tell whether "截至11月底" ends what the paragraph says to have run since a drive of unknown start."""
    last = before[-1] if before else None
    start = text.paragraph_at(mention.start).start
    return last is not None and last.mention.start >= start and last.mention.shape == "unknown" and not last.period


def _launched_before(text: Text, mention: PeriodMention, before: Sequence[Governed]) -> date | None:
    """Return the day on which a drive began that the paragraph told of before "截至12月15日", which counts since."""
    start = text.paragraph_at(mention.start).start
    for governed in reversed(before[-_LOOK_BACK:]):
        if governed.mention.start < start or governed.mention.shape != "within" or governed.period is None:
            return None
        between = text.view[governed.mention.end : mention.start]
        if _FROM_TO.fullmatch(between) and text.view.startswith(("从", "自"), governed.mention.start - 1):
            return governed.period.start  # 从2009年4月“打拐”行动开始到今年10月底
        if governed.mention.grain == "day":
            end = min(text.sentence_at(governed.mention.start).end, governed.mention.end + _LAUNCH_REACH)
            begun = _DRIVE_LAUNCHED.search(text.view, governed.mention.end, end)
            return governed.period.start if begun else None
    return None


def _is_one_month(period: Period | None) -> bool:
    """Tell whether a period is a month of the calendar from its first day to its last."""
    return (
        period is not None
        and period.start.day == 1
        and (period.start.year, period.start.month) == (period.end.year, period.end.month)
        and (period.end + timedelta(days=1)).day == 1
    )


def _is_whole_year(default: Governed | None) -> bool:
    """Tell whether an article reviews one year of the calendar, which its 一年来 then means."""
    if default is None or default.period is None or default.mention.shape not in ("within", "back"):
        return False
    days = default.period
    return (days.start.month, days.start.day, days.end.month, days.end.day) == (1, 1, 12, 31) and (
        days.start.year == days.end.year
    )


def _reviewed_until(mention: PeriodMention, default: Governed | None) -> date | None:
    """Return the end of the year that an article without a date reviews, whose 今年 and 去年 count from there."""
    first = mention.first
    if first is None or first.anchor != "published" or mention.grain not in ("year", "part", "month"):
        return None
    return default.period.end if default and default.period and _is_whole_year(default) else None


def _is_so_far(mention: PeriodMention, published: date | None) -> bool:
    """Tell whether words run from New Year to a day of January: 今年以来."""
    this_year = mention.first is not None and mention.first.anchor == "published" and mention.first.year == 0
    return published is not None and published.month == 1 and mention.shape == "since" and this_year


def _is_last_year(default: Governed | None, published: date | None) -> bool:
    """Tell whether an article reviews the whole year before its publication."""
    return (
        default is not None
        and default.period is not None
        and published is not None
        and _is_whole_year(default)
        and default.period.start.year == published.year - 1
    )


def _context(text: Text, mention: PeriodMention, before: Sequence[Governed], default: Governed | None) -> Days | None:
    paragraph = text.paragraph_at(mention.start)
    sentence = text.sentence_at(mention.start)
    question = _question_before(text, paragraph)
    floor = question.start if question else paragraph.start
    passed: Period | None = None
    for governed in reversed(before[-_LOOK_BACK:]):
        if governed.mention.start < floor:
            break
        if governed.mention.role in _FIRSTS:
            continue
        lasting = _lasts(governed.mention)
        if mention.shape == "now" and not lasting:
            passed = passed or governed.period
        if passed and governed.period and governed.period.end.year < passed.start.year:
            break  # 2019年,……;今年6月,……。截至目前: of this year
        if governed.period and not lasting and mention.first and mention.first.anchor == "context":
            year = governed.period.start.year
            if mention.shape == "until" and default and default.period and default.period.start.year > year:
                continue  # 中心去年10月挂牌,……截至11月底: of the year that is reported on
            return Days(date(year, 1, 1), date(year, 12, 31))
        if governed.period and (lasting or governed.mention.start >= sentence.start):
            if mention.shape == "vague" and governed.mention.start < sentence.start:
                break
            if mention.shape in ("now", "until") and _is_passing(governed.mention):
                if mention.shape == "now" and _launches_here(text, governed, mention):
                    return Days(governed.period.start, governed.period.end)
                passed = passed or governed.period
                continue
            return Days(governed.period.start, governed.period.end)
    if passed and mention.shape == "now":
        return Days(date(passed.start.year, 1, 1), date(passed.start.year, 12, 31))
    if default is not None and _is_news(text, mention, default):
        return None
    dated = default.period if default and (mention.shape != "now" or default.mention.grain != "day") else None
    last = before[-1] if before and mention.shape == "now" and dated is None else None
    if last and last.period and _LAUNCH.search(text.view, last.mention.end, text.sentence_at(last.mention.start).end):
        dated = last.period  # 3月31日,……启动……。目前已登记9万人
    dated = dated or (default.period if default else None)
    return Days(dated.start, dated.end) if dated else None


def _launches_here(text: Text, governed: Governed, mention: PeriodMention) -> bool:
    """Tell whether a drive is said to have begun on a day that its sentence goes on from: 2月10日部署……,目前已…."""
    sentence = text.sentence_at(mention.start)
    begun = governed.mention.start >= sentence.start and _may_begin(governed, "")
    return begun and _DRIVE_LAUNCHED.search(text.view, governed.mention.end, mention.start) is not None


def _is_news(text: Text, mention: PeriodMention, default: Governed) -> bool:
    """Tell whether a day without a year is that of the news, in an opening before the year under review is named."""
    published = text.article.published
    if published is None or mention.grain not in ("day", "days") or mention.start > default.mention.start:
        return False
    days = resolve(mention, published, None)
    return days is not None and (published - days.end).days <= _NEWS_DAYS and mention.start < _lead_end(text, 1)


def _question_before(text: Text, paragraph: Paragraph) -> Paragraph | None:
    """Return the question that a paragraph answers: "记者:今年以来,有哪些新举措?" tells the time of the answer."""
    index = bisect_left(text.paragraphs, paragraph.start, key=_START) - 1
    before = text.paragraphs[index] if index >= 0 else None
    return before if before and _QUESTION.fullmatch(text.view, before.start, before.end) else None


def _is_passing(mention: PeriodMention) -> bool:
    """Tell whether a stretch is over before what runs on "until now" ends."""
    return mention.shape == "whole" or (mention.shape == "within" and mention.grain in ("day", "month", "months"))


def _since_launch(
    text: Text, mention: PeriodMention, launches: Sequence[tuple[PeriodMention, str]], published: date | None
) -> Period | None:
    """Return the days since a campaign began, where the article dates its launch in another sentence."""
    if _FOUNDED.search(mention.words):
        return _since_founding(text, mention, published)
    if _is_unnamed(text, mention):
        generic = _GENERIC_HEAD.search(mention.words)
        dated = [launch for launch, _ in launches if _DRIVE.search(launch.words)] or [launch for launch, _ in launches]
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
    return _since_its_year(text.view, name, published) if quoted else None


def _is_unnamed(text: Text, mention: PeriodMention) -> bool:
    """Tell whether words run since a drive began whose name they do not tell: 专项斗争开展以来."""
    before = text.view[max(0, mention.start - 2) : mention.start].removesuffix("此次").removesuffix("本次")
    return _UNNAMED.match(mention.words) is not None and not re.search("[一-龥”]$", before)


def _since_its_year(view: str, name: str, published: date | None) -> Period | None:
    """Return the days since the year of a campaign began, which its name or the words before it tell: “护航2023”."""
    told = re.search("20[0-9]{2}$", name) or re.search(f"20[0-9]{{2}}(?=年(?:度|全[国省市])?“{re.escape(name)}”)", view)
    year = int(told[0]) if told else 0
    return Period(date(year, 1, 1), published) if published and 0 <= published.year - year <= 1 else None


def _since_founding(text: Text, mention: PeriodMention, published: date | None) -> Period | None:
    """Return the days since a unit was founded, where a sentence before dates that: 2015年10月,……挂牌成立."""
    told = list(_FOUNDING.finditer(text.view, max(0, mention.start - _FOUNDING_REACH), mention.start))
    for found in told[:_FOUNDINGS]:
        sentence = text.sentence_at(found.start())
        for founding in find_periods(text.view, max(sentence.start, found.start() - _CLAUSE_LENGTH), found.start()):
            if founding.shape == "within" and founding.first:
                days = resolve(replace(founding, shape="since"), published, None)
                return Period(days.start, days.end) if days else None
    return None


def _launches(text: Text, mentions: Sequence[PeriodMention]) -> list[tuple[PeriodMention, str]]:
    """Return the days and months on which something is said to have begun, with the words around."""
    found = []
    for mention in mentions:
        if _may_launch(mention):
            sentence = text.sentence_at(mention.start)
            first, last = max(sentence.start, mention.start - 80), min(sentence.end, mention.end + 160)
            begins = mention.shape in ("from", "since") and _DRIVE_BEFORE.search(text.view, first, mention.start)
            if begins or _LAUNCH.search(text.view, mention.start, last):
                found.append((mention, text.view[first:last]))
                if len(found) == _LOOK_BACK:
                    break
    return found


def _may_launch(mention: PeriodMention) -> bool:
    """Tell whether a time is one from which something can have run: a day, a month, 2019年“雷霆”行动以来."""
    if mention.shape == "since" and _DRIVE.search(mention.words):
        return mention.role in ("period", "title")  # the year before a quoted name counts as that of a title
    begins = mention.first is not None and mention.first.months[0] == mention.first.months[1]
    return mention.role == "period" and (mention.grain in ("day", "month") or (mention.shape == "since" and begins))


def _change_end(view: str, mention: PeriodMention) -> int:
    """Return where the first of two ends: before the words of the change ("由2017年的87宗|降至52宗")."""
    clause = _CLAUSE.match(view, mention.end)
    end = clause.end() if clause else mention.end
    match = _BASIS.search(view, mention.end, end) or _CHANGE.search(view, mention.end, end)
    return match.start() if match else end


def _limit(view: str, mention: PeriodMention) -> int | None:
    """Return where a period ceases to govern inside its sentence, None where it holds to the end.

    The second of two ends with its change ("降至去年的52宗,降幅四成|"), the term of a drive with what is told of it.
    """
    if mention.shape == "term" or (mention.shape == "back" and _TERM_OF_DRIVE.match(view, mention.end)):
        end = view.find(";", mention.end)
        return end if end >= 0 else None
    if mention.rule == "period-closing" or mention.grain == "festival":
        end = view.find(";", mention.end)
        return end if end >= 0 else None
    if mention.grain == "month" and _MOVED.match(view, mention.end) and view.startswith(",", mention.start - 1):
        end = view.find(";", mention.end)
        return end if end >= 0 else None  # 7月降8.5%,8月降11%;返还资金…
    if mention.shape in ("since", "from") and (run := _ON_END.match(view, mention.end)):
        return run.end()  # 自5月起连续7个月下降,返还资金…
    if not _CHANGED_TO.search(view[max(0, mention.start - 6) : mention.start]):
        return None
    match = _CLAUSE_AND_AMOUNT.match(view, mention.end)
    return match.end() if match else None


def _baseline(view: str, mention: PeriodMention, period: Period | None, governing: Days | None) -> Period | None:
    """Return a baseline's days: a whole year takes the months of what is compared ("1-9月较2019年同期")."""
    if period is None or governing is None or mention.grain != "year" or governing.start.year != governing.end.year:
        return period
    if not view.startswith(("同期", "的同期"), mention.end):
        return period
    return Period(governing.start, governing.end).beginning_in(period.start.year)


def _carry(text: Text, governors: Sequence[Governed], default: Governed | None) -> Iterator[Governed | None]:
    """Yield, for each sentence, what governs where it names no period itself."""
    at = 0
    section: Governed | None = None
    paragraph: Paragraph | None = None
    state = _Carried(default)
    for sentence in text.sentences:
        here = text.paragraph_at(sentence.start)
        if here is not paragraph:
            paragraph = here
            if _question_before(text, here) is None and not text.view.startswith("其中", here.start):
                state = _Carried(section or default or state.lasting, drive=state.drive)
        words = text.view[sentence.start : sentence.end]
        same = state.day if _SAME_DAY.match(words) else state.drive if _DURING.match(words) else None
        yield same or (state.event if state.event and not _leaves(state.event, words, text) else state.lasting)
        settled = False
        while at < len(governors) and governors[at].mention.start < sentence.end:
            governed = governors[at]
            at += 1
            if (
                _is_unknown(governed)
                and not settled
                and not here.heading
                and _opens(text, governed.mention, sentence, here)
            ):
                state = replace(state, lasting=governed, event=None)
                continue
            if governed.period is None or settled or governed.mention.role in _FIRSTS:
                continue
            if _is_long_ago(governed.mention, text.article.published) and _FOUNDING.search(
                text.view,
                max(here.start, governed.mention.start - 8),
                min(sentence.end, governed.mention.end + _CLAUSE_LENGTH),
            ):
                continue  # 1981年建所: history
            if _is_founding_before(text.view, governed, default):
                continue  # 中心2020年6月成立,现有民警31名: in an account of later years
            if governed.mention.shape in ("since", "from") and _ON_END.match(text.view, governed.mention.end):
                continue  # 4月以来,城区连续3个月零发案: of that alone
            inside = here.start < sentence.start < governed.mention.start
            if inside and governed.mention.grain == "year" and _HONOURED.match(text.view, governed.mention.end):
                continue  # 某所2020年获评……: the award's year, not that of the sentences after it
            if _RELATIVE.match(text.view, governed.mention.end) and governed.mention.grain in ("day", "month"):
                continue  # 8月开展的“百日”战役中,……: of that campaign alone
            if here.heading:
                section = governed if _lasts(governed.mention) else section
            elif sentence.start > here.start and _is_of_a_drive(text.view, governed.mention):
                continue  # since a campaign began: for its own sentence, not for the year's account around it
            elif _opens(text, governed.mention, sentence, here):
                following = text.view[governed.mention.end : min(sentence.end, governed.mention.end + _CLAUSE_LENGTH)]
                state = replace(_after_mention(state, governed, following, default), drive=state.drive)
                if _BEGUN.search(following) and _may_begin(governed, following):
                    ended = _ended(text, governors[at : at + 1], sentence)
                    state = replace(state, drive=_running(governed, ended or text.article.published))
                settled = _lasts(governed.mention)


def _is_founding_before(view: str, governed: Governed, default: Governed | None) -> bool:
    """Tell whether words tell when something was founded, before the time that the article is about."""
    if governed.period is None or default is None or default.period is None:
        return False
    founded = _FOUNDED_THEN.match(view, governed.mention.end) is not None
    return founded and governed.mention.shape == "within" and governed.period.end < default.period.start


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


def _may_begin(governed: Governed, following: str) -> bool:
    """Tell whether a drive may have begun then: a month or a day, not days of a list on each of which one ran."""
    if governed.period is None or governed.mention.grain not in ("day", "month") or following.startswith("、"):
        return False
    return governed.mention.grain == "month" or governed.period.start == governed.period.end


def _is_of_a_drive(view: str, mention: PeriodMention) -> bool:
    """Tell whether a period runs since a campaign began: 自2018年1月专项斗争开展以来, 专项斗争2018年1月开展以来."""
    if mention.shape not in ("since", "back"):
        return False
    before = view[max(0, mention.start - 8) : mention.start]
    return _DRIVE.search(mention.words) is not None or _DRIVE_BEFORE.search(before) is not None


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


def _after_mention(state: _Carried, governed: Governed, following: str, default: Governed | None) -> _Carried:
    if _lasts(governed.mention) or (governed.mention.grain == "month" and _SUMS_UP.match(following)):
        return _Carried(governed)
    year = _year_around(governed, default) or state.lasting
    day = governed if governed.mention.grain in ("day", "days") else None
    of_years = day is None and _dates_itself(governed) and _is_long(default)
    passing = of_years or _MEETING.search(following) or _SAYS.search(following)
    return _Carried(year, None if passing else governed, day)


def _ended(text: Text, following: Sequence[Governed], sentence: Span) -> date | None:
    """Return the day on which the same sentence says that a drive ended: 6月1日启动、9月20日收官."""
    for governed in following:
        told = governed.period and governed.mention.start < sentence.end
        if told and governed.period and _CLOSED.match(text.view, governed.mention.end):
            return governed.period.end
    return None


def _running(governed: Governed, published: date | None) -> Governed:
    """Return a period from the day of a launch up to publication."""
    days = governed.period
    return replace(governed, period=Period(days.start, published)) if days and published else governed


def _dates_itself(governed: Governed) -> bool:
    """Tell whether the words of a period name its year: 2014年9月."""
    return governed.mention.names_year


def _is_long(default: Governed | None) -> bool:
    """Tell whether an article covers several years."""
    return default is not None and default.period is not None and (default.period.end - default.period.start).days > 400


def _year_around(governed: Governed, default: Governed | None) -> Governed | None:
    """Return the year of an event where the article covers several years ("今年6月,...。" goes on with this year)."""
    moment = governed.mention.first
    if moment is None or moment.anchor in ("context", "absolute") or governed.period is None:
        return None
    if default is None or default.period is None or not _is_long(default):
        return None
    start = date(governed.period.start.year, 1, 1)
    if start > default.period.end:
        return None  # 今年3月, in the account of three years that ended with the last
    return Governed(governed.mention, Period(start, min(date(start.year, 12, 31), default.period.end)))


def _opens(text: Text, mention: PeriodMention, sentence: Span, paragraph: Paragraph) -> bool:
    """Tell whether a period stands where it sets the time of what follows, not in passing."""
    before = text.view[max(sentence.start, mention.start - _INTRODUCTION) : mention.start]
    speaker = _SPEAKER.match(before)
    before = before[speaker.end() :] if speaker else before
    clause = before[max(before.rfind(mark) for mark in ",;:。") + 1 :]
    if "其中" in clause:
        return False
    if sentence.start == paragraph.start:
        return True
    return len(before) <= _CLAUSE_LENGTH and not re.search(r"[,;:]", before)
