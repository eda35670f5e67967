"""Text to the agencies it mentions, and to the Bureau facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.facts.bureau.governing import subjects_of
from kg.facts.bureau.mention import BureauMention
from kg.facts.bureau.resolution import (
    called_briefly,
    context_of,
    home_mention,
    meaning,
    resolve_all,
    stations_by_line,
    told_briefly,
)
from kg.facts.bureau.view import BureauView
from kg.facts.model import Bureau, Derivation, Evidence
from kg.facts.office import (
    brigades_as_written,
    provinces_in_full,
    spelled_out,
    squads_in_full,
    squads_of_places,
    squads_on_trains,
    stations_in_full,
    stations_of_railways,
)
from kg.mentions.agency import find_agencies, part
from kg.text import Text


def find_bureaus(text: Text) -> BureauView:
    """Return all mentions of agencies in an article, resolved, with its home bureau.

    >>> from kg.text import text_of
    >>> view = find_bureaus(text_of("镇安县公安局召开会议。今年以来,县公安局破案12起,被省公安厅通报表扬。"))
    >>> sorted({mention.name for mention in view.mentions})
    ['镇安县公安局', '陕西省公安厅']
    """
    year = text.article.published.year if text.article.published else None
    agencies = squads_on_trains(stations_of_railways(spelled_out(find_agencies(text.view, year=year))))
    context = context_of(text, agencies, year)
    mentions = tuple(resolve_all(text.view, agencies, context))
    offices = [mention.office for mention in mentions]
    fuller = (
        provinces_in_full(offices)
        | stations_in_full(offices)
        | brigades_as_written(offices)
        | stations_by_line(agencies, mentions)
    )
    mentions, context = meaning(mentions, context, fuller | squads_in_full(offices) | called_briefly(text, mentions))
    briefly = told_briefly(text, mentions)
    mentions, context = meaning(mentions, context, squads_of_places([one.office for one in mentions], briefly))
    return BureauView(text, mentions, home_mention(context, mentions), context, subjects_of(text, mentions, context))


def build_bureaus(text: Text, view: BureauView) -> list[Bureau]:
    """Return one fact an agency, with every place that names it as evidence; of nested names only the longest."""
    grouped: dict[str, list[BureauMention]] = defaultdict(list)
    for mention in view.mentions:
        grouped[mention.name].append(mention)
    return [_fact(text, mentions) for mentions in grouped.values() if not _names_programs(text.view, mentions)]


def _names_programs(view: str, mentions: Sequence[BureauMention]) -> bool:
    """Tell whether a name stands in an article for nothing but a program: “达州交警”App."""
    return all(view[m.start - 1 : m.start] == "“" and part("program_quoted").match(view, m.end) for m in mentions)


def _fact(text: Text, mentions: Sequence[BureauMention]) -> Bureau:
    first = mentions[0]
    quotes = {(m.start, m.end): text.quote(m.start, m.end) for m in mentions}
    evidence = tuple(sorted(Evidence(q.start, q.end, q.quote) for q in quotes.values()))
    rules = tuple(dict.fromkeys(m.rule for m in mentions))
    return Bureau(
        article=text.article.id,
        evidence=evidence,
        derivation=Derivation(rules),
        name=first.name,
        level=first.level,
        place=first.place,
        parent=first.parent,
    )
