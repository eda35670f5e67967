"""Metrics: statements with bureau, period, baseline and campaign, each claim once.

Enters: a text, its bureaus, timeline and campaigns. Leaves: ``Metric`` facts; a claim that the article repeats is one
fact with several evidences.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from operator import attrgetter

from kg.facts.anonymity import without_persons
from kg.facts.bureau import BureauView
from kg.facts.campaign import CampaignView
from kg.facts.cue import cue
from kg.facts.indicator import is_bare_verb, trim
from kg.facts.model import Derivation, Evidence, Metric, Period
from kg.facts.reading import read_statements
from kg.facts.statement import Statement
from kg.facts.timeline import Timeline
from kg.facts.yearly import (
    baselines_in_order,
    ends_like_before,
    ends_of_years,
    months_in_order,
    set_against_years,
    years_in_order,
)
from kg.mentions.cascade import find_mentions
from kg.mentions.lexicon import load_lexicon
from kg.mentions.mention import Mention
from kg.patterns import compile_once
from kg.text import Paragraph, Span, Text
from kg.values.numeral import parse_numeral
from kg.values.place import Division

_START = attrgetter("start")
_DATED = re.compile(r"\((?:19|20)[0-9]{2}年")
_LENGTHS = frozenset({"米", "公里", "千米", "里", "海里"})
_WEEK, _MONTH = 7, 31  # days
_COMPARED_REACH = 8  # characters before a level that name what it was the level of
_SHARED_DAYS = 0.3  # of the days of both, below which two periods are different times
_APART = 80  # characters; nearer than that a like number is another claim
_NAME = re.compile(r"《[^《》\n]{1,80}》|“[^“”\n。;!?%]{1,45}”")
_NEARLY_OVER = 11  # the month from which what is to be done by the end of the year may have been done
_LINE = 40  # characters
_MOVED = 6  # characters that a movement has before its size: ,降幅达到
_LEAD = 160  # characters, so that no sentence without end is read again for every number
_TRUE_OF_EACH = frozenset({"solved-all", "zero-of"})  # rules whose number holds for each of several bureaus
_PLAN_REACH = 200  # characters: no plan word governs a number farther on in its clause
_SECTION = 12  # paragraphs that a heading is looked for above
_LEVELS = frozenset("省市县区州盟旗")
_SHORTEST_REST = 3  # characters that are no indicator by themselves behind a place, but for a verb
_ROUNDED = 10  # a number is rounded by less than a tenth of it


@dataclass(frozen=True, slots=True)
class _Known:
    """Mentions that earlier stages made, by their start."""

    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]

    def within(self, span: Span) -> list[Mention]:
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return [m for m in self.mentions[first:last] if m.end <= span.end]


def find_metrics(text: Text, bureaus: BureauView, timeline: Timeline, campaigns: CampaignView) -> list[Metric]:
    """Return the numbers an article reports, in order of their first evidence."""
    mentions = known_mentions(text, bureaus, timeline)
    known = _Known(mentions, tuple(m.start for m in mentions))
    facts: list[Metric] = []
    earlier: tuple[list[Statement], int] = ([], -1)
    worth = _worth_reading()
    for sentence in text.sentences:
        if not worth.search(text.view, sentence.start, sentence.end):
            continue
        row = find_mentions(text.view, sentence.start, sentence.end, known.within(sentence))
        context = topic_words(text, sentence)
        statements = read_statements(text.view, row, context, earlier[0] if earlier[1] == sentence.start else ())
        earlier = statements, sentence.end
        apart = _times_apart(text, sentence, statements, timeline)
        against = dict(_baselines_apart(text, sentence, statements, timeline))
        for statement in statements:
            if _is_claim(text, sentence, statement):
                own = apart.get(statement.at) or timeline.at(statement.at, statement.end)
                fact = _fact(text, sentence, statement, bureaus, timeline, campaigns, own)
                days = against.get(statement.at) or fact.baseline
                if statement.sizes is not None and fact.comparison is None:  # 较2022年减少73起,降幅为13%
                    days = against.get(statement.sizes) or days
                if days is not None:
                    fact = replace(fact, comparison="base", baseline=days)
                    against[statement.at] = days
                by_percent = statement.amount.kind == "change" and statement.amount.unit == "%"  # nobody adds these up
                told = by_percent or statement.rule in _TRUE_OF_EACH
                of_each = told or cue("composition-of-each").search(text.view, statement.start, statement.end)
                each = bureaus.shared_at(statement.at, bool(of_each))
                facts.extend(replace(fact, bureau=name) for name in each) if each else facts.append(fact)
    return list(_merge(text, facts))


@cache
def _worth_reading() -> re.Pattern[str]:
    """Return what a sentence has that reports a number: a digit, a numeral with a measure word, or a verbal value."""
    measures = "".join(sorted({word[0] for word in load_lexicon("counted").rows}))
    return compile_once(
        f"[0-9]|[一二两三四五六七八九十百千万亿几](?:余|多)?[十百千万亿成倍番轮年{measures}]"
        r"|百分|分之|第[一二三四五六七八九十]|[上近逾超数过][十百千万亿]|[廿卅]|零[一-龥]|为零|全破|全部|内[破侦告]|[双三四五六]?[降升][,;。、”]"
        r"|[首榜][位首名]|之首|连[冠降升增]|同比|环比|半[,;。、数以]|番[,;。、]|前[一二三五十]|下降|上升|增长|减少"
    )


def _times_apart(
    text: Text, sentence: Span, statements: Sequence[Statement], timeline: Timeline
) -> Mapping[int, tuple[Period, str]]:
    """Return the times of values that stand in the order of years or months named before them, or at both ends."""
    governed = {one.at: timeline.at(one.at, one.end) for one in statements}
    firsts = timeline.firsts_in(sentence)
    ends = {**ends_of_years(statements, governed), **ends_like_before(statements, governed, firsts)}
    years = dict(years_in_order(text.view, sentence.start, statements, text.article.published))
    for at, listed in set_against_years(text.view, sentence.start, statements).items():
        period, words = timeline.at(listed - 1, listed)
        if period is not None:
            years[at] = period, words
    governing, _ = governed[statements[-1].at] if statements else (None, "")
    if years or governing is None or governing.start.year != governing.end.year:
        return {**years, **ends}
    return {**months_in_order(text.view, sentence.start, statements, governing.start.year), **ends}


def _baselines_apart(
    text: Text, sentence: Span, statements: Sequence[Statement], timeline: Timeline
) -> Mapping[int, Period]:
    """Return the baselines of changes that stand in the order of years named before them."""
    governing, _ = timeline.at(statements[-1].at, statements[-1].end) if statements else (None, "")
    return baselines_in_order(text.view, sentence.start, statements, governing)


def topic_words(text: Text, sentence: Span) -> str:
    """Return the words that may name the topic of a sentence: title and lead, then its paragraph so far."""
    paragraph = text.paragraph_at(sentence.start)
    return f"{text.title or _first_words(text)} {text.view[paragraph.start : sentence.start]}"


def _first_words(text: Text) -> str:
    """Return the first sentence of more than a line, which tells the topic of an article without a title."""
    first = next((s for s in text.sentences if s.end - s.start > _LINE), None)
    return text.view[first.start : min(first.end, first.start + _LEAD)] if first else ""


def known_mentions(text: Text, bureaus: BureauView, timeline: Timeline) -> tuple[Mention, ...]:
    """Return the agencies, times and baselines that a text names, in order and apart from each other."""
    found = [Mention("bureau", m.start, m.end, m.rule) for m in bureaus.mentions]
    found += [Mention("bureau", place.start, place.end, "place") for place in bureaus.places()]
    found += [_time(text.view, g.mention.start, g.mention.end, g.mention.rule) for g in timeline.governors]
    found += [_baseline(text.view, g.mention.start, g.mention.end) for g in timeline.baselines if not g.is_basis]
    named = [match.span() for match in _NAME.finditer(text.view)]
    found = [m for m in found if not _is_inside(m, named)]
    found.sort(key=lambda m: (m.start, m.start - m.end))
    apart: list[Mention] = []
    for mention in found:
        if not apart or mention.start >= apart[-1].end:
            apart.append(mention)
    return tuple(apart)


def _time(view: str, start: int, end: int, rule: str) -> Mention:
    """Return the mention of a time, with the brackets that part it from the number behind: 命案(2015年1至3月)12起."""
    closed = (
        view[max(0, start - 1) : start] == "(" and view[end : end + 1] == ")" and view[end + 1 : end + 2].isdecimal()
    )
    return Mention("period", start - closed, end + closed, rule)


def _is_inside(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a mention is part of a document title or a quoted name."""
    place = bisect_right(spans, (mention.start, len(spans) and spans[-1][1])) - 1
    return place >= 0 and spans[place][0] < mention.start and mention.end < spans[place][1]


def _compared_with(words: str) -> str:
    """Return the label of a time that something is compared with: the year before, the month before, another."""
    if cue("composition-year-before").search(words):
        return "yoy"
    return "mom" if cue("composition-month-before").search(words) else "base"


def _baseline(view: str, start: int, end: int) -> Mention:
    """Return a baseline mention together with its 比, 较 or 与; the year before is 同比, not a named period."""
    before = cue("composition-measured-against").search(view, max(0, start - 10), start)
    after = cue("composition-compared").match(view, end)
    label = _compared_with(view[start:end])
    if _DATED.search(after[0] if after else ""):
        label = "base"  # 与上一年度(2019年6月至2020年5月)相比
    return Mention(label, before.start() if before else start, after.end() if after else end, "baseline")


def _is_claim(text: Text, sentence: Span, statement: Statement) -> bool:
    """Tell whether a number claims something: no plan, of a thing that is named, and not how far off a place is."""
    if is_plan(text, sentence, statement) or cue("composition-pronoun").match(statement.indicator):
        return False
    return statement.amount.unit not in _LENGTHS or cue("composition-distance").match(statement.indicator) is None


def _is_done(text: Text, sentence: Span, statement: Statement) -> bool:
    """Tell whether the words before a number say that it has been reached, even under a heading of plans."""
    floor = max(sentence.start, statement.at - _PLAN_REACH)
    return cue("composition-done-already").search(text.view, floor, statement.at) is not None


def is_plan(text: Text, sentence: Span, statement: Statement) -> bool:
    """Tell whether a number belongs to a plan or promise: 力争, 计划, 将新建, 明年."""
    if _is_of_plans(_heading_of(text, sentence.start)) and not _is_done(text, sentence, statement):
        return True
    start = max(text.clause_at(statement.at).start, statement.at - _PLAN_REACH)
    goal = cue("composition-goal").search(text.view, start, text.clause_at(statement.at).end)
    if goal is not None and goal.start() < statement.at < goal.end():
        return True  # 制定了清网率达到80%的目标
    floor = max(sentence.start, statement.at - _PLAN_REACH)
    until = cue("composition-by-the-end-of").search(text.view, floor, statement.at)
    if until and _is_to_come(int(until[1] or until[2]), text.article.published):
        return True
    said = _first_plan(text.view, sentence, cue("composition-object-marked"))
    planned = said <= statement.at or _plans()[1].search(text.view, start, statement.at)
    return bool(planned) and not _is_reached_beside(text.view, sentence, statement)


def _is_reached_beside(view: str, sentence: Span, statement: Statement) -> bool:
    """Tell whether a number has been reached by the words of its own clause, beside a plan: 计划建40个,已建成32个."""
    floor = max(sentence.start, statement.at - _PLAN_REACH)
    start = max(view.rfind(mark, floor, statement.at) + 1 for mark in ",;:")
    if start <= floor or any(plans.search(view, start, statement.at) for plans in _plans()):
        return False
    so_far, state = cue("composition-reached-so-far"), cue("composition-state-reached")
    return so_far.match(view, start, statement.at) is not None or state.match(view, statement.at) is not None


def _is_to_come(year: int, published: date | None) -> bool:
    """Tell whether the end of a year is still to come: 2025年底前实现全覆盖, in 2024."""
    return published is not None and (published.year, published.month) < (year, _NEARLY_OVER)


def _heading_of(text: Text, position: int) -> str:
    """Return the heading that a sentence stands under, empty where none does."""
    index = bisect_right(text.paragraphs, position, key=_START) - 1
    heading = next((p for p in reversed(text.paragraphs[max(0, index - _SECTION) : index]) if p.heading), None)
    return text.view[heading.start : heading.end] if heading else ""


def _is_of_plans(heading: str) -> bool:
    return cue("composition-plan-heading").search(heading) is not None


@lru_cache(maxsize=8)
def _first_plan(view: str, sentence: Span, object_of: re.Pattern[str]) -> int:
    """Return where the first word ends that makes the rest of a sentence a plan, else past the end.

    Where ``object_of`` matches, 将 stands for 把: 将新型毒品犯罪作为主攻方向.
    """
    words = _plans()[0].finditer(view, sentence.start, sentence.end)
    return next((found.end() for found in words if not object_of.match(view, found.start())), len(view) + 1)


@cache
def _plans() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = load_lexicon("plan_word")
    reach: dict[str, list[str]] = {"sentence": [], "clause": []}
    for word in sorted(lexicon.rows, key=len, reverse=True):
        inside, on = lexicon.get(word, "not_after"), lexicon.get(word, "not_before")  # 行动计划 is a noun, 虚拟 a word
        before, after = f"(?<![{inside}])" if inside else "", f"(?![{on}])" if on else ""  # 确保了 is done
        reach[lexicon.get(word, "reach") or "clause"].append(f"{before}{word}{after}")
    return compile_once("|".join(reach["sentence"])), compile_once("|".join(reach["clause"]))


def _fact(
    text: Text,
    sentence: Span,
    statement: Statement,
    bureaus: BureauView,
    timeline: Timeline,
    campaigns: CampaignView,
    governing: tuple[Period | None, str],
) -> Metric:
    bureau, bureau_source = bureaus.subject_at(statement.at, statement.end)
    period, period_source = governing
    if statement.rule == "level-compared-with":
        period = timeline.baseline_at(statement.start, statement.end) or _before(text, sentence, statement, period)
    comparison, baseline = statement.comparison, None
    if statement.amount.kind == "change":
        clause = text.clause_at(statement.at)
        baseline = timeline.baseline_at(min(clause.start, statement.start), statement.end)
        if baseline is not None and (comparison is None or _is_named(timeline, baseline)):
            comparison = "base"
        if comparison is None and _is_of_what_was_told(statement, timeline):
            comparison = "yoy"  # 由去年的31起降至22起,下降29%
        baseline = baseline if comparison == "base" else None
        if period and (days := _days_before(text.view, sentence, clause.start, statement)):
            comparison, baseline = "base", Period(period.start - days, period.start - timedelta(1))
    start = statement.start + (text.view[statement.start] in ",、;")  # 、提升了15.5个百分点
    quote = text.quote(start, statement.end)
    amount = statement.amount
    return Metric(
        article=text.article.id,
        evidence=(Evidence(quote.start, quote.end, quote.quote),),
        derivation=Derivation(statement.rules, (("bureau", bureau_source), ("period", period_source))),
        bureau=bureau,
        indicator=_anonymous(statement.indicator, bureaus),
        kind=amount.kind,
        value=amount.value,
        unit=amount.unit,
        bound=amount.bound,
        direction=statement.direction,
        comparison=comparison,
        baseline=baseline,
        scope=statement.scope,
        streak=statement.streak,
        campaign=campaigns.means_at(sentence.start, statement.at, statement.indicator, statement.end),
        period=period,
    )


def _before(text: Text, sentence: Span, statement: Statement, period: Period | None) -> Period | None:
    """Return the same days a year earlier where a level is the year before's: 比去年同期的900起下降一半.

    The week or month before the one that is told, where it is that one's: 较上周的46起下降13%.
    """
    words = text.view[max(sentence.start, statement.start - _COMPARED_REACH) : statement.at]
    if period is not None and (told := cue("composition-of-the-one-before").search(words)) is not None:
        length, day = (period.end - period.start).days, timedelta(1)
        if length < (_WEEK if told["week"] else _MONTH):
            last = period.start - day
            return Period(last - (_WEEK - 1) * day if told["week"] else last.replace(day=1), last)
    if period is None or not cue("composition-of-the-year-before").search(words):
        return period
    return period.beginning_in(period.start.year - 1)


def _days_before(view: str, sentence: Span, start: int, statement: Statement) -> timedelta | None:
    """Return the length of the days right before the period that a change is measured against: 与行动前100天相比.

    At the head of a sentence they hold for all changes of it, as its comparison does.
    """
    first = sentence.start if statement.comparison == "mom" else min(start, statement.start)
    told = cue("composition-days-before").search(view, first, statement.at)
    return timedelta(int(parse_numeral(told["days"]).value)) if told else None


def _anonymous(indicator: str, bureaus: BureauView) -> str:
    """Return an indicator without suspects' names and without the place that the article reports on."""
    named = _length_of_place(indicator, bureaus.home.division if bureaus.home else None)
    rest = indicator[named:].removeprefix("共") if named else ""
    if named and len(indicator) > named + _SHORTEST_REST:
        indicator = trim(indicator[named:])
    elif rest in load_lexicon("action_verb").rows or cue("composition-done-wholly").fullmatch(rest):
        indicator = rest  # 陵城区共接警
    return without_persons(indicator)


def _length_of_place(indicator: str, division: Division | None) -> int:
    """Return how many characters at its head name a division: 黔西南, 黔西南州, 黔西南布依族苗族自治州."""
    if division is None:
        return 0
    if indicator.startswith(division.name):
        return len(division.name)
    if not indicator.startswith(division.short):
        return 0
    short = len(division.short)
    return short + (indicator[short : short + 1] in _LEVELS)


def _is_of_what_was_told(statement: Statement, timeline: Timeline) -> bool:
    """Tell whether a change sizes, by no words of its own, a movement that began with the level of the year before."""
    sized = statement.amount.value is not None
    start = statement.start if statement.rule == "level-from-by-to" else statement.at
    own = statement.at - statement.start > _MOVED and start == statement.at
    return sized and not own and timeline.is_since_last_year(start, statement.end)


def _is_named(timeline: Timeline, baseline: Period) -> bool:
    """Tell whether a baseline is named by its own date (较2019年同期), which outweighs a 同比 beside it.

    What a change builds on (在2019年下降两成的基础上,同比下降一成) does not.
    """
    words = [g.mention.words for g in timeline.baselines if g.period == baseline and not g.is_basis]
    return any(_compared_with(w) == "base" for w in words)


def likeness(a: str, b: str) -> float:
    """Return the F1 of the two character multisets, punctuation apart: 1 where they agree, 0 where they share nothing.

    >>> likeness("刑事立案", "刑事破案")
    0.75
    """
    left, right = (Counter(c for c in words if c.isalnum()) for words in (a, b))
    both = left.total() + right.total()
    return 2 * (left & right).total() / both if both else 0.0


def _alike(text: Text, a: Metric, b: Metric) -> float:
    """Return how alike the indicators of one claim must be.

    Less where the number hardly comes twice by chance, and least for a heading, which says in short what follows.
    """
    digits = a.value.normalize().as_tuple().digits if a.value is not None else ()
    heading = any(_paragraph_of(text, fact.evidence[0]).heading for fact in (a, b))
    if heading and len(digits) > 1 and _is_short_for(a.indicator, b.indicator):
        return 0
    if len(digits) >= 3:
        return 0.35 if heading else 0.6
    return 0.45 if heading and len(digits) == 2 else 0.7


def _is_short_for(a: str, b: str) -> bool:
    """Tell whether one of two indicators is the verb alone of the other: 抓获 for 抓获违法犯罪人员."""
    short, full = sorted((a, b), key=len)
    return full.startswith(short) and is_bare_verb(short)


def _paragraph_of(text: Text, evidence: Evidence) -> Paragraph:
    return text.paragraph_at(bisect_left(text.starts, evidence.start))


def _are_apart(text: Text, a: Evidence, b: Evidence) -> bool:
    """Tell whether two tellings stand in different paragraphs, or far from each other in one."""
    if abs(a.start - b.start) > _APART:
        return True
    return _paragraph_of(text, a) is not _paragraph_of(text, b)


def _same_claim(text: Text, a: Metric, b: Metric) -> bool:
    """Tell whether two equal numbers of one bureau are one claim, told twice."""
    return (
        (a.scope is None or b.scope is None or a.scope == b.scope)
        and not _are_of_other_times(text, a, b)
        and (a.comparison is None or b.comparison is None or a.comparison == b.comparison)
        and (
            a.indicator == b.indicator
            or (
                likeness(a.indicator, b.indicator) >= _alike(text, a, b)
                and _are_apart(text, a.evidence[0], b.evidence[0])
            )
        )
    )


def _is_recap(text: Text, fact: Metric) -> bool:
    """Tell whether a number only says of how many more is told: 在破获的45起案件中,盗窃案件31起."""
    clause = text.clause_at(bisect_left(text.starts, fact.evidence[0].start))
    return cue("composition-recap").fullmatch(text.view, clause.start, clause.end) is not None


def _recalls(recap: Metric, told: Metric) -> bool:
    """Tell whether a recap is of a number told before, or of that number rounded: 700多万起 after 702万起."""
    if (told.kind, told.unit, told.bureau) != (recap.kind, recap.unit, recap.bureau):
        return False
    if told.value is None or recap.value is None or told.value == recap.value:
        return told.value == recap.value
    return recap.bound != "exact" and abs(told.value - recap.value) * _ROUNDED <= told.value


def _are_of_other_times(text: Text, a: Metric, b: Metric) -> bool:
    """Tell whether two numbers are of times that hardly share a day: by their own words, or one of a campaign."""
    if a.period is None or b.period is None:
        return False
    shared = (min(a.period.end, b.period.end) - max(a.period.start, b.period.start)).days + 1
    if shared <= 0 and _names_its_year(text, a.evidence[0]) and _names_its_year(text, b.evidence[0]):
        return True  # 2018年破案46起。2019年破案46起。
    if a.campaign == b.campaign:
        return False
    whole = (max(a.period.end, b.period.end) - min(a.period.start, b.period.start)).days + 1
    return shared < whole * _SHARED_DAYS


def _names_its_year(text: Text, evidence: Evidence) -> bool:
    """Tell whether the sentence of a number opens with the year that it is of."""
    sentence = text.sentence_at(bisect_left(text.starts, evidence.start))
    return cue("composition-year-named").match(text.view, sentence.start, sentence.end) is not None


def _merge(text: Text, facts: Sequence[Metric]) -> Iterator[Metric]:
    """Yield each claim once, with the evidence of all its tellings; the fuller telling gives the fields."""
    groups: list[list[Metric]] = []
    alike: defaultdict[tuple[object, ...], list[list[Metric]]] = defaultdict(list)
    for fact in facts:
        candidates = alike[fact.kind, fact.value, fact.unit, fact.direction, fact.bureau]
        if _is_recap(text, fact) and (told := next((g for g in groups if _recalls(fact, g[0])), None)):
            if told[0].value == fact.value:
                told[0] = replace(told[0], evidence=(*told[0].evidence, *fact.evidence))
            continue
        group = next((g for g in candidates if fact.value is not None and _same_claim(text, g[-1], fact)), None)
        if group is None:
            groups.append([fact])
            candidates.append(groups[-1])
        else:
            group.append(fact)
    for group in groups:
        if len(group) == 1:
            yield group[0]
            continue
        best = max(group, key=lambda fact: _worth(text, fact))
        evidence = tuple(sorted({e for fact in group for e in fact.evidence}))
        campaign = best.campaign or next((fact.campaign for fact in group if fact.campaign), None)
        yield replace(best, evidence=evidence, campaign=campaign)


def _worth(text: Text, fact: Metric) -> tuple[bool, int, bool]:
    """Return how well a telling tells its claim: a sentence before a line, the fuller, and last the title."""
    paragraph = _paragraph_of(text, fact.evidence[0])
    return not paragraph.heading, _fullness(fact), paragraph is not text.paragraphs[0]


def _fullness(fact: Metric) -> int:
    return sum(
        v is not None for v in (fact.comparison, fact.baseline, fact.scope, fact.streak, fact.campaign, fact.period)
    )
