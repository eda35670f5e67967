"""Facts: one honor a holder and title, with its bureau, giver, level and time.

Enters: a ``Given``, or titles with those who bear them. Leaves: Honor facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from kg.facts.cue import cue
from kg.facts.honor.agency import Agencies
from kg.facts.honor.award import Award
from kg.facts.honor.given import Given, suits
from kg.facts.honor.grantor import Grantors
from kg.facts.honor.holder import Holder
from kg.facts.honor.time import AwardTimes, streak_after, streak_in, times_in
from kg.facts.honor.title import Title
from kg.facts.model import Derivation, Evidence, Honor, Period, Streak
from kg.text import Text

_QUOTATION = re.compile("[“”]")


@dataclass(frozen=True, slots=True)
class HonorContext:
    """What an article says around its awards: its agencies, the times that govern, and who gives."""

    text: Text
    agencies: Agencies
    times: AwardTimes
    grantors: Grantors


def facts_of(context: HonorContext, given: Given) -> Iterator[Honor]:
    """Yield the honors of an award: holders and titles pair where the words say so, else each has each."""
    view, award = context.text.view, _parted(given.award)
    between = view[given.holders[-1].end : award.titles[0].start] if given.holders else ""
    pairs: list[tuple[Holder, Title]]
    apart = cue("honor-apart").search(between[-30:]) or (award is not given.award and "包揽" in between)
    if len(given.holders) >= len(award.titles) > 1 and apart:
        left = len(given.holders) - len(award.titles)  # 甲、乙、丙分别获一、二等奖: whoever is left over has the last
        pairs = list(zip(given.holders, (*award.titles, *award.titles[-1:] * left), strict=True))
    else:
        pairs = [(holder, title) for holder in given.holders for title in award.titles]
    for holder, title in pairs:
        if suits(holder.kind, title.kind):
            yield from _facts(context, replace(given, award=award), holder, title)


def _parted(award: Award) -> Award:
    """Return an award with a title for each place that one word tells: 冠亚季军."""
    told = cue("honor-places-held").search(award.titles[0].name) if len(award.titles) == 1 else None
    if told is None:
        return award
    contest = award.titles[0].name[: told.start()]
    return replace(award, titles=tuple(replace(award.titles[0], name=f"{contest}{place}军") for place in told[1]))


def facts_borne(
    context: HonorContext, rule: str, titles: Sequence[Title], holders: Sequence[Holder], cause: str
) -> Iterator[Honor]:
    """Yield the honors of those whose titles stand beside their names."""
    for holder, title in product(holders, titles):
        if suits(holder.kind, title.kind):
            period, words = context.times.period_borne(title)
            derivation = Derivation((rule, title.rule), (("bureau", cause), ("period", words)))
            yield _honor(context, holder, title, title.start, context.grantors.of_title(title), period, derivation)


def _facts(context: HonorContext, given: Given, holder: Holder, title: Title) -> Iterator[Honor]:
    award = given.award
    grantor = context.grantors.of_award(award, title)
    if grantor is None and all(_is_merit(told.name) for told in award.titles):
        grantor = context.grantors.of_award(award, award.titles[0])  # 荣立市公安局个人二等功1次,三等功2次
    period, words = context.times.period_of(title, award.start, award.titles[0])
    if award.rule in ("honor-handed", "honor-line-fallen"):
        period, words = None, ""  # what is told is the day it is handed over, or the years of a life
    if award.rule == "honor-copula" and not re.search("[0-9]{4}", context.text.view[title.lead : title.end]):
        period, words = None, ""
    clause = context.text.clause_at(award.start)
    before = context.text.view[max(clause.start, award.start - 24) : award.titles[0].start]
    sentence = context.text.sentence_at(award.start)
    start = holder.start if sentence.start <= holder.start < award.start + 80 else award.start
    start = min(start, award.start) if title is award.titles[0] else title.start
    rules = tuple(rule for rule in (award.rule, title.rule, holder.rule) if rule)
    holder, fielded = _for_work(context, award, holder, title)
    for told in fielded:
        yield _honor(
            context,
            holder,
            told,
            start,
            context.grantors.above(grantor, holder.name),
            period,
            Derivation(rules, (("recipient", given.cause), ("period", words))),
            streak_in(before) or streak_after(context.text.view, told.end),
            told.times or times_in(before),
        )


def _for_work(context: HonorContext, award: Award, holder: Holder, title: Title) -> tuple[Holder, tuple[Title, ...]]:
    """Return who holds a mere "先进" that fields of work are found to be, with a title for each field.

    "禁毒工作被评为全市先进" honours the bureau: 禁毒工作全市先进.
    """
    clause = context.text.clause_at(award.start)
    work = cue("honor-field").search(context.text.view, clause.start, award.start)
    if work is None or cue("honor-mere-title").fullmatch(title.name) is None or holder.kind == "person":
        return holder, (title,)
    start = max([work.start("work"), *(m.end for m in context.agencies.mentions_in(clause.start, work.end("work")))])
    field = _QUOTATION.sub("", context.text.view[start : work.end("work")])
    if holder.kind == "initiative":
        name = holder.bureau or context.agencies.bureaus.subject_at(award.start, award.start + 1)[0]
        if name is None:
            return holder, (title,)
        holder = replace(holder, name=name, kind="bureau")
    if len(field) <= 2:
        return holder, (title,)
    return holder, tuple(replace(title, name=each + title.name) for each in _each_field(field, work["each"]))


def _each_field(field: str, each: str | None) -> list[str]:
    """Return the fields of a list under 均: 禁毒、反诈工作 are 禁毒工作 and 反诈工作; without it they are one."""
    fields = re.split("[、和及与]", field) if each else [field]
    if min(len(one) for one in fields) < 2:
        return [field]
    noun = "工作" if fields[-1].endswith("工作") else ""
    ends = cue("honor-field")
    return [one if ends.fullmatch(one) else one + noun for one in fields]


def _honor(
    context: HonorContext,
    holder: Holder,
    title: Title,
    start: int,
    grantor: str | None,
    period: Period | None,
    derivation: Derivation,
    streak: Streak | None = None,
    times: int | None = None,
) -> Honor:
    end = title.end
    if context.text.view[end : end + 1] == "”" and "“" in context.text.view[title.start : end]:
        end += 1
    if holder.end > end and holder.end - end < 120:
        end = holder.end
    quote = context.text.quote(start, end)
    return Honor(
        article=context.text.article.id,
        evidence=(Evidence(quote.start, quote.end, quote.quote),),
        derivation=derivation,
        title=context.grantors.name_of(title, grantor),
        recipient=holder.name,
        recipient_kind=holder.kind,
        bureau=holder.bureau,
        grantor=grantor,
        level=context.grantors.level_of(title, grantor, start),
        period=period,
        streak=streak,
        times=times,
    )


def _is_merit(name: str) -> bool:
    return name.endswith("等功")
