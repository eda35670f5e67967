"""Dates that a page prints, and the date of publication that a text without one lets deduce."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from kg.resources import resource

_NUMERIC = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2}) ?([-/.—–]) ?(1[0-2]|0?[1-9])月? ?\2 ?(3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
_LABELLED = re.compile(r"(?:日期|时间)[:/] ?([0-9]{2})([-/.])(1[0-2]|0?[1-9])\2(3[01]|[12][0-9]|0?[1-9])(?![0-9])")
# nothing but digits, which are no date unless they have the line for themselves
_BARE = re.compile(
    r"(?:[^0-9:]{0,6}(?:日期|时间): ?)?((?:19|20)[0-9]{2})( ?)(1[0-2]|0[1-9])\2(3[01]|[12][0-9]|0[1-9])"
    r"(?: [0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?| ?(?:星期|周)[一二三四五六日天])*"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENGLISH = f"(?:{'|'.join(_MONTHS)})"
_YEAR_LAST = re.compile(
    r"(?<![0-9])(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12][0-9]|0?[1-9])[日号] ?,? ?"
    r"(?P<year>(?:19|20)[0-9]{2})(?![0-9年])"
    rf"|(?<![A-Za-z])(?P<name>{_ENGLISH})[a-z]*\.? ?(?P<second>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?,? ?"
    r"(?P<last>(?:19|20)[0-9]{2})(?![0-9])"
    rf"|(?<![0-9])(?P<first>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)? ?(?P<named>{_ENGLISH})[a-z]*\.?,? ?"
    r"(?P<end>(?:19|20)[0-9]{2})(?![0-9])"
)
# the parts of a stamp that stood in boxes of their own: 2022 07/ 07 11:03:06
_IN_BOXES = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2}) (1[0-2]|0[1-9]) ?/ ?(3[01]|[12][0-9]|0[1-9])(?= [0-2][0-9]:[0-5][0-9])"
)
_OTHER_ORDER = re.compile(
    r"(?<![0-9])(?:([0-3][0-9])([./-])([01][0-9])\2((?:19|20)[0-9]{2})"
    r"|([0-9]{2})-([01][0-9])-([0-3][0-9])(?= [0-2][0-9]:))"
)
_WRITTEN = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2}) ?年 ?(1[0-2]|0?[1-9]) ?月 ?(3[01]|[12][0-9]|0?[1-9]) ?[日号]"
    r"|([0〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
_DIGITS = {**dict.fromkeys("0〇零○", 0), **{c: i for i, c in enumerate("一二三四五六七八九", 1)}}
_ID_YEAR = re.compile(r"[^\W\d_]-((?:19|20)[0-9]{2})$")
_CHINESE_YEAR = re.compile(r"[0〇零○一二三四五六七八九]{4}(?=年)")

_MENTION = re.compile(
    r"(?=[0-9今本去上前往一二三首第])"
    r"(?:(?<![0-9])(?P<year>(?:19|20)[0-9]{2})年度?|(?P<this>今年|本年)|(?P<before>去年|上年|前年|往年))?"
    r"(?:以来)?[,的]?(?:前|截至|截止|至)?"
    r"(?:(?<![0-9.])(?P<month>1[0-2]|0?[1-9])(?:月份?)?(?:(?:[-~—至到、]{1,2}|—)(?P<to>1[0-2]|0?[1-9]))?"
    r"(?:月份?(?![0-9]*个)(?:(?P<day>3[01]|[12][0-9]|0?[1-9])(?:[日号]?(?:[-~—至到]{1,2})(?P<today>3[01]|[12][0-9]|0?[1-9])(?=[日号]))?[日号])?)"
    r"|(?P<part>上半年|一季度|第一季度|首季|二季度|第二季度|前三季度|三季度|第三季度))"
    r"|(?<![0-9])(?P<alone>(?:19|20)[0-9]{2})年"
)
_PARTS = {
    "一季度": (3, 31),
    "第一季度": (3, 31),
    "首季": (3, 31),
    "上半年": (6, 30),
    "二季度": (6, 30),
    "第二季度": (6, 30),
    "前三季度": (9, 30),
    "三季度": (9, 30),
    "第三季度": (9, 30),
}
# The year before a feast was first kept, or the year of the event that is remembered.
_YEAR_ZERO = {
    "警察节": 2020,
    "人民警察节": 2020,
    "中国人民警察节": 2020,
    "110宣传日": 1986,
    "国际禁毒日": 1987,
    "全国交通安全日": 2011,
    "经济犯罪宣传日": 2009,
    "国家安全教育日": 2015,
    "新中国成立": 1949,
    "中华人民共和国成立": 1949,
    "建国": 1949,
    "建党": 1921,
    "中国共产党成立": 1921,
    "改革开放": 1978,
}
_FEAST = "|".join(sorted(_YEAR_ZERO, key=len, reverse=True))
_ANNIVERSARY = re.compile(
    f"(?:第(?P<n>[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}})个|首个)[^,。;]{{0,20}}?(?P<day>{_FEAST})"
    f"|今年是[^,。;]{{0,12}}?(?P<event>{_FEAST})(?P<years>[0-9]{{1,3}})周年"
)
# 由2015年的16万起降至2022年的3.5万起 is over
_TO_COME = re.compile(
    r"(?:(?<![降升增减跌少加])[到至]|(?:力争|计划|迎接|展望|规划|预计|确保|面向|迈向|向着|将于|定于)[^,。;]{0,6})$"
)
_SPAN = re.compile("[-~—至到]{1,2}")
_UP_TO_NOW = re.compile(r"(?:截[至止]到?|自|由|以来,?[至到]|起[至到])$")
_COMPARED = re.compile(r"(?:较|比|与|同|对比|相比)$|(?:去年|上年)[^,。;()]{0,8}\($")
# since when something is there, or somebody what he is: no news
_FOUNDED = re.compile(
    "(?:(?:始|组|创|筹|新|扩)?建于|(?:成|设|创)立于|(?:建[所队站局]|成立|组建|建立|设立)(?:时间|日期|年份):)$"
)
_DISPATCH = re.compile(r"(?:社|网)[\u4e00-\u9fff]{0,8}?(1[0-2]|0?[1-9])月(3[01]|[12][0-9]|0?[1-9])日电")
_SOON = 3  # months after a beginning that is told with its year
_LATE = 21  # days after which a dispatch is no news
_SURNAMES = "".join(resource("mappings", "lexicons", "common_surname.tsv").read_text(encoding="utf-8").split()[1:])
_A_LIFE = 90  # characters of a sentence on it
_SET_UP = re.compile("(?:成立|建立|组建|始建|创建|设立|建成)(?:的|以来|至今|[,。;)]|$)")
_PERSON = re.compile(
    f"(?:[队所局组警科处室]长|民警|辅警|教导员|政委|主任|同志|警官)[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}[于自从在]?$|(?<![发产])生于$|毕业于$"
)
_NEW_YEAR = re.compile(r"年12月[0-9]{1,2}[日号][^,。;0-9]{0,4}[至到]$")  # one night, or a few days, not a drive to come
_OF_A_LIFE = re.compile("(?:[0-9]{1,2}月)?,?(?:入警|从警|参加(?:公安)?工作|参军|入伍|出生|毕业|退伍|转业|调入)")
_DRIVE = re.compile("[^。;]{0,8}?(?:开展|部署|为期|实施|推进|组织|规划|[三五]年)")  # years that may still run
_BEFORE_A_DAY = re.compile("前(?![夕后往来])")
_ASSESSED = re.compile(
    "[^,。;0-9]{0,12}?(?:综合)?(?:考核|考评|绩效评估)[^,。;0-9]{0,6}(?:位[居列]|名列|排名|列|居|获|第)"
)
_SINCE = re.compile(r"[份初底末]?(?:起|至今)|[^,。;]{0,20}?(?:以来|开始|启动)")
_NEWS = re.compile(r"[^。;]{0,36}?(?:发布|召开|举行|举办|通报|获悉|介绍|公布|记者|电|讯)")
_OPENING = 400
_NAMED_AFTER_YEAR = re.compile(
    r"(?<=[\u4e00-\u9fff·-])(20[0-9]{2})(?=[”』」])|(?<![0-9])(20[0-9]{2})年?(?=开局|新春|新征程|伊始)"
)
_PRESS_YEAR = re.compile("(?:召开|举行|举办)(20[0-9]{2})年(?!度)[^,。;]{0,24}?发布会")
_RANGE = re.compile(r"((?:19|20)[0-9]{2})年(?P<month>[0-9]{1,2}月(?:份|底|初)?)?[至到]$")
_DAY_RANGE = re.compile(r"((?:19|20)[0-9]{2})年(1[0-2]|0?[1-9])月(3[01]|[12][0-9]|0?[1-9])[日号](?:-{1,2}|[~—至到])$")
_LONGEST_DAY = 13  # characters
_A_MONTH = 31  # days that a stretch may have which is told by its first and last day and is over
_STREAK = re.compile(r"((?:19|20)[0-9]{2})年([0-9]{1,2})月(?!份?起?至(?!今))[^。;]{0,24}?连续([0-9]{1,3})个月")
_OWN_YEAR = re.compile(
    r"((?:19|20)[0-9]{2})年,?(?:(?:是|作为)[^,。;]{0,24}(?:之年|开局|关键|周年)|新的(?:一年|考卷|征程|起点))"
)
_BEGUN = re.compile("(?:19|20)[0-9]{2}年,?新的(?:一年|考卷|征程|起点)")
_CHANGED = re.compile(r"的?[^。,;]{0,12}[降升增减提下上到至]")
_PLANNED = re.compile(
    r"[^。;]{0,8}?(?:将|力争|计划(?!单列)|目标|规划|要(?!素|求|案|害)|准备(?:[筹新再建设]|在)|打算|工作(?:安排|要点|思路))|[前底]?[^。;]{0,3}前"
)
_EARLY_THIS_YEAR = re.compile("今年[12]月(?![至到—~-])")
_PLAN_TITLE = re.compile(r"《[^《》\n]{0,60}》")
_DATELINE = re.compile(r"[^。;]{0,3}(?:电|讯|消息)")
_YEAR_ENDS = re.compile(
    "(?:[岁歲]末|年末|年[终終])(?:[盘盤][点點]|回眸|回望|巡[礼禮]|收官|工作[总總][结結])|大[盘盤][点點]"
    "|最[后後][0-9一二两兩三四五六七八九十几幾]+[页頁天]|年度收官|即[将將][过過]去"
)
_CLOSED_YEAR = re.compile(
    r"一年来|全年|过去的?一年|这一年|(?:走过|告别|回顾|回望)[^,。;]{0,6}年|年终|年度|收官|年内|去年,"
)
_REVIEWED_YEAR = re.compile(r"((?:19|20)[0-9]{2})年度?[^,。;\n]{0,8}(?:回眸|回顾|盘点|综述|总结)")
# what a title of a yearly account says; a part of the year, a drive, or a feast makes it another
_YEARLY_TITLE = re.compile(
    r"(?<![0-9至到-])(?<![0-9年]—)(?<!年——)((?:19|20)[0-9]{2})年度?(?!上半年|下半年|[0-9])"
    r"(?:(?!半年|季度|专项|行动|期间|活动|以来|会议|[大两]会|发布会|[春秋夏冬月节日])[^,。;]){0,20}?(?:总结|回顾|综述|报告|盘点|述职|成绩单|答卷|回眸|扫描)[”\"]?"
    r"(?:[及和与暨、][^,。;]{0,16})?[\])]?$"
)
_PLAN_REVIEW = re.compile(
    '(十[一二三四五六七])五[”"]?(?:时期|期间|以来)?[^,。;]{0,16}(?:综述|回顾|回眸|总结|答卷|巡礼)[”"]?$'
)
_LIVED_YEAR = re.compile("(?<!将在)(?<!在)今年(?!工作|[^,。;]{0,6}(?:将|要|力争))")
# 2020年,我们的目标, said in the year before; 到2025年 may be far off
_NEXT_YEAR = re.compile(
    r"(?<![到至从向由自在0-9])(20[0-9]{2})年,?[^,。;0-9]{0,6}?(?:将|还?要(?!素|求|案|害)|的目标是|准备)"
)
_TOLD_LAST_YEAR = re.compile(r"(?:去年|上年)[^,。;()]{0,8}\(((?:19|20)[0-9]{2})年")
_YEARS_STREAK = re.compile(
    r"((?:19|20)[0-9]{2})年(?:以来|起|开始)[^。;]{0,24}?连续([0-9]{1,2}|[两三四五六七八九十]{1,2})年(?![^,。;]{0,4}月)"
)
# the day of the news without its month: 记者19日获悉, 本报某地6日电
_BARE_DAY = re.compile(
    r"(?<![0-9月至到~—、和及.-])(3[01]|[12][0-9]|[1-9])日"
    r"(?=电|讯|消息|,?[^,。;0-9]{0,20}(?:召开|举行|发布|通报|获悉|了解到|公布|介绍))"
)
_FEAST_BEFORE = re.compile(
    r"(1[0-2]|0?[1-9])月(3[01]|[12][0-9]|0?[1-9])[日号](?:是|为|系)[^,。;]{0,24}[日节][”\"]?[,。][^。;]*$"
)
# what comes in the first months of a year, when the news of it is of the same year
_EARLY_FEAST = re.compile("((?:19|20)[0-9]{2})年(?:春运|春节|元旦|元宵|新春)")
_WHOLE_YEAR = re.compile(r"全年[^,。;]{0,12}(?:同比|共|累计|破|抓|立|发|下降|上升)")
_LAST_YEAR = re.compile(r"(?<![较比与同])去年(?!同期|同比|同月|相比|下降|上升|增|减|提)")


def printed_date(spaced: str) -> date | None:
    """Return the first full date in a folded line, None where there is none.

    >>> printed_date("发布时间: 2022-01-10 10:31"), printed_date("二〇一六年十一月二十八日")
    (datetime.date(2022, 1, 10), datetime.date(2016, 11, 28))
    >>> printed_date("Mar 12, 2021"), printed_date("20210312"), printed_date("编号20210312")
    (datetime.date(2021, 3, 12), datetime.date(2021, 3, 12), None)
    """
    return next((found for found in _dates(spaced) if found), None)


def _dates(spaced: str) -> Iterator[date | None]:
    """Give the dates of a line, those of the usual forms first; None for what looks like one and is none."""
    key = spaced.replace(" ", "")
    for match in chain(_WRITTEN.finditer(spaced), _WRITTEN.finditer(key)):
        yield _written(match)
    for match in _NUMERIC.finditer(spaced):
        yield _day(int(match[1]), int(match[3]), int(match[4]))
    for match in _IN_BOXES.finditer(spaced):
        yield _day(int(match[1]), int(match[2]), int(match[3]))
    for match in _OTHER_ORDER.finditer(spaced):
        days = match[4], match[3], match[1]
        yield _day(*map(int, days if match[4] else (f"20{match[5]}", match[6], match[7])))
    for match in _LABELLED.finditer(spaced):
        yield _day(2000 + int(match[1]), int(match[3]), int(match[4]))
    if bare := _BARE.fullmatch(spaced.strip()):
        yield _day(int(bare[1]), int(bare[3]), int(bare[4]))
    for match in _YEAR_LAST.finditer(spaced):
        year, month, day = match["year"] or match["last"] or match["end"], match["month"], match["day"]
        name = match["name"] or match["named"]
        yield _day(
            int(year), _MONTHS.index(name) + 1 if name else int(month), int(day or match["second"] or match["first"])
        )


def _written(match: re.Match[str]) -> date | None:
    if match[1]:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    return _day(_chinese_year(match[4]), _chinese_small(match[5]), _chinese_small(match[6]))


def _chinese_year(digits: str) -> int:
    return int("".join(str(_DIGITS[c]) for c in digits))


def _chinese_small(word: str) -> int:
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _DIGITS[word] if len(word) == 1 else 0
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year >= 1949 else None


_LAST_YEAR_TOLD = re.compile("(?<![较比从与和跟同由])去年(?!同期|同比|的[0-9])")  # not what 今年 is held against


@dataclass(frozen=True, slots=True)
class _Mention:
    """A time that the text names, as far as it names it.

    ``dateline``: the day of writing itself. ``compared``: a year that figures are held against. ``start``: since when.
    ``news``: the day of an event that the opening reports. ``this``: "今年" stands before it.
    ``annual``: a whole year that is judged ("2012年度先进单位"). ``whole``: the last of several whole years.
    """

    year: int | None
    month: int | None
    day: int | None
    dateline: bool = False
    compared: bool = False
    start: bool = False
    news: bool = False
    this: bool = False
    annual: bool = False
    whole: bool = False


def year_of_id(id: str) -> int | None:
    """Return the year at the end of an article's id, by which archives file what prints no date.

    >>> year_of_id("meishan-2009"), year_of_id("notice-20091231"), year_of_id("art_31_2031")
    (2009, None, None)
    """
    match = _ID_YEAR.search(id)
    return int(match[1]) if match else None


def deduced_date(keys: str, filed: int | None = None, title: str = "") -> date | None:
    """Return when a text without a printed date was published, judged by the latest time that it speaks of.

    The day after the last dated event; the end of the last month or part of a year; January of the year after the one
    that a review is about. ``filed`` is the year under which the article is kept: a text that speaks of the year before
    is of that one, and where it names no year, its news is, and else all of it. None where neither names one. ``keys``
    is the folded text without blanks, paragraphs separated by line ends, ``title`` the like.

    >>> deduced_date("9月5日,新闻发布会举行。2025年,全市刑事案件下降。")
    datetime.date(2025, 9, 6)
    >>> deduced_date("2024年1-9月,全市刑事案件立案数下降。")
    datetime.date(2024, 9, 30)
    """
    text = _PLAN_TITLE.sub("", _CHINESE_YEAR.sub(lambda m: str(_chinese_year(m[0])), keys))
    found = _judged(text, filed, title)
    bare = _BARE_DAY.search(text[:_OPENING])
    return _on_the_day(found, int(bare[1]), text, bare.start()) if found and bare else found


def day_of_writing(keys: str, printed: date) -> date | None:
    """Return the day of an agency's dispatch where the page has taken it up only weeks later, else None.

    ``keys`` is the opening of the folded text without blanks. "今年以来" runs to the day of the dispatch.

    >>> day_of_writing("新华社海口2月24日电(记者甲)今年以来,破案9起。", date(2022, 3, 28))
    datetime.date(2022, 2, 24)
    >>> day_of_writing("新华社海口2月24日电(记者甲)今年以来,破案9起。", date(2022, 2, 25)) is None
    True
    """
    told = _DISPATCH.search(keys)
    written = _day(printed.year, int(told[1]), int(told[2])) if told else None
    return written if written and (printed - written).days > _LATE else None


def is_long_after(title: str, printed: date) -> bool:
    """Tell whether a page prints a day years after the one year that its title says the text accounts for.

    >>> [is_long_after("某县公安局2015年工作总结", date(year, 3, 12)) for year in (2016, 2019)]
    [False, True]
    """
    year = _reviewed_year(title)
    return bool(year) and printed.year - year > 1


def _on_the_day(found: date, day: int, text: str, at: int) -> date:
    """Return the day of the news that stands without a month at a place of the text, by what is deduced without it.

    It is in the month of a feast that is told before it; else the next such day after the last event.
    """
    feast = _FEAST_BEFORE.search(text[:at])
    if feast and (dated := _day(found.year, int(feast[1]), day)):
        kept = _day(found.year, int(feast[1]), int(feast[2]))
        return dated if kept and found == kept + timedelta(days=1) else found
    if any(m.day and (m.news or m.dateline) for m, _ in _mentions(text)):
        return found
    if (found.month, found.day) == (12, 31):
        return found  # as good as no day
    days = (found + timedelta(days=n) for n in range(-1, 62))
    return next((then for then in days if then.day == day), found)


def _judged(text: str, filed: int | None, title: str) -> date | None:
    """Return the day after the last event, the end of the last span of time or what a review tells."""
    mentions, planned = [], 0
    for mention, to_come in _mentions(text):
        if to_come:
            planned = max(planned, mention.year or 0)
        else:
            mentions.append(mention)
    named = [int(match[1] or match[2]) for match in _NAMED_AFTER_YEAR.finditer(text)]
    mentions += [_Mention(year, None, None) for year in _streak_years(text)]
    latest = max([*(m.year for m in mentions if m.year and not m.compared), *named], default=0)
    streak = _streak_end(text)
    if _reviewed_year(title) == latest and latest and (found := _of_yearly_account(text, mentions, latest)):
        return found
    writing = _told_year(text, mentions, latest) or _year_of_writing(
        text, mentions, latest, planned, max(named, default=0)
    )
    if streak and streak.year > max(latest, writing):
        writing = streak.year
    if not writing and filed:
        heard = [m for m in mentions if m.news or m.dateline]
        if not heard and _BARE_DAY.search(text[:_OPENING]):
            heard = mentions  # its day says that it is news, of what was told last
        return max((end for m in _with_years(heard, filed) if (end := _end(m))), default=date(filed, 12, 31))
    if not writing:
        return None
    if filed and filed > writing:
        writing = filed  # nobody files an article under a year to come
    early = _EARLY_THIS_YEAR.search(text) is not None  # 今年1月10日, in a look back on the year before
    if filed == latest == writing - 1 and "今年" in text and not _LAST_YEAR_TOLD.search(text) and not early:
        return date(filed, 12, 31)  # what it calls 今年 is the year it is kept under
    this_year = [mention for mention in _with_years(mentions, writing) if mention.year == writing]
    ends = [end for mention in this_year if (end := _end(mention)) is not None and not _begins(mention)]
    if ends and writing == latest and _YEAR_ENDS.search(text[:_OPENING]):
        return date(writing, 12, 31)  # a look back on the whole year, whatever its last event
    if ends and max(ends).month < 10 and _following(text) == writing + 1:
        return date(writing, 12, 31)  # plans for the next year come at the end of this
    if ends:
        return max(ends)
    if streak and streak.year == writing:
        return streak
    spent = (writing == latest or "今年" in text) and not _BEGUN.search(text)
    return date(writing, 12, 31) if spent else date(writing, 1, 15)


def _reviewed_year(title: str) -> int:
    """Return the year, or the last year of the plan, that a title says the text looks back on; 0 where it says none."""
    year = _YEARLY_TITLE.search(_CHINESE_YEAR.sub(lambda m: str(_chinese_year(m[0])), title))
    if year:
        return int(year[1])
    plan = _PLAN_REVIEW.search(title)
    return 1955 + 5 * _chinese_small(plan[1]) if plan else 0  # the tenth ended in 2005


def _of_yearly_account(text: str, mentions: list[_Mention], year: int) -> date | None:
    """Return when the account of a whole year was given, None where its last days are told.

    A month in it is none of news; what the account calls this year is the one it is of.
    """
    if _YEAR_ENDS.search(text[:_OPENING]) or _EARLY_THIS_YEAR.search(text):
        return None
    if _LIVED_YEAR.search(text) and not _LAST_YEAR_TOLD.search(text):
        return date(year, 12, 31)
    news = next((m for m in mentions if m.news), None)
    if news and (news.month or 12) <= 3:
        return _end(replace(news, year=year + 1))
    told = [m for m in _with_years(mentions, year) if m.year == year and m.month == 12 and m.day]
    return None if told else date(year + 1, 1, 15)


def _told_year(text: str, mentions: list[_Mention], latest: int) -> int:
    """Return the year of writing where the text tells it: by a feast, by what it calls this year and the last one.

    0 where nothing does, or a year later than that is named.
    """
    if year := _anniversary_year(text):
        return year
    days = {(m.month, m.day) for m in mentions if m.this and m.day}
    same = [m.year for m in mentions if m.year and m.day and (m.month, m.day) in days]
    last = [int(match[1]) + 1 for match in _TOLD_LAST_YEAR.finditer(text)]
    told = {year for year in same or last if year}  # 今年4月1日起 and 2016年4月1日起 are one day
    return max(told) if len(told) == 1 and max(told) >= latest else 0


def _anniversary_year(text: str) -> int:
    """Return the year that a counted feast in the opening tells: "第33个110宣传日" is 2019. 0 where none does."""
    match = _ANNIVERSARY.search(text)
    if match is None or (match["day"] and match.start() > _OPENING):
        return 0
    zero = _YEAR_ZERO[match["day"] or match["event"]]
    words = match["n"] or match["years"] or "1"
    number = int(words) if words.isdigit() else _chinese_small(words)
    year = zero + number
    before = text[max(0, match.start() - 12) : match.start()]
    named = re.search("((?:19|20)[0-9]{2})年", before)
    return 0 if named and int(named[1]) != year else year


def _streak_end(text: str) -> date | None:
    """Return the end of the month until which "2020年3月以来连续35个月" lasted."""
    ends = []
    for match in _STREAK.finditer(text):
        year, month = divmod(int(match[1]) * 12 + int(match[2]) - 1 + int(match[3]) - 1, 12)
        if 1949 <= year <= 2099:
            ends.append(date(year, month + 1, monthrange(year, month + 1)[1]))
    return max(ends, default=None)


def _following(text: str) -> int:
    """Return the next year, where one who speaks of this year plans for it; else 0."""
    years = (int(match[1]) for match in _NEXT_YEAR.finditer(text)) if "今年以来" in text else ()
    return max(years, default=0)


def _streak_years(text: str) -> Iterator[int]:
    """Give the last years of "自2011年以来,连续7年", all of which are past."""
    for match in _YEARS_STREAK.finditer(text):
        count = int(match[2]) if match[2].isdigit() else _chinese_small(match[2].replace("两", "二"))
        if 1 < count <= 40 and int(match[1]) + count - 1 <= 2099:
            yield int(match[1]) + count - 1


def _year_of_writing(text: str, mentions: list[_Mention], latest: int, planned: int, current: int) -> int:
    """Return the year of writing, 0 where it stays open: the latest year named, or the next where that one is over.

    ``current`` is a year that a campaign or a greeting names as the present one.
    """
    this_year = "今年" in text
    compared = max((m.year for m in mentions if m.year and m.compared), default=0)
    if this_year and compared > latest:
        return compared + 1
    if latest and _YEAR_ENDS.search(text[:_OPENING]) and not re.search(f"{latest + 1}年", text):
        return latest
    if planned == latest + 1 and latest and (this_year or _CLOSED_YEAR.search(text)):
        return latest if "今年以来" in text else planned
    if (following := _following(text)) > latest + 1:
        return following - 1
    known = [m for m in mentions if m.year == latest and not m.compared]
    press = _PRESS_YEAR.search(text)
    if press and int(press[1]) == latest and "去年" in text and len(known) == 1:
        return latest  # 召开2026年……新闻发布会, on the year before
    news = next((m for m in mentions if m.news), None)
    early = news is not None and (news.month or 12) <= 3
    feasts = sum(int(match[1]) == latest for match in _EARLY_FEAST.finditer(text))
    months = [m.month for m in mentions if m.month and not m.compared]
    if feasts and feasts == len(known) and (early or (news is None and months and max(months) <= 4)):
        return latest
    if news is not None and (news.month or 12) < 12 and any(m.whole for m in known) and not this_year:
        return latest + 1
    if dated := [m for m in known if m.month and not m.start]:
        reviewed = _REVIEWED_YEAR.search(text[:_OPENING])
        over = not this_year or (reviewed is not None and int(reviewed[1]) == latest)
        if over and len(known) > len(dated) and _WHOLE_YEAR.search(text):
            return latest + 1
        last = max((m.month or 0, m.day or 0) for m in dated)
        return latest + (news is not None and early and last[0] > 9 and (news.month or 0, news.day or 0) < last)
    if known and all(m.start for m in known):
        late = news is not None and news.dateline and (news.month or 0) > 6 and not all(m.month for m in known)
        begun = {m.month or 0 for m in known}
        soon = news is not None and len(begun) == 1 and 0 <= (news.month or 0) - min(begun) <= _SOON
        if soon and min(begun) and not this_year:
            return latest  # 8月3日电:2023年6月至今
        if not late and (this_year or (news and all(m.month for m in known))):
            return 0
        return latest + early
    closed = _CLOSED_YEAR.search(text) is not None
    last_year = _LAST_YEAR.search(text) is not None
    if (
        not known
        or (latest == current and (this_year or not (closed or last_year)))
        or len(known) < sum(m.year == latest - 1 for m in mentions)
    ):
        return latest
    if any(int(match[1]) == latest for match in _OWN_YEAR.finditer(text)):
        return latest
    if news is not None and (news.month or 0) > 9 and all(m.annual for m in known):
        return latest
    judged = any(m.annual for m in known) and news is not None and (news.month or 12) <= 6
    if this_year or early or last_year or judged or all(m.annual for m in known):
        return latest + 1
    return latest + (news is None and (closed or not any(m.month and not m.compared for m in mentions)))


def _mentions(text: str) -> Iterator[tuple[_Mention, bool]]:
    """Yield the times that a text names, and whether they are told of as still to come."""
    held, life = 0, -_A_LIFE  # where what figures are held against ends; where somebody's life is told
    for match in _MENTION.finditer(text):
        year = match["year"] or match["alone"]
        before = text[max(0, match.start() - 12) : match.start()]
        after = text[match.end() : match.end() + 40]
        compared = bool(_COMPARED.search(before)) or (before.endswith(("从", "由")) and bool(_CHANGED.match(after)))
        compared = compared or bool(match["day"] and _BEFORE_A_DAY.match(after))  # 2014年3月1日前上网的逃犯
        compared = compared or (not year and held > 0 and bool(_SPAN.fullmatch(text[held : match.start()])))
        held = match.end() if compared else 0
        if match["before"] or (compared and not year):
            continue
        if year and (_PERSON.search(before) or _OF_A_LIFE.match(after)):
            life = match.end()
        lived = match.start() - life < _A_LIFE and "。" not in text[life : match.start()]
        if year and (lived or _FOUNDED.search(before) or _SET_UP.match(after)):
            continue
        begun = _RANGE.search(before) if year else None
        if begun and begun["month"] and int(year) - int(begun[1]) <= 1:
            yield _Mention(int(year), None, None), False
            continue
        over = bool(
            match["day"]
            and match["month"] in ("1", "01")
            and _NEW_YEAR.search(text[max(0, match.start() - 20) : match.start()])
        )
        over = over or _is_short(text[max(0, match.start() - _LONGEST_DAY) : match.start()], match)
        over = over or (begun is not None and (bool(match["day"]) or after.startswith((",", "全", "间", "期间"))))
        to_come = bool(year) and bool(_TO_COME.search(before)) and not over and not _UP_TO_NOW.search(before)
        to_come = to_come or (bool(year) and not match["month"] and bool(_PLANNED.match(after)))
        month, day = match["to"] or match["month"], match["today"] or match["day"]
        if match["part"]:
            month, day = map(str, _PARTS[match["part"]])
        yield (
            _Mention(
                int(year) if year else None,
                int(month) if month else None,
                int(day) if day else None,
                bool(_DATELINE.match(after)) or bool(match["part"]),
                compared,
                bool(year and _SINCE.match(after)),
                bool(day) and not year and match.start() < _OPENING and bool(_NEWS.match(after)),
                bool(match["this"]),
                after.startswith("度") or (bool(year) and bool(_ASSESSED.match(after))),
                begun is not None and not begun["month"] and not match["month"] and not _DRIVE.match(after),
            ),
            to_come,
        )


def _is_short(before: str, last: re.Match[str]) -> bool:
    """Tell whether a full day ends some days that another one begins: 上周(2021年5月3日至2021年5月9日)."""
    first = _DAY_RANGE.search(before)
    if first is None or not (last["year"] and last["day"]):
        return False
    begun = _day(int(first[1]), int(first[2]), int(first[3]))
    ended = _day(int(last["year"]), int(last["month"]), int(last["day"]))
    return begun is not None and ended is not None and 0 <= (ended - begun).days <= _A_MONTH


def _with_years(mentions: list[_Mention], writing: int) -> Iterator[_Mention]:
    """Give each mention the year that stands before it; news, "今年" and what stands before any get that of writing."""
    running = writing
    for mention in mentions:
        if mention.compared:
            continue
        if mention.year:
            running = mention.year
        own = writing if (mention.news or mention.this) and not mention.year else running
        yield _Mention(own, mention.month, mention.day, mention.dateline, start=mention.start)


def _begins(mention: _Mention) -> bool:
    """Tell whether a month is that since which something runs, and no more: 2020年6月以来."""
    return mention.start and mention.day is None


def _end(mention: _Mention) -> date | None:
    """Return the first day on which the mention can have been written; None for a bare year."""
    if mention.year is None or mention.month is None:
        return None
    if mention.day is None:
        return date(mention.year, mention.month, monthrange(mention.year, mention.month)[1])
    found = _day(mention.year, mention.month, mention.day)
    return found if found is None or mention.dateline else found + timedelta(days=1)
