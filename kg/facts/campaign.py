"""Campaigns: names of operations and drives, who runs them, and which of them a number is the outcome of.

Enters: a ``Text`` with its bureaus and timeline. Leaves: a ``CampaignView`` with every mention, the Campaign facts, and
the answer to which campaign a number at a position belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from kg.facts.bureau import BureauView
from kg.facts.model import Campaign, Derivation, Evidence, Period
from kg.facts.timeline import Governed, Timeline
from kg.mentions.lexicon import alternation, load_lexicon
from kg.mentions.rule import expand, load_parts, load_rules
from kg.text import Text

_REACH = 100
_LONGEST = 34
_TELLING = 6
_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class CampaignMention:
    """A stretch ``start`` to ``end`` of the view that names a campaign, or means one named before."""

    start: int
    end: int
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class CampaignView:
    """What an article's words say about campaigns."""

    text: Text
    mentions: tuple[CampaignMention, ...]
    facts: list[Campaign]
    _starts: Sequence[int] = field(repr=False)

    def means_at(self, sentence_start: int, position: int, indicator: str) -> str | None:
        """Return the name of the campaign whose outcome a number at a position is, None where none is named.

        >>> from kg.facts.bureau import find_bureaus
        >>> from kg.facts.timeline import read_timeline
        >>> from kg.text import text_of
        >>> text = text_of("靖西市公安局开展“断卡”和禁毒会战等专项行动,缴获毒品3千克。")
        >>> view = find_campaigns(text, find_bureaus(text), read_timeline(text))
        >>> view.means_at(0, text.view.index("3"), "缴获毒品")
        '禁毒会战'
        """
        last = bisect_left(self._starts, position)
        first = max(bisect_left(self._starts, sentence_start), last - _REMEMBERED)
        before = [m for m in self.mentions[first:last] if m.end <= position]
        group = _latest_group(self.text.view, [m for m in before if self._reaches(m, position, indicator)])
        if not group:
            return None
        return max(group, key=lambda m: (_fit(self._words(m), indicator), -m.start)).name

    def _words(self, mention: CampaignMention) -> str:
        """Return a campaign's name with the words right before it: "破案打击“天网”" is about clearing cases."""
        before = _part("epithet").search(self.text.view, max(0, mention.start - 6), mention.start)
        return (before[0] if before else "") + mention.name

    def _reaches(self, mention: CampaignMention, position: int, indicator: str) -> bool:
        """Tell whether a mention governs as far as a position: a judgement on a campaign, itself and its clause."""
        if not _part("judged").match(self.text.view, mention.end):
            return True
        own = mention.name[:4] in indicator or "考" not in self.text.view[mention.end : mention.end + 6]
        return own and position <= self.text.clause_at(mention.start).end


# --- patterns --------------------------------------------------------------------------------------------------------


@cache
def _part(name: str) -> re.Pattern[str]:
    return re.compile(expand(f"{{{name}}}", load_parts("campaign"), "mappings/rules/campaign.toml"))


@cache
def _rule(name: str) -> re.Pattern[str]:
    for rule in load_rules("campaign"):
        if rule.name == name and rule.regex is not None:
            return rule.regex
    raise KeyError(name)


@cache
def _words(lexicon: str) -> re.Pattern[str]:
    return re.compile(alternation(load_lexicon(lexicon).rows))


@cache
def _all_generic() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(load_lexicon('campaign_generic').rows)})*")


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"(?:{_part('lead').pattern})+")


# --- names -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Quote:
    start: int
    end: int
    body: str


@dataclass(frozen=True, slots=True)
class _Item:
    """One item before a head noun: characters, perhaps a quoted name, characters after it."""

    start: int
    end: int
    quote: _Quote | None


@dataclass(frozen=True, slots=True)
class _Reader:
    """A text with its quotations and the ends of its agencies, which bound names on the left."""

    text: Text
    quotes: tuple[_Quote, ...]
    quote_starts: tuple[int, ...]
    agency_ends: tuple[int, ...]
    bare: frozenset[str]

    @property
    def view(self) -> str:
        return self.text.view

    def quotes_between(self, start: int, end: int) -> Sequence[_Quote]:
        first, last = bisect_left(self.quote_starts, start), bisect_left(self.quote_starts, end)
        return [q for q in self.quotes[first:last] if q.end <= end]

    def quote_around(self, position: int) -> _Quote | None:
        index = bisect_right(self.quote_starts, position) - 1
        return self.quotes[index] if index >= 0 and position < self.quotes[index].end else None

    def border(self, start: int, end: int) -> tuple[int, bool]:
        """Return where a name that ends at ``end`` begins, and whether a word before it says so."""
        after = start
        for match in _part("border").finditer(self.view, start, end):
            after = match.end()
        index = bisect_right(self.agency_ends, end) - 1
        if index >= 0 and self.agency_ends[index] > after:
            after = self.agency_ends[index]
        bounded = after > start
        lead = _lead().match(self.view, after, end)
        return (lead.end() if lead else after), bounded


def _is_code(body: str) -> bool:
    """Tell whether quoted words are a code name by their form: known, or with a year or number."""
    if _part("foreign").search(body):
        return False
    return _rule("campaign-code").match(body) is not None


def _is_opaque(body: str) -> bool:
    """Tell whether a quotation is two characters that say nothing of a topic: a code name nobody else uses."""
    numbered = re.match(r"[一二三四五六七八九十两0-9]", body)
    return len(body) == 2 and not numbered and not _words("campaign_topic").search(body)


def _is_named(modifiers: str, head: str, bounded: bool) -> bool:
    """Tell whether the words before a head noun make a name of it."""
    if len(modifiers) < 2 or len(modifiers) > _LONGEST or _all_generic().fullmatch(modifiers):
        return False
    if _part("foreign").search(modifiers):
        return False
    topical = _words("campaign_topic").search(modifiers) is not None
    kind = load_lexicon("campaign_head").get(head, "kind")
    if kind == "strong":
        return topical or (bounded and len(modifiers) <= 8)
    if head in ("严打", "严打整治"):
        return bounded and _part("season").search(modifiers) is not None
    return topical and (bounded or len(modifiers) <= 14)


def _keeps(head: str) -> bool:
    return load_lexicon("campaign_head").get(head, "after_quote") == "keep"


def _ends_in_head(words: str) -> bool:
    return _rule("campaign-quoted-head").match(words) is not None


def _read_quotes(view: str) -> Iterator[_Quote]:
    for match in re.finditer(r"“([^“”‘’。\n]{1,40})”|‘([^“”‘’。\n]{1,40})’", view):
        yield _Quote(match.start(), match.end(), match[1] or match[2])


def _reader(text: Text, bureaus: BureauView) -> _Reader:
    quotes = tuple(_read_quotes(text.view))
    ends = tuple(sorted(mention.end for mention in bureaus.mentions))
    bare = frozenset(q.body for q in quotes if not _is_modified(text, q))
    return _Reader(text, quotes, tuple(q.start for q in quotes), ends, bare)


def _is_modified(text: Text, quote: _Quote) -> bool:
    """Tell whether words of the same name stand right before a quotation ("打击“六霸”")."""
    before = text.view[max(0, quote.start - 4) : quote.start]
    return re.search("[\u4e00-\u9fff]{2}$", before) is not None and not re.search(
        f"(?:{_part('border').pattern}|{_part('lead').pattern})$", before
    )


# --- mentions --------------------------------------------------------------------------------------------------------


def _head_mentions(reader: _Reader) -> Iterator[CampaignMention]:
    """Yield the names that head nouns end."""
    view = reader.view
    for found in _rule("campaign-unquoted").finditer(view):
        if reader.quote_around(found.start()) or _is_in_title(view, found.start()):
            continue
        yield from _before_head(reader, found)


def _is_in_title(view: str, position: int) -> bool:
    """Tell whether a position lies inside the title of a document."""
    opened = view.rfind("《", max(0, position - 60), position)
    return opened >= 0 and view.find("》", opened, position) < 0


def _before_head(reader: _Reader, found: re.Match[str]) -> Iterator[CampaignMention]:
    view, head = reader.view, found[0]
    left = max(reader.text.clause_at(found.start()).start, found.start() - _REACH)
    link = _rule("campaign-list").search(view, max(left, found.start() - 14), found.start())
    stop = link.start() if link else found.start()
    items = list(_items(reader, left, stop))
    if not items:
        return
    last = items[-1]
    if not link:
        items = [*items[:-1], _joined(reader, items)] if last.quote is None else items
        last = items[-1]
        own = _last_item(reader, last, head, found.end())
        if own is None:
            return
        yield own
        if last.start != items[-1].start or _starts_inside(reader, last, own):
            return
        items = items[:-1]
        if (last.quote is None and _is_item(view, found.end())) or not _is_paired(reader, items, own):
            return
    for item in reversed(items):
        mention = _list_item(reader, item, head)
        if mention is None:
            return
        yield mention
        if _starts_inside(reader, item, mention):
            return


def _joined(reader: _Reader, items: Sequence[_Item]) -> _Item:
    """Return the last item with those before it that are parts of one name ("打击飞车、入室盗窃专项行动")."""
    view, last = reader.view, items[-1]
    start, bounded = reader.border(last.start, last.end)
    if bounded or start != last.start or _part("opens").match(view, start):
        return last
    for item in reversed(items[:-1]):
        other = item.quote is not None or _own_head(view[item.start : item.end]) or view[item.end] != "、"
        if other or _words("campaign_other").search(view, item.start, item.end):
            break
        start, bounded = reader.border(item.start, item.end)
        words = view[start : last.end]
        if start == item.end or len(words) > _LONGEST or re.search(r"[“”]", words):
            break
        last = _Item(item.start, last.end, None)
        if bounded or start != item.start:
            break
    return last


def _is_item(view: str, end: int) -> bool:
    """Tell whether a list goes on after a head noun, so that the noun is its item's own."""
    return re.match(r"[、“]|和|与", view[end : end + 1]) is not None


def _starts_inside(reader: _Reader, item: _Item, mention: CampaignMention) -> bool:
    """Tell whether a name begins after a border inside its item, so that the list begins with it."""
    return mention.start > item.start + (1 if item.quote and item.quote.start == item.start else 0)


def _items(reader: _Reader, left: int, stop: int) -> Iterator[_Item]:
    """Yield the items of a list between two positions: cut at separators and between adjacent quotations."""
    view = reader.view
    quotes = reader.quotes_between(left, stop)
    at = left
    held: _Quote | None = None
    cursor = left
    for quote in [*quotes, _Quote(stop, stop, "")]:
        for match in _part("separator").finditer(view, cursor, quote.start):
            if match.start() > at:
                yield _Item(at, match.start(), held)
            at, held = match.end(), None
        if held is not None and quote.start == held.end and quote.end > quote.start:
            yield _Item(at, quote.start, held)
            at = quote.start
        if quote.end > quote.start:
            held = quote
        cursor = quote.end
    if stop > at:
        yield _Item(at, stop, held)


def _last_item(reader: _Reader, item: _Item, head: str, end: int) -> CampaignMention | None:
    """Return the name that a head noun ends directly."""
    view, quote = reader.view, item.quote
    if quote is None:
        start, bounded = reader.border(item.start, item.end)
        words = view[start : item.end]
        if not _is_named(words, head, bounded) or _part("counted").match(view, end):
            return None
        return CampaignMention(start, end, words + head, "campaign-unquoted")
    suffix = view[quote.end : item.end]
    if not _rule("campaign-quoted").fullmatch(suffix) or _part("border").search(suffix):
        start, bounded = reader.border(quote.end, item.end)
        words = view[start : item.end]
        if start > quote.end and _is_named(words, head, bounded):
            return CampaignMention(start, end, words + head, "campaign-unquoted")
        return None
    if suffix and not _words("campaign_topic").search(suffix) and not _all_generic().fullmatch(suffix):
        return None
    return _quoted(reader, item, quote, view[quote.end : item.end] + head, end, head)


def _list_item(reader: _Reader, item: _Item, head: str) -> CampaignMention | None:
    """Return the name of an item that shares a head noun, None where the item is no campaign."""
    view, quote = reader.view, item.quote
    if quote is not None:
        suffix = view[quote.end : item.end]
        own = _rule("campaign-unquoted").search(suffix)
        if suffix and (own is None or own.end() != len(suffix)):
            start, _ = reader.border(item.start, quote.start)
            if start == quote.start or not _part("crime").fullmatch(suffix):
                return None
            name = view[start : quote.start] + quote.body + suffix + head
            return CampaignMention(start, item.end, name, "campaign-mixed")
        return _quoted(reader, item, quote, suffix or head, item.end, own[0] if own else head)
    start, bounded = reader.border(item.start, item.end)
    words = view[start : item.end]
    if _rule("campaign-code-unquoted").fullmatch(words):
        return CampaignMention(start, item.end, words, "campaign-code-unquoted")
    noun = _own_head(words)
    if noun and not _keeps(noun):
        if not _is_named(words[: -len(noun)], noun, True):
            return None
        return CampaignMention(start, item.end, words, "campaign-list")
    if not _is_named(words, "专项行动", bounded) or not _words("campaign_topic").search(words):
        return None
    if re.search(f"(?:{_words('campaign_other').pattern})$", words):
        return None
    return CampaignMention(start, item.end, words + head, "campaign-list")


def _own_head(words: str) -> str | None:
    for match in _rule("campaign-unquoted").finditer(words):
        if match.end() == len(words):
            return match[0]
    return None


def _quoted(
    reader: _Reader, item: _Item, quote: _Quote, after: str, end: int, head: str
) -> CampaignMention | None:
    """Return the name that a quotation makes, with the words right before it where they belong to it."""
    view, body = reader.view, quote.body
    if year := _part("trailing_year").match(view, end):
        body, end = f"{body}-{year[1]}", year.end()
    if _part("plural").match(body) or _part("foreign").search(body):
        return None
    start, _ = reader.border(item.start, quote.start)
    prefix = view[start : quote.start]
    if not prefix and _words("campaign_topic").fullmatch(body) and _part("object").match(after):
        return CampaignMention(quote.start, end, body + after, "campaign-mixed")
    whole = body if _ends_in_head(body) or not _keeps(head) else body + after
    if not prefix or _is_code(body) or _is_opaque(body) or body in reader.bare:
        return CampaignMention(quote.start, end, whole, "campaign-quoted")
    if _rule("campaign-mixed").match(prefix) and _words("campaign_topic").search(prefix):
        name = prefix + body if _ends_in_head(body) else prefix + body + after
        return CampaignMention(start, end, name, "campaign-mixed")
    return CampaignMention(quote.start, end, whole, "campaign-quoted")


def _is_paired(reader: _Reader, items: Sequence[_Item], own: CampaignMention) -> bool:
    """Tell whether the item before an unquoted last one is a campaign of its own and not the name's first half."""
    if not items:
        return False
    item = items[-1]
    if item.quote is not None:
        body = item.quote.body
        quoted_last = own.rule != "campaign-unquoted"
        return quoted_last or _is_code(body) or _ends_in_head(body) or _part("opens").match(body) is not None
    start, _ = reader.border(item.start, item.end)
    words = reader.view[start : item.end]
    if _own_head(words):
        return True
    return len(words) > 2 and _part("opens").match(words) is not None and _part("opens").match(own.name) is not None


def _quote_mentions(reader: _Reader) -> Iterator[CampaignMention]:
    """Yield the quoted names that need no head noun after them."""
    for quote in reader.quotes:
        if _is_in_title(reader.view, quote.start) or _part("plural").match(quote.body):
            continue
        if _is_code(quote.body) and _stands_alone(reader, quote):
            yield CampaignMention(quote.start, quote.end, quote.body, "campaign-code")
        elif _ends_in_head(quote.body):
            head = _own_head(quote.body)
            words = quote.body[: -len(head)] if head else ""
            if head and (_is_named(words, head, True) or (len(words) >= 2 and not _all_generic().fullmatch(words))):
                yield from _quoted_head(reader, quote)


def _stands_alone(reader: _Reader, quote: _Quote) -> bool:
    """Tell whether a code name means a campaign without a head noun: by its year, or by what is done with it."""
    if _rule("campaign-code-unquoted").fullmatch(quote.body):
        return True
    clause = reader.text.clause_at(quote.start)
    start, bounded = reader.border(max(clause.start, quote.start - _REACH), quote.start)
    if start != quote.start and not (start == quote.start + 1 or reader.view[quote.start - 1] in "”、和"):
        return False
    return (bounded or start == clause.start) and _part("alone_after").match(reader.view, quote.end) is not None


def _quoted_head(reader: _Reader, quote: _Quote) -> Iterator[CampaignMention]:
    if _part("foreign").search(quote.body):
        return
    clause = reader.text.clause_at(quote.start)
    start, _ = reader.border(max(clause.start, quote.start - 24), quote.start)
    prefix = reader.view[start : quote.start]
    mixed = _rule("campaign-mixed").match(prefix) and _words("campaign_topic").search(prefix)
    if mixed and quote.body not in reader.bare and not re.search("[、与和及]", prefix):
        yield CampaignMention(start, quote.end, prefix + quote.body, "campaign-mixed")
    else:
        yield CampaignMention(quote.start, quote.end, quote.body, "campaign-quoted-head")


def _code_mentions(reader: _Reader) -> Iterator[CampaignMention]:
    for found in _rule("campaign-code-unquoted").finditer(reader.view):
        if not reader.quote_around(found.start()) and not _is_in_title(reader.view, found.start()):
            yield CampaignMention(found.start(), found.end(), found[0], "campaign-code-unquoted")


def _standing_mentions(reader: _Reader) -> Iterator[CampaignMention]:
    """Yield 扫黑除恶 without a head noun, where a verb before it or a judgement after it makes it a campaign."""
    view = reader.view
    for found in _rule("campaign-standing").finditer(view):
        clause = reader.text.clause_at(found.start())
        pursued = _part("standing_before").search(view, max(clause.start, found.start() - 8), found.start())
        opens = found.start() == clause.start and view[found.end() : found.end() + 1] not in ",;。"
        if (pursued or opens) and not reader.quote_around(found.start()):
            yield CampaignMention(found.start(), found.end(), found[0], "campaign-standing")


def _without_overlap(mentions: Iterable[CampaignMention]) -> list[CampaignMention]:
    """Return mentions in order, of overlapping ones the longest."""
    kept: list[CampaignMention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.rule != "campaign-list")):
        if taken.isdisjoint(range(mention.start, mention.end)):
            kept.append(mention)
            taken.update(range(mention.start, mention.end))
    return sorted(kept, key=lambda m: m.start)


# --- the same campaign -----------------------------------------------------------------------------------------------

_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


def _key(name: str) -> str:
    """Return what tells a campaign from others: its name without head noun, marks and ways to write numbers."""
    stem = _part("stem_tail").sub("", name) or name
    return re.sub(r"[-—·]", "", stem).translate(_NUMERALS)


def _names(view: str, mentions: Sequence[CampaignMention]) -> dict[str, str]:
    """Return, for each name, the name that its campaign goes by: the first, unless a later one is much fuller."""
    chosen: dict[str, str] = {}
    keys: dict[str, str] = {}
    for mention in mentions:
        if mention.name in chosen:
            continue
        key = _key(mention.name)
        latest = list(islice(reversed(keys.items()), _REMEMBERED))
        same = keys.get(key) or next((name for k, name in reversed(latest) if _is_abridged(key, k)), None)
        if not same and len(mention.name) >= 4:
            same = next((name for _, name in latest if name.endswith(mention.name)), None)
        if _part("alias").search(view, max(0, mention.start - 6), mention.start) and chosen:
            same = list(chosen.values())[-1]
        chosen[mention.name] = same or mention.name
        keys.setdefault(key, chosen[mention.name])
    return chosen


def _is_abridged(one: str, other: str) -> bool:
    """Tell whether one key is the other with a few characters left out ("打击钱庄" of "打击整治钱庄")."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or len(short) * 1.5 < len(long) or re.findall("[0-9]+", short) != re.findall("[0-9]+", long):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def _again(reader: _Reader, mentions: Sequence[CampaignMention]) -> Iterator[CampaignMention]:
    """Yield where names already found are said again."""
    names = {mention.name for mention in mentions}
    for quote in reader.quotes:
        if quote.body in names:
            yield CampaignMention(quote.start, quote.end, quote.body, "campaign-again")
    long = sorted(name for name in names if len(name) >= _TELLING)
    if not long:
        return
    for found in re.finditer(alternation(long), reader.view):
        if not _is_in_title(reader.view, found.start()):
            yield CampaignMention(found.start(), found.end(), found[0], "campaign-again")


def _anaphors(reader: _Reader, mentions: Sequence[CampaignMention]) -> Iterator[CampaignMention]:
    """Yield "行动开展以来" and the like, with the name of the campaign named before."""
    starts = [m.start for m in mentions]
    for found in _rule("campaign-anaphor").finditer(reader.view):
        index = bisect_left(starts, found.start())
        if index == 0 or mentions[index - 1].end > found.start():
            continue
        if not _part("anaphor_before").search(reader.view, max(0, found.start() - 6), found.start()):
            continue
        noun = _part("noun").search(found[0])
        before = mentions[max(0, index - _REMEMBERED) : index]
        name = _antecedent(reader, before, found.start(), noun[0] if noun else "").name
        end = found.start() + noun.end() if noun else found.end()
        yield CampaignMention(found.start(), end, name, "campaign-anaphor")


def _antecedent(reader: _Reader, before: Sequence[CampaignMention], position: int, noun: str) -> CampaignMention:
    """Return which campaign a bare head noun means: the last of the paragraph, or else of the article, that has it."""
    paragraph = reader.text.paragraph_at(position).start
    near = [m for m in before if m.start >= paragraph]
    for group in (near, before):
        alike = [m for m in group if noun in reader.view[m.start : m.end]]
        if alike or (group and group is near):
            return (alike or group)[-1]
    return before[-1]


# --- outcomes --------------------------------------------------------------------------------------------------------


def _latest_group(view: str, mentions: Sequence[CampaignMention]) -> Sequence[CampaignMention]:
    """Return the last mentions between which no number stands."""
    group: list[CampaignMention] = []
    for mention in reversed(mentions):
        if group and _part("figure").search(view, mention.end, group[0].start):
            break
        group.insert(0, mention)
    return group


def _fit(words: str, indicator: str) -> int:
    """Return how well an indicator fits a campaign: shared pairs of characters, topics, and what the topics lead to."""
    pairs = {words[i : i + 2] for i in range(len(words) - 1)} - _PLAIN_PAIRS
    score = 2 * sum(1 for pair in pairs if pair in indicator)
    score += sum(1 for c in set(words) if c in indicator and c in load_lexicon("campaign_topic"))
    return score + 2 * sum(1 for word in _outcomes(words) if word in indicator)


_PLAIN_PAIRS = frozenset(("打击", "违法", "法犯", "犯罪", "整治", "专项", "行动", "案件", "“", "安全", "治安"))


@cache
def _outcomes(words: str) -> tuple[str, ...]:
    lexicons = [load_lexicon(name).rows for name in ("campaign_code", "campaign_topic")]
    found = [row["outcomes"].split() for rows in lexicons for word, row in rows.items() if word in words]
    return tuple(dict.fromkeys(outcome for outcomes in found for outcome in outcomes))


# --- facts -----------------------------------------------------------------------------------------------------------


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
    reader = _reader(text, bureaus)
    finders = (_head_mentions, _quote_mentions, _code_mentions, _standing_mentions)
    first = _without_overlap(mention for find in finders for mention in find(reader))
    found = _without_overlap([*first, *_apart(_again(reader, first), first)])
    names = _names(text.view, found)
    named = [CampaignMention(m.start, m.end, names[m.name], m.rule) for m in found]
    mentions = sorted([*named, *_apart(_anaphors(reader, named), named)], key=lambda m: m.start)
    facts = _facts(text, mentions, bureaus, timeline)
    return CampaignView(text, tuple(mentions), facts, tuple(m.start for m in mentions))


def _apart(
    mentions: Iterable[CampaignMention], others: Sequence[CampaignMention]
) -> Iterator[CampaignMention]:
    """Yield the mentions that share no character with others."""
    taken = {position for other in others for position in range(other.start, other.end)}
    return (mention for mention in mentions if taken.isdisjoint(range(mention.start, mention.end)))


def _facts(
    text: Text, mentions: Sequence[CampaignMention], bureaus: BureauView, timeline: Timeline
) -> list[Campaign]:
    grouped: dict[str, list[CampaignMention]] = {}
    for mention in mentions:
        grouped.setdefault(mention.name, []).append(mention)
    return [_fact(text, group, bureaus, timeline) for group in grouped.values()]


def _fact(text: Text, group: Sequence[CampaignMention], bureaus: BureauView, timeline: Timeline) -> Campaign:
    quotes = [text.quote(m.start, m.end) for m in group]
    evidence = tuple(sorted({Evidence(q.start, q.end, q.quote) for q in quotes}))
    bureau, source = bureaus.subject_at(group[0].start, group[0].end)
    period, words = _period(text, group, timeline)
    context = [("bureau", source)] + ([("period", words)] if period else [])
    return Campaign(
        article=text.article.id,
        evidence=evidence,
        derivation=Derivation(tuple(dict.fromkeys(m.rule for m in group)), tuple(context)),
        name=group[0].name,
        bureau=bureau,
        period=period,
    )


def _period(text: Text, group: Sequence[CampaignMention], timeline: Timeline) -> tuple[Period | None, str]:
    """Return the days that the words around any of its mentions give a campaign, and those words."""
    for mention in group:
        governed = _dated(text, mention, timeline)
        if governed and governed.period:
            start, end = governed.period.start, governed.period.end
            if governed.mention.shape in ("from", "since") and text.article.published:
                end = max(start, text.article.published)
            return Period(start, end), governed.words
    return None, ""


def _dated(text: Text, mention: CampaignMention, timeline: Timeline) -> Governed | None:
    """Return the time that a sentence gives a campaign itself: the last before it, unless a result stands between."""
    if mention.rule == "campaign-anaphor" or _part("judged").match(text.view, mention.end):
        return None
    sentence = text.sentence_at(mention.start)
    index = bisect_left(timeline.governors, mention.start, key=lambda g: g.mention.start) - 1
    if index < 0 or timeline.governors[index].mention.start < sentence.start:
        return None
    last = timeline.governors[index]
    between = text.view[last.mention.end : mention.start]
    if _part("figure_counted").search(between):
        return None
    passing = last.mention.shape in ("within", "event") and last.mention.grain == "day"
    return None if passing and not _part("launched").search(between) else last
