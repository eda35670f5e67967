"""Facets of an indicator: what a metric is about, and what it counts or measures of it.

Enters: an indicator, the unit and kind of its metric. Leaves: two names of concepts, those of the schemes in
``ontology/indicators.ttl``. Words decide, by the lexicons ``facet_subject`` and ``facet_aspect``, so that a phrase
never seen before gets its facets too: words of higher rank win, and of equals the last, since a Chinese phrase ends in
its head. Ranks say "specific before general": "命案" stands above "刑事案件", which stands above the hint "破获".

What no word tells follows from the other facet where that suffices (``facet_default``): what was publicised is
publicity, and so many thefts more or less are thefts that occurred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.facts.cue import cue
from kg.mentions.lexicon import Row, alternation, load_lexicon
from kg.patterns import compile_once

_CLOSING = "”’》)"
_LENGTHS_OF_TIME = {"processing-time", "response", "duration"}
_SAYS_WHAT_IS_COUNTED = {"case", "person", "matter", "money", "time", "share"}
# What an indicator counts is said by the verb that it opens with, where that verb has these things for its object.
_OPENS: dict[str | None, set[str]] = {
    "case": {"solved", "accepted"},
    "person": {"arrests", "criminally-detained", "deployed", "formally-arrested", "prosecuted", "recruited"},
    "matter": {"accepted"},
    None: {"accepted", "built", "handled"},
}
_NAMES_A_FIELD = 3  # the rank from which a word tells what a phrase is about; those below are hints
_BINDS = 6  # the rank from which another verb of the phrase tells more than the one that opens it
_HINTS = 1  # the rank of words that tell an aspect only where no verb does
_RATE = "率"
# What a rate is of, by what the words before 率 count, where no lexicon has the rate itself: "三包登记率".
_RATE_OF: dict[str | None, str] = {
    **dict.fromkeys(
        ("built", "collected", "deployed", "equipped", "events", "inspected", "registered", "stock"), "coverage"
    ),
    **dict.fromkeys(
        (None, "accepted", "handled", "issued", "penalised", "reported", "served", "solved"), "completion-rate"
    ),
}
_MARKS = str.maketrans("（）", "()", "“”‘’《》")
_QUOTED = re.compile("“[^“”]*”|‘[^‘’]*’")
_NOT_OF_PERSONS = {"events", "operations"}
# What is measured in time is handled within it: "轻微事故平均处理时间".
_HANDLED_IN_TIME = {"accepted", "handled", "issued", "registered", "resolved", "solved"}
_DONE_AT_A_COUNTER = {"handled", "issued"}
_ON_THE_WAY = {
    *("arrests", "deployed", "extent", "handled", "inspected", "issued", "served", "solved", "transported", "visited")
}
_DONE_FOR_PEOPLE = {None, "accepted", "handled", "issued", "penalised"}
_OF_CASEWORK = {None, "arrests", "deployed", "dismantled", "distance", "inspected", "solved"}
# Of money nothing is caught, broken up or taken on: it was in the case, or lost.
_OF_MONEY: dict[str | None, str] = {
    **dict.fromkeys(("arrests", "dens-destroyed", "dismantled", "recruited", "solved"), "amount-involved"),
    "occurred": "losses",
}
_OF_SERVICES = {
    *("entry-exit", "foreigners", "household-registration", "id-cards", "online-services", "residence-permits"),
    *("service-windows", "services", "vehicle-services"),
}
# Aspects that mean another one of some subjects: what nobody may have is seized, not given back.
_ASPECT_OF = {
    ("drink-driving", "solved"): "penalised",
    ("speeding-overloading", "solved"): "penalised",
    ("traffic-violations", "solved"): "penalised",
    ("discipline", "handled"): "disciplined",
    ("discipline", "penalised"): "disciplined",
    ("drugs", "property-recovered"): "seized",
    ("environmental-crime", "found"): "assisted",
    ("fugitives", "strength"): "arrests",
    ("weapons", "property-recovered"): "seized",
    ("disputes", "completion-rate"): "resolution-rate",
    ("disputes", "handled"): "resolved",
    ("traffic-violations", "removed"): "penalised",
    **{(field, "removed"): "rectified" for field in ("fire", "rail", "safety", "traffic")},
    ("police-equipment", "events"): "deployed",
    **{(field, "transported"): "handled" for field in ("hotline", "petitions", "police-calls")},
    **{("police-welfare", way): "served" for way in ("completed", "deployed", "participants")},
}
_THEFTS = {"burglary", "property-crime", "telecom-fraud", "theft", "vehicle-theft"}
_FORCE = {"crime-prevention", "patrol", "police-force", "staffing"}
_HARM = {"casualties", "deaths", "injuries", "losses"}
_TAKEN_FROM_OFFENDERS = {"assets-frozen", "funds-returned", "property-recovered", "seized"}
_MEANS = {
    *("data", "facilities", "police-equipment", "publicity", "services", "staffing", "technology"),
    *("training", "video-surveillance"),
}
_LOOKED_FOR = {"found", "hazards-found", "inspected", "issued", "solved"}
_NOT_SEIZED: dict[str | None, str] = {"case": "solved", "person": "arrests"}
_TOTAL = re.compile("[数量总]$")
_OF_A_CASE = {"amount-involved", "deaths", "injuries", "losses"}


@dataclass(frozen=True, slots=True)
class Facets:
    """Names of concepts: ``subject`` in the scheme of subjects, ``aspect`` in that of aspects; None where unknown."""

    subject: str | None
    aspect: str | None


@lru_cache(maxsize=16384)
def read_facets(indicator: str, unit: str | None, kind: str) -> Facets:
    """Return the facets that the words of an indicator tell, with its unit and kind as hints.

    >>> read_facets("电信网络诈骗案件破案率", "%", "share")
    Facets(subject='telecom-fraud', aspect='clearance-rate')
    >>> read_facets("破获偷渡案件", "人", "count").aspect
    'arrests'
    >>> read_facets("其他", "个", "count")
    Facets(subject=None, aspect=None)
    """
    counted = _counted(unit, kind) or _counted_by_head(indicator, unit, kind)
    subject = _subject(indicator.translate(_MARKS))
    measured = load_lexicon("facet_unit").get(unit or "", "concept")
    aspect = _aspect(indicator, counted) or (measured if measured != "eradicated" or subject == "drugs" else None)
    aspect = _of_head(aspect, indicator, counted, kind, measured)
    if subject == "theft" and cue("facet-vehicle").search(indicator):
        subject = "vehicle-theft"  # "盗窃旅游车辆"
    aspect = _of_field(aspect, subject, indicator, counted, kind)
    if aspect is None and counted is None and unit and kind == "count" and _is_a_thing(indicator):
        aspect = "stock"  # "机动车": a thing and nothing else
    aspect = _ASPECT_OF.get((subject or "", aspect or ""), aspect)
    subject = _subject_of(subject, aspect)
    if aspect in ("deaths", "injuries") and cue("facet-officers").search(indicator):
        subject = "police-casualties"
    if aspect == "assisted" and subject == "public-assistance" and cue("facet-for-officers").search(indicator):
        subject = "police-welfare"  # "解决民警住房困难"
    if aspect in _TAKEN_FROM_OFFENDERS and "被盗" in indicator and subject not in _THEFTS:
        subject = "theft"  # "追回被盗香烟": stolen, not counterfeit
    if subject and not aspect and (kind == "change" or counted == "case"):
        aspect = _default(subject)
    aspect = _of_kind(aspect, indicator, kind)
    return Facets(subject or (aspect and _default(aspect)), aspect)


def _of_head(aspect: str | None, indicator: str, counted: str | None, kind: str, measured: str | None) -> str | None:
    """Return the aspect that the end of the phrase and its unit make of the one that its words tell."""
    if _ends(indicator, "clues") and (
        aspect == "collected" or (aspect in _LOOKED_FOR and cue("facet-yielded").search(indicator))
    ):
        return "clues"
    if aspect in ("equipped", "recruited") and _ends(indicator, "records"):
        return "collected"  # "更新人口信息": neither gear nor staff
    if aspect == "seized" and counted in _NOT_SEIZED:
        return _NOT_SEIZED[counted]  # "挖出保护伞": of people and cases nothing is seized
    if aspect in _OF_A_CASE and (counted == "case" or kind == "change") and _ends(indicator, "case"):
        return "occurred"  # "损失超过万元的盗窃案件": cases, not losses
    if aspect == "trained" and _ends(indicator, "course"):
        return "events"  # "举办轮训班": courses are counted
    if aspect == "funds-returned" and measured == "events" and _ends(indicator, "event"):
        return "events"  # "组织集中返还活动"
    if measured == "distance" and aspect in _ON_THE_WAY:
        return "distance"  # "追踪20公里"
    if aspect == "built" and cue("facet-without").search(indicator):
        return "achieved"  # "建成“无诈校园”": a standard was reached, nothing was built
    if aspect in _DONE_FOR_PEOPLE and kind == "count" and counted is None and cue("facet-can-be-had").search(indicator):
        return "services-offered"
    if aspect in _OF_CASEWORK and counted is None and _ends(indicator, "places"):
        return "extent"  # "抓捕足迹遍及省份"
    if counted == "money":
        return _OF_MONEY.get(aspect, aspect)
    if counted == "person":
        if aspect is None and indicator.endswith("警"):
            return "strength"
        if aspect == "response":
            return "deployed"  # "民警赶到现场": officers are counted, not minutes
        if aspect == "publicised" and "覆盖" in indicator:
            return "audience"
    return aspect


def _of_field(aspect: str | None, subject: str | None, indicator: str, counted: str | None, kind: str) -> str | None:
    """Return the aspect that the subject makes of it."""
    if aspect == "events" and counted == "person":
        return "deployed" if subject in _FORCE else "participants"  # "警力开展巡逻": people are counted
    if aspect == "stock" and _TOTAL.search(indicator) and _default(subject or "") in ("occurred", "reported"):
        return _default(subject or "")  # "治安案件总数": as many as occurred
    if aspect in ("built", "piloted") and subject in _OF_SERVICES and _ends(indicator, "service"):
        return "services-offered"  # "新增“跨省通办”业务"
    return aspect


def _of_kind(aspect: str | None, indicator: str, kind: str) -> str | None:
    """Return the aspect that the kind of the metric makes of it."""
    if aspect in _HANDLED_IN_TIME and _ends(indicator, "time"):
        aspect = "processing-time"
    if kind == "duration" and aspect in _DONE_AT_A_COUNTER:
        return "processing-time"
    if kind == "duration" and aspect == "alerts":
        return "response"
    if kind == "duration" and aspect not in _LENGTHS_OF_TIME:
        return "duration"
    if kind == "rank" and (aspect in (None, "events", "operations") or cue("facet-contest").search(indicator)):
        return "assessment"  # "禁毒工作居全省第一": the work is ranked, not counted
    return aspect


def _ends(phrase: str, *uses: str) -> bool:
    """Tell whether a phrase ends in a word of one of these uses: "比武活动" in an event."""
    return phrase.endswith(_words(uses))


@cache
def _words(uses: tuple[str, ...]) -> tuple[str, ...]:
    lexicon = load_lexicon("facet_use")
    return tuple(word for word in lexicon.rows if lexicon.get(word, "use") in uses)


def _is_a_thing(indicator: str) -> bool:
    return indicator in load_lexicon("facet_subject").rows


def _counted_by_head(indicator: str, unit: str | None, kind: str) -> str | None:
    """Return what the head of a phrase counts where its unit does not tell: "侦办恶势力团伙案件" in 件.

    So of whom a change or a rank is: "查获的外流贩毒人员" more or less.
    """
    if unit in (None, "%", "件") and kind in ("change", "count") and _ends(indicator, "person"):
        return "person"
    return "case" if unit == "件" and _ends(indicator, "case", "trouble") else None


def _subject_of(subject: str | None, aspect: str | None) -> str | None:
    """Return the subject that an aspect makes of another one."""
    match subject, aspect:
        case _, "honoured":
            return "commendation"  # "民警当选优秀人民警察": the award is counted, not the force
        case _, "sense-of-security":
            return "public-evaluation"  # "林区群众安全感": the public was asked, wherever it lives
        case "traffic", _ if aspect in _HARM:
            return "traffic-accidents"
        case "police-work", "awareness" | "satisfaction":
            return "public-evaluation"  # "平安建设知晓率": the public was asked
        case "staffing" | None, "response":
            return "police-calls"  # "民警到达现场"
        case "police-posts" | "staffing" | "facilities", "occurred" | "arrests":
            return "crime"  # "渔排警务室零发案": no crime of the post's
        case "staffing", "assisted":
            return "public-assistance"  # "救出车内人员"
        case "rail", "assisted" | "found":
            return "public-assistance"  # "帮助旅客找回遗失物品": a service, wherever it is done
        case (None | "fraud" | "publicity", "alerts" | "dissuaded") | ("fraud", "assets-frozen"):
            return "telecom-fraud"  # "阻断诈骗": of other frauds nobody warns while they are going on
        case _ if subject in _MEANS and aspect in _TAKEN_FROM_OFFENDERS:
            return "crime"  # "查扣电子设备": not the means of the police
    return subject


def _default(concept: str) -> str | None:
    return load_lexicon("facet_default").get(concept, "other")


def _subject(indicator: str) -> str | None:
    # "零发案社区占全市社区总数": what stands behind 占 is the whole, not the subject
    part = cue("facet-share-of").split(indicator, maxsplit=1)[0]
    phrase = part or indicator
    # "打架斗殴、涉黄、涉毒等治安案件": what stands before 等 are examples of what stands behind it
    kind_of_all = cue("facet-and-the-like").split(phrase)[-1]
    for words in (kind_of_all, phrase) if kind_of_all != phrase else (phrase,):
        best = _strongest(row for _, row in _rows("facet_subject", words))
        if best and (words is phrase or int(best["rank"]) >= _NAMES_A_FIELD):
            return best["concept"]
    return None


def _aspect(indicator: str, counted: str | None) -> str | None:
    phrase = indicator.rstrip(_CLOSING)
    rows = [
        (match, row)
        for match, row in _rows("facet_aspect", phrase)
        # "破获虚假投资理财诈骗案": nobody invests in cases and people
        if _stands(row["place"], match) and (row["concept"] != "investment" or counted not in ("case", "person"))
    ]
    rows = _outside_names(phrase, rows)
    best = _set_up(phrase, counted, rows) or _strongest(row for _, row in rows)
    if best is None or int(best["rank"]) <= _HINTS:
        hint = best and _told(best, counted)
        return (
            _of_rate(phrase, best)
            or _of_verb(phrase, phrase[:2], counted)
            or hint
            or _of_noun(phrase, counted)
            or _of_verb(phrase, phrase[-2:], counted)  # "枪支弹药呈缴"
        )
    first = next((row for match, row in rows if match.start() == 0), None)
    if first and counted == "money" and first["concept"] == "investment":
        return "investment"  # "投入升级改造反诈预警平台"
    if first and int(best["rank"]) < _BINDS and _told(first, counted) in _OPENS.get(counted, ()):
        best = first
    if first and counted == "person" and first["concept"] == "deployed" and best["concept"] in _NOT_OF_PERSONS:
        return "deployed"  # "组织警力开展清查行动": officers are counted, not operations
    # "追回被盗车辆价值": vehicles were recovered, whatever they are worth
    told = best["concept"] if counted == "money" and _ends(phrase, "worth") else _told(best, counted)
    return told if not phrase.endswith(_RATE) or best["word"].endswith(_RATE) else _RATE_OF.get(told, told)


def _outside_names(phrase: str, rows: list[tuple[re.Match[str], Row]]) -> list[tuple[re.Match[str], Row]]:
    """Return the words that stand outside a quoted name, all of them where none of these tells: "“零发案”村屯"."""
    names = [name.span() for name in _QUOTED.finditer(phrase)]
    outside = [(match, row) for match, row in rows if not any(a <= match.start() < b for a, b in names)]
    return outside if any(int(row["rank"]) > _HINTS for _, row in outside) else rows


def _of_rate(phrase: str, best: Row | None) -> str | None:
    if not phrase.endswith(_RATE) or _ends(phrase, "interest") or (best and best["word"].endswith(_RATE)):
        return None
    return _RATE_OF.get(best["concept"] if best else None)


def _of_verb(phrase: str, verb: str, counted: str | None) -> str | None:
    """Return what a verb that no lexicon has tells by the sign in it that says what came of it: "搜出", "掳获"."""
    if len(phrase) < 4 or (counted is None and _ends(phrase, "case")):
        return None  # "民转刑案件" more or less: no verb has to stand there
    if any(match.start() == 0 and match.end(1) > len(verb) for match in _found("facet_subject", phrase)):
        return None  # "派出所户籍室": 派出 is part of a name
    verbs = load_lexicon("facet_verb").rows
    row = next((verbs[sign] for sign in reversed(verb) if sign in verbs), None)
    if row and counted == "case" and not row["case"]:
        return None  # "采挖期命案": no case is gathered
    return (_told(row, counted) or None) if row else None


def _of_noun(phrase: str, counted: str | None) -> str | None:
    """Return what is counted where nothing but people or a place is named: how many there are, or who is there."""
    if counted == "person" and phrase.endswith(tuple(load_lexicon("facet_role").rows)):
        return "strength"
    if counted in (None, "person") and phrase.endswith(tuple(load_lexicon("facet_place").rows)):
        return "deployed" if counted else "stock"
    return None


def _told(row: Row, counted: str | None) -> str:
    return (row[counted] if counted else "") or row["concept"]


def _set_up(phrase: str, counted: str | None, rows: list[tuple[re.Match[str], Row]]) -> Row | None:
    """Return the row of the verb that says of a thing at the end of the phrase that it was set up.

    "设立预警劝阻中心": words inside the name of what was set up count nothing.
    """
    if counted in ("person", "money", "time") or not phrase.endswith(tuple(load_lexicon("facet_set_up").rows)):
        return None
    return next((row for _, row in rows if row["concept"] == "built"), None)


def _rows(lexicon: str, text: str) -> Iterator[tuple[re.Match[str], Row]]:
    words = load_lexicon(lexicon)
    found = _found(lexicon, text)
    across = _across(text) if found else ()
    for match in found:
        if match.span(1) not in across:
            yield match, words.rows[match[1]]


@lru_cache(maxsize=64)
def _found(lexicon: str, text: str) -> tuple[re.Match[str], ...]:
    # "派出警力" holds 出警 and 警力: words may cross, but one inside a longer word is left out
    reached, found = 0, []
    for match in _reader(lexicon).finditer(text):
        if match.end(1) > reached:
            reached = match.end(1)
            found.append(match)
    return tuple(found)


@lru_cache(maxsize=64)
def _across(text: str) -> frozenset[tuple[int, int]]:
    """Return where a word is found across the border of two others, which is no word there: 查出 of "清查出租房屋"."""
    spans = {match.span(1) for lexicon in ("facet_subject", "facet_aspect") for match in _found(lexicon, text)}
    starts, ends = dict(sorted(spans)), {end: start for start, end in sorted(spans, reverse=True)}
    return frozenset(
        (start, end)
        for start, end in spans
        for border in range(start + 1, end)
        if border in ends and border in starts and ends[border] < start and starts[border] > end
    )


def _strongest(rows: Iterator[Row]) -> Row | None:
    best: Row | None = None
    for row in rows:
        if best is None or int(row["rank"]) >= int(best["rank"]):
            best = row
    return best


def _stands(place: str, match: re.Match[str]) -> bool:
    if place == "end":
        return match.end(1) == len(match.string)
    return place == "any" or match.start() == 0


def _counted(unit: str | None, kind: str) -> str | None:
    """Return what the number counts, as the columns of ``facet_aspect`` call it."""
    if kind in ("share", "rank"):  # a rank's 位 counts no persons
        return "share" if kind == "share" else None
    quantity = load_lexicon("measure_quantity").get(unit or "", "quantity")
    if quantity == "person-time":
        return "person"
    return quantity if quantity in _SAYS_WHAT_IS_COUNTED else None


@cache
def _reader(lexicon: str) -> re.Pattern[str]:
    return compile_once(f"(?=({alternation(load_lexicon(lexicon).rows)}))")
