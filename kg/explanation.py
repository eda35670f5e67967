"""Why a fact is there, and why a number gave none.

Enters: an article and a fact of it, or a place in it. Leaves: an ``Explanation``: the sentence, its labelled mentions
with the rules that made them, the frames with their roles, what context supplied, and for each number without a fact
the reason, with the nearest frame rule and the label that it missed. ``explanation_lines`` spells them out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from kg.article import Article
from kg.facts.bureau import find_bureaus
from kg.facts.jsonl import fact_to_dict
from kg.facts.metric import is_plan, known_mentions, topic_words
from kg.facts.model import Fact
from kg.facts.reading import read_statements
from kg.facts.timeline import read_timeline
from kg.mentions.cascade import WORDS, find_mentions, load_stage
from kg.mentions.frame import ATTRIBUTES, VALUES, Frame, find_frames, frame_rules
from kg.mentions.mention import Mention
from kg.mentions.pattern import label_character, write_labels
from kg.mentions.rule import Rule, load_rules
from kg.resources import resource
from kg.text import Span, Text, read_text

_PLACE = re.compile(r"(.*?) ?@ ([0-9]+)$")
_DIGITS = re.compile("[0-9]+(?:[.,][0-9]+)*")
_LOOK_AROUND = 8  # labels before and after a value that the nearest rule may be about
_NUMBER = re.compile("[0-9零一二两三四五六七八九十百千万亿]")
_HOLDERS = frozenset({WORDS, "skip", "items", "title", "quote", "bracket"})  # what keeps a number from being one


@dataclass(frozen=True, slots=True)
class Labelled:
    """Characters of the article under a label; ``rule`` is empty where no rule knows them."""

    words: str
    label: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrameReading:
    """A frame rule that matched, with the words that play its roles."""

    rule: str
    words: str
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Supplied:
    """A field that context filled in; ``words`` name the source, which stands from ``start`` to ``end`` if anywhere."""

    field: str
    words: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """A number that gave no fact, and why."""

    words: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that led to a fact, or all that is known about a sentence where ``fact`` is None."""

    article: str
    line: int
    start: int
    end: int
    sentence: str
    mentions: tuple[Labelled, ...]
    frames: tuple[FrameReading, ...]
    silences: tuple[Silence, ...]
    fact: Fact | None = None
    supplied: tuple[Supplied, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article as extraction sees it."""

    article: Article
    text: Text
    known: tuple[Mention, ...]

    def row(self, sentence: Span) -> list[Mention]:
        known = [m for m in self.known if sentence.start <= m.start and m.end <= sentence.end]
        return find_mentions(self.text.view, sentence.start, sentence.end, known)

    def position(self, offset: int) -> int:
        """Return the position in the view of a character of the article."""
        return max(0, bisect_right(self.text.starts, offset) - 1)

    def labelled(self, mention: Mention) -> Labelled:
        quote = self.text.quote(mention.start, mention.end)
        return Labelled(" ".join(quote.quote.split()), mention.label, mention.rule, quote.start, quote.end)


def explain(article: Article, place: Fact | int) -> Explanation:
    """Return how a fact of an article came about, or what is known about the sentence around a character of it.

    >>> from kg.article import article_of
    >>> article = article_of("镇安县公安局破获刑事案件120起,拨打110报警。")
    >>> found = explain(article, 12)
    >>> [frame.rule for frame in found.frames], [(silence.words, silence.reason) for silence in found.silences]
    (['count-after-noun'], [('110', 'decoy-hotline: Telephone numbers, hotlines and platform names.')])
    """
    return _explain(_read(article), place)


def explanations(article: Article, facts: Iterable[Fact]) -> tuple[Explanation, ...]:
    """Return how each fact of an article came about; the article is read once."""
    reading = _read(article)
    return tuple(_explain(reading, fact) for fact in facts)


def silences(article: Article) -> tuple[Silence, ...]:
    """Return the numbers of an article that gave no fact, in the order of the text.

    >>> from kg.article import article_of
    >>> [silence.words for silence in silences(article_of("镇安县公安局破获刑事案件120起,拨打110报警。"))]
    ['110']
    """
    reading = _read(article)
    return tuple(s for sentence in reading.text.sentences for s in _silences(reading, sentence, reading.row(sentence)))


def explanation_lines(
    article: Article, facts: Sequence[Fact], *, at: int | None = None, about: str = ""
) -> Iterator[str]:
    """Give lines for people: each of an article's facts with its derivation, then the numbers that gave none.

    ``at`` asks for what covers that character of the article, ``about`` for facts that contain these words.
    """
    reading = _read(article)
    asked = [fact for fact in facts if _covers(fact, at) and about in _spell(fact)]
    for fact in asked:
        yield from render(_explain(reading, fact))
        yield ""
    if at is not None and not asked and at < len(article.text):
        yield from render(_explain(reading, at))
    elif at is None and not about:
        yield from _silent_lines(reading)


def render(explanation: Explanation) -> Iterator[str]:
    """Give an explanation as lines: the fact, its words, mentions, frames, context, and what stayed silent."""
    if explanation.fact is not None:
        yield _spell(explanation.fact)
    yield f"  sentence  {explanation.article}, line {explanation.line}: {explanation.sentence}"
    for mention in explanation.mentions:
        rule = f"  ({mention.rule})" if mention.rule else ""
        yield f"  mention   {mention.start}-{mention.end} {mention.label}: {mention.words}{rule}"
    for frame in explanation.frames:
        roles = "; ".join(f"{name}: {words}" for name, words in frame.roles)
        yield f"  frame     {frame.rule}: {roles}"
    if explanation.fact is not None:
        for name in explanation.fact.derivation.rules:
            yield f"  rule      {described(name)}"
        for place in explanation.fact.evidence[1:]:
            yield f"  again     {place.start}-{place.end}: {' '.join(place.quote.split())}"
    for supplied in explanation.supplied:
        where = "" if supplied.start is None else f", at {supplied.start}"
        yield f"  context   {supplied.field} from {supplied.words}{where}"
    for silence in explanation.silences:
        yield f"  no fact   {silence.start}-{silence.end} {silence.words}: {silence.reason}"


@cache
def _rules() -> dict[str, Rule]:
    files = sorted(path.stem for path in resource("mappings", "rules").glob("*.toml"))
    return {rule.name: rule for file in files for rule in load_rules(file)}


def described(name: str) -> str:
    """Return the name of a rule with its note, as far as it has one.

    >>> described("zero")
    'zero: 零发案 is a count of 0.'
    """
    rule = _rules().get(name)
    note = rule.data.get("note") if rule else None
    return f"{name}: {note}" if note else name


def illustrated(name: str) -> tuple[str, str] | None:
    """Return what a rule is about, as its file is called, and the shortest example of what it reads; None for no rule.

    >>> illustrated("zero")[0], illustrated("?")
    ('value', None)
    """
    rule = _rules().get(name)
    examples = [str(example["text"]) for example in rule.data.get("example", ())] if rule else []
    return (rule.phenomenon, min(examples, key=len)) if rule and examples else None


def _read(article: Article) -> _Reading:
    text = read_text(article)
    return _Reading(article, text, known_mentions(text, find_bureaus(text), read_timeline(text)))


def _covers(fact: Fact, at: int | None) -> bool:
    return at is None or any(place.start <= at < place.end for place in fact.evidence)


def _spell(fact: Fact) -> str:
    data = fact_to_dict(fact)
    silent = ("article", "evidence", "derivation")
    return ", ".join(f"{name} {_said(v)}" for name, v in data.items() if v is not None and name not in silent)


def _said(value: Any) -> str:
    match value:
        case {"start": start, "end": end}:
            return f"{start}/{end}"
        case {"n": number, "unit": unit}:
            return f"{number}{unit}"
        case _:
            return str(value)


def _explain(reading: _Reading, place: Fact | int) -> Explanation:
    if isinstance(place, int):
        return _sentence(reading, reading.position(place))
    first = place.evidence[0]
    start, end = reading.position(first.start), reading.position(first.end - 1) + 1
    whole = _sentence(reading, start)
    row = reading.row(reading.text.sentence_at(start))
    return Explanation(
        whole.article,
        whole.line,
        whole.start,
        whole.end,
        whole.sentence,
        tuple(reading.labelled(m) for m in row if m.start < end and start < m.end),
        tuple(_frame(reading, f, row) for f in find_frames(row) if _touches(f, row, start, end)),
        (),
        place,
        tuple(_supplied(reading, field, source) for field, source in place.derivation.context),
    )


def _sentence(reading: _Reading, position: int) -> Explanation:
    sentence = reading.text.sentence_at(position)
    quote = reading.text.quote(sentence.start, sentence.end)
    row = reading.row(sentence)
    return Explanation(
        reading.article.id,
        reading.article.text.count("\n", 0, quote.start) + 1,
        quote.start,
        quote.end,
        " ".join(quote.quote.split()),
        tuple(map(reading.labelled, row)),
        tuple(_frame(reading, frame, row) for frame in find_frames(row)),
        tuple(_silences(reading, sentence, row)),
    )


def _touches(frame: Frame, row: Sequence[Mention], start: int, end: int) -> bool:
    return row[frame.start].start < end and start < row[frame.end - 1].end


def _frame(reading: _Reading, frame: Frame, row: Sequence[Mention]) -> FrameReading:
    def words(first: int, end: int) -> str:
        quote = reading.text.quote(row[first].start, row[end - 1].end).quote if end > first else ""
        return " ".join(quote.split())

    roles = sorted(frame.roles.items(), key=lambda item: item[1])
    return FrameReading(
        frame.rule.name, words(frame.start, frame.end), tuple((name, words(*span)) for name, span in roles)
    )


def _supplied(reading: _Reading, field: str, source: str) -> Supplied:
    """Return a source such as "agency @ 12" with the words that stand there and their place in the article."""
    match = _PLACE.match(source)
    if match is None:
        return Supplied(field, source)
    position = min(int(match[2]), len(reading.text.starts) - 1)
    there = next((m for m in reading.known if m.start == position), None)
    words = reading.text.view[there.start : there.end] if there else ""
    end = reading.text.ends[there.end - 1] if there else None
    return Supplied(field, " ".join(dict.fromkeys((match[1], words))).strip(), reading.text.starts[position], end)


# --- numbers without a fact


def _silences(reading: _Reading, sentence: Span, row: Sequence[Mention]) -> Iterator[Silence]:
    told = read_statements(reading.text.view, row, topic_words(reading.text, sentence))
    stated = {statement.at: statement for statement in told}
    framed = {place: frame for frame in find_frames(row) for place in range(frame.start, frame.end)}
    for place, mention in enumerate(row):
        statement = stated.get(mention.start)
        if mention.label not in VALUES:
            reason = _unread(reading.text.view, mention)
        elif statement is None:
            reason = _unframed(reading.text.view, row, place, framed.get(place))
        else:
            reason = "a plan or a promise, not an outcome" if is_plan(reading.text, sentence, statement) else ""
        if reason:
            found = reading.labelled(_number_in(reading.text.view, mention))
            yield Silence(found.words, found.start, found.end, reason)


def _number_in(view: str, mention: Mention) -> Mention:
    """Return the digits of a stretch that no rule knows, another mention as it is."""
    digits = None if mention.rule else _DIGITS.search(view, mention.start, mention.end)
    return Mention(mention.label, digits.start(), digits.end(), "") if digits else mention


def _unread(view: str, mention: Mention) -> str:
    """Return why a mention without a value's label gave no fact, empty where it holds no number of its own."""
    words = view[mention.start : mention.end]
    if mention.label == "bureau":
        return "part of an agency's name" if _DIGITS.search(words) else ""
    if mention.rule:
        return described(mention.rule) if mention.label in _HOLDERS and _NUMBER.search(words) else ""
    return "no rule of values reads it" if _DIGITS.search(words) else ""


def _unframed(view: str, row: Sequence[Mention], place: int, frame: Frame | None) -> str:
    if frame is not None:
        return f"{frame.rule.name} matches, but nothing beside the number or before it says what it measures"
    near = nearest_rule(row, place)
    return near.spell(view) if near else "no frame rule comes near"


@dataclass(frozen=True, slots=True)
class Near:
    """A frame rule that would match if one label were different: dropped, put in, or another one."""

    rule: str
    change: str
    label: str
    mention: Mention

    def spell(self, view: str) -> str:
        """Return the change as a sentence."""
        words = view[self.mention.start : self.mention.end]
        found = f'"{words}" ({self.mention.label})'
        if self.change == "drop":
            return f"nearest rule {self.rule}; {found} stands in the way"
        if self.change == "insert":
            return f"nearest rule {self.rule}; it wants {self.label} before {found}"
        return f"nearest rule {self.rule}; it wants {self.label} where {found} stands"


@cache
def _labels() -> tuple[str, ...]:
    labels = {rule.data["label"] for rule in load_stage("mentions").rules} | {"bureau"}
    return tuple(sorted(labels - ATTRIBUTES - VALUES - {"comma"}))


def nearest_rule(row: Sequence[Mention], index: int) -> Near | None:
    """Return the frame rule that one label keeps from covering the value at an index of a row, None where more do.

    >>> row = find_mentions("民警12年奔波", 0, 7)
    >>> near = nearest_rule(row, 1)
    >>> near.rule, near.change, near.label
    ('change-by', 'insert', 'move')
    """
    before = list(islice(_clause(reversed(row[:index])), _LOOK_AROUND))[::-1]
    after = list(islice(_clause(islice(row, index + 1, None)), _LOOK_AROUND))
    around = [*before, row[index], *after]
    found = _nearest(write_labels(around), len(before))
    if found is None:
        return None
    rule, change, label, at = found
    return Near(rule, change, label, around[at])


def _clause(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Give the mentions that frames see, up to the next comma."""
    for mention in mentions:
        if mention.label == "comma":
            return
        if mention.label not in ATTRIBUTES:
            yield mention


@lru_cache(maxsize=4096)
def _nearest(labels: str, target: int) -> tuple[str, str, str, int] | None:
    """Return rule, change, label and place of the smallest change after which a frame covers the target, or None."""
    options = (
        (abs(at - target), number, start, (rule.name, change, label, at))
        for change, at, label, edited, shifted in _edits(labels, target)
        for number, (rule, pattern) in enumerate(frame_rules())
        for start in range(min(at, target) + 1)
        if (match := pattern.match(edited, start)) and match.end() > shifted
    )
    best = min(options, key=lambda option: option[:3], default=None)
    return best[3] if best else None


def _edits(labels: str, target: int) -> Iterator[tuple[str, int, str, str, int]]:
    """Give the rows that differ by one label: the change, where, the label, the row, and where the value now is."""
    for at in range(len(labels)):
        moved = target + (at <= target)
        for label in _labels():
            yield "insert", at, label, labels[:at] + label_character(label) + labels[at:], moved
        if at == target:
            continue
        yield "drop", at, "", labels[:at] + labels[at + 1 :], target - (at < target)
        for label in _labels():
            yield "replace", at, label, labels[:at] + label_character(label) + labels[at + 1 :], target


def _silent_lines(reading: _Reading) -> Iterator[str]:
    """Give the numbers of an article that gave no fact, by line."""
    for sentence in reading.text.sentences:
        for silence in _silences(reading, sentence, reading.row(sentence)):
            line = reading.article.text.count("\n", 0, silence.start) + 1
            yield f"no fact, line {line}, {silence.start}-{silence.end} {silence.words}: {silence.reason}"
