"""Reading: the mentions of a text, told apart and put together, as the Campaign facts and what metrics ask of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.facts.anonymity import without_persons
from kg.facts.bureau import BureauView
from kg.facts.campaign.border import read_borders
from kg.facts.campaign.identity import anaphors, names_of, said_again
from kg.facts.campaign.list import head_mentions
from kg.facts.campaign.mention import CampaignMention, apart, without_overlap
from kg.facts.campaign.outcome import fit, latest_group
from kg.facts.campaign.pattern import part
from kg.facts.campaign.period import CampaignDates, read_dates
from kg.facts.campaign.quotation import code_mentions, quote_mentions, standing_mentions
from kg.facts.model import Campaign, Derivation, Evidence
from kg.facts.timeline import Timeline
from kg.text import Text

_REMEMBERED = 200
_JOINS = ("、", "和", "及", "与")


@dataclass(frozen=True, slots=True)
class CampaignView:
    """What an article's words say about campaigns."""

    text: Text
    mentions: tuple[CampaignMention, ...]
    facts: list[Campaign]
    _starts: Sequence[int] = field(repr=False)

    def means_at(self, sentence_start: int, position: int, indicator: str, end: int = 0) -> str | None:
        """Return the name of the campaign whose outcome a number at a position is, None where none is named.

        What is said of the number goes on to ``end``: in 5人在“雪鹰”行动中立功 the campaign stands behind it.

        >>> from kg.facts.bureau import find_bureaus
        >>> from kg.facts.timeline import read_timeline
        >>> from kg.text import text_of
        >>> text = text_of("靖西市公安局开展“断卡”和禁毒会战等专项行动,缴获毒品3千克。")
        >>> view = find_campaigns(text, find_bureaus(text), read_timeline(text))
        >>> view.means_at(0, text.view.index("3"), "缴获毒品")
        '禁毒会战'
        """
        last = bisect_left(self._starts, position)
        inside = self.mentions[last : bisect_left(self._starts, end)]
        if amid := next((m for m in inside if m.end <= end and part("amid").match(self.text.view, m.end)), None):
            return amid.name
        first = max(bisect_left(self._starts, sentence_start), last - _REMEMBERED)
        if first >= last:
            return None
        view = self.text.view
        before = [m for m in self.mentions[first:last] if m.end <= position and not part("office").match(view, m.end)]
        others = [
            found.start()
            for name in ("other_work", "other_doer")
            for found in part(name).finditer(view, self._starts[first], position)
        ]
        before = [m for m in before if not others or m.start > max(others) or part("spans").match(view, m.end)]
        group = latest_group(view, [m for m in before if self._reaches(m, position, indicator)])
        if part("felt").search(indicator):  # how safe people feel is no outcome of one drive, unless it is asked about
            group = [m for m in group if part("dated_tail").sub("", m.name)[:4] in indicator]
        if not group:
            return None
        # A meeting about one campaign ("召开“百日行动”座谈会") tells less than another that is carried on.
        group = [m for m in group if not part("spoken_of").match(view, m.end)] or group
        if len(group) == 1:
            return group[0].name
        clause = self.text.clause_at(position).start
        if group[-1].start >= clause and part("does").match(view, group[-1].end):
            return group[-1].name  # “雪鹰”行动和“百日”会战取得战果,其中“雪鹰”行动共破案31起
        return max(group, key=lambda m: (fit(self._words(m), indicator), -m.start)).name

    def _words(self, mention: CampaignMention) -> str:
        """Return a campaign's name with the words right before it: "破案打击“天网”" is about clearing cases."""
        before = part("epithet").search(self.text.view, max(0, mention.start - 6), mention.start)
        return (before[0] if before else "") + mention.name

    def _reaches(self, mention: CampaignMention, position: int, indicator: str) -> bool:
        """Tell whether a mention governs as far as a position: a judgement on a campaign, itself and its clause."""
        stem = part("dated_tail").sub("", mention.name)
        measured = part("of_indicator").match(self.text.view, mention.end)
        if measured and (self.text.view[mention.start - 1 : mention.start] == "、" or "指标" in measured[0]):
            return stem[:4] in indicator
        if not part("judged").match(self.text.view, self._end_of_list(mention)):
            return True
        own = stem[:4] in indicator or "考" not in self.text.view[mention.end : mention.end + 6]
        return own and position <= self.text.clause_at(mention.start).end

    def _end_of_list(self, mention: CampaignMention) -> int:
        """Return where the list of campaigns ends that a mention stands in: “雪鹰”、“铁鹰”行动战果位居全国前列."""
        end = mention.end
        while self.text.view[end : end + 1] in _JOINS:
            index = bisect_left(self._starts, end + 1)
            if index == len(self._starts) or self._starts[index] > end + 2:
                break
            end = self.mentions[index].end
        return end


def find_campaigns(text: Text, bureaus: BureauView, timeline: Timeline) -> CampaignView:
    """Return the campaigns of an article.

    >>> from kg.facts.bureau import find_bureaus
    >>> from kg.facts.timeline import read_timeline
    >>> from kg.text import text_of
    >>> text = text_of("通海县公安局开展“雷火”专项行动。")
    >>> view = find_campaigns(text, find_bureaus(text), read_timeline(text))
    >>> [(campaign.name, campaign.bureau) for campaign in view.facts]
    [('雷火', '通海县公安局')]
    """
    reader = read_borders(text, bureaus)
    finders = (head_mentions, quote_mentions, code_mentions, standing_mentions)
    first = without_overlap(mention for find in finders for mention in find(reader))
    found = without_overlap([*first, *apart(said_again(reader, first), first)])
    names = names_of(text.view, found)
    named = [CampaignMention(m.start, m.end, names[m.name], m.rule) for m in found]
    mentions = sorted([*named, *apart(anaphors(reader, named), named)], key=lambda m: m.start)
    facts = _facts(mentions, bureaus, read_dates(text, mentions, timeline))
    return CampaignView(text, tuple(mentions), facts, tuple(m.start for m in mentions))


def _facts(mentions: Sequence[CampaignMention], bureaus: BureauView, dates: CampaignDates) -> list[Campaign]:
    grouped: dict[str, list[CampaignMention]] = {}
    for mention in mentions:
        if mention.name.count("“") == mention.name.count("”"):  # a name broken in two is none
            grouped.setdefault(mention.name, []).append(mention)
    return [_fact(group, bureaus, dates) for group in grouped.values()]


def _fact(group: Sequence[CampaignMention], bureaus: BureauView, dates: CampaignDates) -> Campaign:
    view = dates.text.view
    quotes = [dates.text.quote(m.start + view.startswith("、", m.start), m.end) for m in group]
    evidence = tuple(sorted({Evidence(q.start, q.end, q.quote) for q in quotes}))
    bureau, source = bureaus.subject_at(group[0].start, group[0].end)
    period, words = dates.period_of(group)
    context = [("bureau", source)] + ([("period", words)] if period else [])
    return Campaign(
        article=dates.text.article.id,
        evidence=evidence,
        derivation=Derivation(tuple(dict.fromkeys(m.rule for m in group)), tuple(context)),
        name=without_persons(group[0].name),
        bureau=bureau,
        period=period,
    )
