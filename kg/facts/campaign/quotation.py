"""Quotations: campaigns in quotation marks that need no head noun, codes with their year, and standing names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.facts.campaign.border import Quote, Reader, is_in_title
from kg.facts.campaign.mention import CampaignMention
from kg.facts.campaign.name import ends_in_head, is_code, is_named, is_own_name, own_head
from kg.facts.campaign.pattern import all_generic, any_of, part, rule
from kg.facts.cue import cue

_REACH = 100


def quote_mentions(reader: Reader) -> Iterator[CampaignMention]:
    """Yield the quoted names that need no head noun after them."""
    for told in reader.quotes:
        edition = part("edition").search(told.body)
        quote = replace(told, body=told.body[: edition.start()]) if edition else told
        if is_in_title(reader.view, quote.start):
            continue
        if (visits := _of_visits(reader, quote)) is not None:
            yield visits
            continue
        if part("plural").match(quote.body) or (quote.body.endswith("号") and _names_a_case(reader, quote)):
            continue
        if part("ways_of_work").match(reader.view, told.end):
            continue  # “云上打击”“拔钉追逃”等战法
        if is_code(quote.body) and (_stands_alone(reader, quote) or _is_among_codes(reader, quote)):
            yield CampaignMention(quote.start, quote.end, quote.body, "campaign-code")
        elif rule("campaign-quoted-activity").match(reader.view, quote.end) and not part("foreign").search(quote.body):
            yield CampaignMention(quote.start, quote.end, quote.body, "campaign-quoted-activity")
        elif (remedy := rule("campaign-quoted-object").match(reader.view, quote.end)) and reader.is_opened(quote):
            name = quote.body + (remedy["what"] or remedy[0])
            yield CampaignMention(quote.start, remedy.end(), name, "campaign-quoted-object")
        elif rule("campaign-in-hand").match(reader.view, quote.start) and not part("foreign").search(quote.body):
            yield CampaignMention(quote.start, quote.end, quote.body, "campaign-in-hand")
        elif rule("campaign-slogan").match(quote.body) and _is_launched(reader, quote):
            yield CampaignMention(quote.start, quote.end, quote.body, "campaign-slogan")
        elif ends_in_head(quote.body):
            head = own_head(quote.body)
            words = quote.body[: -len(head)] if head else ""
            own = len(words) >= 2 and (not all_generic().fullmatch(words) or _is_a_time(reader, quote))
            if head and (is_named(words, head, True) or own):
                found = _quoted_head(reader, quote)
                yield from (replace(m, name=m.name + edition[0]) for m in found) if edition else found
            elif head == quote.body:
                itself = part("head_alone").fullmatch(head) is not None
                yield from (m for m in _quoted_head(reader, quote) if itself or m.rule == "campaign-mixed")


def _of_visits(reader: Reader, quote: Quote) -> CampaignMention | None:
    """Return a drive of calling on people, with the noun behind it that is of its name: “大走访”爱民实践活动."""
    if not rule("campaign-quoted-visits").fullmatch(quote.body):
        return None
    kept = part("visits_kept").match(reader.view, quote.end)
    if kept is None and part("visits_bare").fullmatch(quote.body):
        return None
    end = kept.end() if kept else quote.end
    name = quote.body + reader.view[quote.end : end]
    return CampaignMention(quote.start, end, name, "campaign-quoted-visits")


def _stands_alone(reader: Reader, quote: Quote) -> bool:
    """Tell whether a code name means a campaign without a head noun: by its year, or by what is done with it."""
    if rule("campaign-code-unquoted").fullmatch(quote.body):
        return True
    clause = reader.text.clause_at(quote.start)
    start, bounded = reader.border(max(clause.start, quote.start - _REACH), quote.start)
    if start != quote.start and not (start == quote.start + 1 or reader.view[quote.start - 1] in "”、和"):
        return False
    return (bounded or start == clause.start) and part("alone_after").match(reader.view, quote.end) is not None


def _names_a_case(reader: Reader, quote: Quote) -> bool:
    """Tell whether a name with a number is that of a case: “雷雨3号”“雷雨9号”特大骗税案."""
    return part("of_a_case").match(reader.view, quote.end) is not None


def _is_launched(reader: Reader, quote: Quote) -> bool:
    """Tell whether a verb of launching stands before a quotation and its clause ends behind it."""
    beside = reader.quote_around(quote.end)
    coded = beside is not None and is_code(beside.body)  # “打盗抢、护平安”“利剑2022”
    return reader.is_opened(quote) and (coded or part("alone_after").match(reader.view, quote.end) is not None)


def _is_a_time(reader: Reader, quote: Quote) -> bool:
    """Tell whether a quotation dates what follows, so that even plain words name a campaign: “破案会战”以来."""
    return part("itself_a_time").match(reader.view, quote.end) is not None


def _is_among_codes(reader: Reader, quote: Quote) -> bool:
    """Tell whether a code name stands right beside another ("“断卡”“断流”")."""
    beside = (q for q in (reader.quote_around(quote.start - 1), reader.quote_around(quote.end)) if q)
    return any(is_code(q.body) for q in beside)


def _quoted_head(reader: Reader, quote: Quote) -> Iterator[CampaignMention]:
    if part("foreign").search(quote.body):
        return
    clause = reader.text.clause_at(quote.start)
    start, _ = reader.border(max(clause.start, quote.start - 24), quote.start)
    last = cue("campaign-listed-before").match(reader.view, start, quote.start)
    if last is not None and last.end() < quote.start:
        start = last.end()  # “云剑”、夏季治安打击整治“百日行动”
    prefix = reader.view[start : quote.start]
    named = is_own_name(quote.body) or (quote.body in reader.bare and not _is_plain(quote.body))
    alone = named or re.search("[、与和及]", prefix)
    if not alone and rule("campaign-mixed").match(prefix) and any_of("campaign_topic").search(prefix):
        yield CampaignMention(start, quote.end, prefix + quote.body, "campaign-mixed")
    else:
        yield CampaignMention(quote.start, quote.end, quote.body, "campaign-quoted-head")


def _is_plain(body: str) -> bool:
    """Tell whether a quoted name says nothing of its own: 百日行动."""
    head = own_head(body)
    return part("plain").fullmatch(body[: -len(head)] if head else body) is not None


def code_mentions(reader: Reader) -> Iterator[CampaignMention]:
    """Yield the code names that stand with their year and without quotation marks."""
    for found in rule("campaign-code-unquoted").finditer(reader.view):
        if not reader.quote_around(found.start()) and not is_in_title(reader.view, found.start()):
            yield CampaignMention(found.start(), found.end(), found[0], "campaign-code-unquoted")


def standing_mentions(reader: Reader) -> Iterator[CampaignMention]:
    """Yield 扫黑除恶 without a head noun, where a verb before it or a judgement after it makes it a campaign."""
    view = reader.view
    for found in rule("campaign-standing").finditer(view):
        clause = reader.text.clause_at(found.start())
        pursued = part("standing_before").search(view, max(clause.start, found.start() - 8), found.start())
        opens = found.start() == clause.start and view[found.end() : found.end() + 1] not in ",;。"
        if (pursued or opens) and not reader.quote_around(found.start()):
            yield CampaignMention(found.start(), found.end(), found[0], "campaign-standing")
