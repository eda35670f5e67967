"""Reading: awards, lists, rolls and titles before a name, each to its honors, and one fact for those that are one.

Unnamed recipients make no honor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.facts.bureau import BureauMention, BureauView
from kg.facts.cue import cue
from kg.facts.honor.agency import Agencies
from kg.facts.honor.award import Award, find_awards
from kg.facts.honor.bearing import find_bearings, find_introductions, titles_before_agency, with_heads
from kg.facts.honor.contest import with_contest
from kg.facts.honor.fact import HonorContext, facts_borne, facts_of
from kg.facts.honor.given import Given, fitting_holders, holders_before, read_given, without_adverbs
from kg.facts.honor.grantor import Grantors
from kg.facts.honor.holder import Holder, holder_of
from kg.facts.honor.identity import merged
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.facts.honor.recipient import recipient_of_line, recipients_before
from kg.facts.honor.roll import find_rolls
from kg.facts.honor.time import AwardTimes
from kg.facts.honor.title import Title
from kg.facts.model import Evidence, Honor
from kg.facts.timeline import Timeline
from kg.text import Span, Text


def honor_spans(text: Text) -> list[Span]:
    """Return where titles of honour stand in the view, of named recipients and unnamed ones.

    >>> from kg.text import text_of
    >>> text = text_of("12名民警荣立二等功。")
    >>> [text.view[s.start:s.end] for s in honor_spans(text)]
    ['二等功']
    """
    titles = [title for award in find_awards(text) for title in award.titles]
    titles += [title for bearing in find_bearings(text.view) for title in bearing.titles]
    titles += [title for bearing, _ in find_introductions(text.view) for title in bearing.titles]
    return [Span(*span) for span in sorted({(title.start, title.end) for title in titles})]


def find_honors(text: Text, bureaus: BureauView, timeline: Timeline) -> list[Honor]:
    """Return the honors of an article.

    >>> from kg.facts.bureau import find_bureaus
    >>> from kg.facts.timeline import read_timeline
    >>> from kg.text import text_of
    >>> text = text_of("2023年,镇安县公安局被省公安厅记集体二等功。")
    >>> [(h.title, h.grantor, h.level) for h in find_honors(text, find_bureaus(text), read_timeline(text))]
    [('集体二等功', '陕西省公安厅', 'provincial')]
    """
    agencies = Agencies(text.view, bureaus)
    context = HonorContext(text, agencies, AwardTimes(text, timeline), Grantors(text, bureaus, agencies))
    return merged([*_awarded(context), *_named(context), *_listed(context)])


def _awarded(context: HonorContext) -> Iterator[Honor]:
    """Yield the honors under a verb; a verb that goes on has the giver of the one before."""
    previous: Given | None = None
    for award in find_awards(context.text):
        sentence = context.text.sentence_at(award.start)
        award = with_contest(context.text.view, award, sentence)
        if not award.titles or (award.rule == "honor-crowned" and award.titles[0].name == "冠军"):
            continue
        same = previous if previous and previous.award.start >= sentence.start else None
        if award.rule == "honor-continued":
            goes_on = same is not None and same.award.rule in ("honor-passive", "honor-continued")
            merited = same is not None and award.titles[0].rule == "title-rank"  # 获评……,并荣记个人二等功
            if not (goes_on or merited or "被" in context.text.view[award.start : award.start + 3]):
                continue
            award = replace(award, grantor=award.grantor or (same.award.grantor if same and goes_on else None))
            verb = context.text.view[award.start : award.titles[0].start]
            if same is not None and same.award.titles and "记" in verb:
                award = replace(award, titles=tuple(_beside(title, same.award.titles[-1]) for title in award.titles))
        elif award.grantor is None and same and _same_giver(context, award, same):
            award = replace(award, grantor=same.award.grantor)
        given = read_given(context.agencies, award, sentence, same)
        previous = given
        yield from facts_of(context, given)


def _beside(merit: Title, title: Title) -> Title:
    """Return a merit that is recorded with a national title, national too: 荣获“公安楷模”称号,并荣记集体一等功."""
    national = merit.rule == "title-rank" and honor_part("level_national").match(title.name)
    return replace(merit, shares=title.name) if national else merit


def _same_giver(context: HonorContext, award: Award, before: Given) -> bool:
    """Tell whether who gave the award before gives this one: 给……记……,给……记……; 被……评为……,记……."""
    if award.rule in ("honor-credited", "honor-given"):
        return before.award.rule in ("honor-credited", "honor-given", "honor-commended-list")
    return before.award.rule == "honor-passive" and _records(context, award, before)


def _records(context: HonorContext, award: Award, before: Given) -> bool:
    """Tell whether the one who gave the award before goes on to record a merit: 被……评为……,记集体二等功.

    Not where the clause names a recipient of its own: "……被市委评为先进,刑警大队荣记集体二等功".
    """
    clause = context.text.clause_at(award.start)
    start = max(clause.start, min(before.award.end, award.start))
    own = holders_before(context.agencies, start, without_adverbs(context.text.view, start, award.start))
    return context.text.view.startswith(("记", "荣记"), award.start) and not own


def _named(context: HonorContext) -> Iterator[Honor]:
    """Yield the honors whose titles stand before the name of a person."""
    for bearing in with_heads(context.text, find_bearings(context.text.view)):
        start, end = bearing.holder.start, bearing.name.end
        name = context.text.view[bearing.name.start : end]
        role = honor_patterns()["holder-person"].search(context.text.view, start, end)
        bureau = context.agencies.agency_of(start, role.start("role") if role else bearing.name.start)
        cause = "before the name"
        first = bearing.titles[0].start
        post = honor_part("role_before").search(context.text.view, context.text.clause_at(first).start, first)
        if bureau is None and post is not None:
            bureau = context.agencies.agency_of(context.text.clause_at(first).start, post.start("role"))
        if bureau is None:
            at = _list_opening(context, first)
            bureau, cause = context.agencies.bureaus.subject_at(at, at + 1 if at < first else end)
        holders = [Holder(name, "person", bureau, first, end)]
        holders += [Holder(context.text.view[n.start : n.end], "person", bureau, first, n.end) for n in bearing.others]
        yield from facts_borne(context, "honor-before-name", bearing.titles, holders, cause)
    for bearing, rank in find_introductions(context.text.view):
        start, end = bearing.name.start, bearing.name.end
        bureau = context.agencies.agency_of(bearing.holder.start, rank.start)
        if bureau is not None:  # somebody of the police
            holder = Holder(context.text.view[start:end], "person", bureau, start, end)
            yield from facts_borne(context, "honor-introduced", bearing.titles, [holder], "introduced")
    for mention in context.agencies.bureaus.mentions:
        titles = titles_before_agency(context.text.view, mention.start)
        if titles and titles[-1].kind == "any" and _is_someones(context, mention):
            continue  # “缉毒先锋”札达县公安局禁毒大队大队长周海
        if titles:
            holders = [replace(holder_of(m), start=titles[0].start) for m in _listed_from(context, mention)]
            yield from facts_borne(context, "honor-before-agency", titles, holders, "after its title")


def _is_someones(context: HonorContext, mention: BureauMention) -> bool:
    """Tell whether an agency is whose post somebody holds that is named right behind it."""
    return honor_part("post_and_name").match(context.text.view, mention.end) is not None


def _list_opening(context: HonorContext, position: int) -> int:
    """Return where the list of models opens that a title stands in: its 涌现出 has the subject, no item of it."""
    start = context.text.sentence_at(position).start
    opened = [found.start() for found in cue("honor-list-opens").finditer(context.text.view, start, position)]
    return opened[-1] if opened else position


def _listed_from(context: HonorContext, first: BureauMention) -> Iterator[BureauMention]:
    """Yield an agency and those that a list joins to it."""
    yield first
    end = first.end
    for mention in context.agencies.mentions_in(first.end, context.text.sentence_at(first.start).end):
        if context.text.view[end : mention.start] not in ("、", "和", "及"):
            return
        yield mention
        end = mention.end


def _listed(context: HonorContext) -> Iterator[Honor]:
    """Yield the honors of those whom a list after a colon names."""
    for roll in find_rolls(context.text.view):
        for part in roll.parts:
            holders = recipient_of_line(context.agencies, part.start, part.end)
            holders = holders or recipients_before(context.agencies, part.start, part.end)
            given = Given(roll.award, fitting_holders(context.agencies, holders, roll.award, None), "roll")
            for honor in facts_of(context, given):
                quote = context.text.quote(part.start, part.end)
                place = Evidence(quote.start, quote.end, quote.quote)
                yield replace(honor, evidence=tuple(sorted({*honor.evidence, place})))
