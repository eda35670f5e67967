"""Counts of things that reached a rate: 10起命案破案率100%.

Enters: a count after which a percentage goes on. Leaves: the count of the things and the rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.facts.cue import cue
from kg.facts.distribution import houses_rated
from kg.facts.sharing import NOTHING_SHARED, Shared
from kg.facts.statement import Sentence, Statement, amount_of, blank, filled, values_of
from kg.mentions.frame import Frame
from kg.mentions.mention import Mention
from kg.values.quantity import Amount


def rate_follows(sentence: Sentence, frame: Frame, right: Sequence[Mention]) -> bool:
    """Tell whether a percentage goes on where a count ends: 10起命案破案率[100%], 3家看守所安全率达[100%]."""
    after = [m.label for m in sentence.row[frame.end : frame.end + 2]]
    goes_on = after[:1] == ["percent"] or after == ["be", "percent"]
    return goes_on and cue("composition-rated").search(sentence.text(right)) is not None


def counted_and_rated(
    sentence: Sentence, frame: Frame, values: Sequence[tuple[Mention, Amount]], name: str, thing: str
) -> Iterator[Statement]:
    """Yield the count of some things and the rate that they reached: 下发9万条指令反馈率100%.

    Places and units are counted by the rate: 10个县的命案破案率达到100% are 命案破案率达到100%的县.
    """
    percent = next(m for m in sentence.row[frame.end :] if m.label == "percent")
    name, thing = name.removeprefix("等"), thing.removeprefix("等")  # 郑州等11个市命案破案率
    if of_places := cue("composition-places-rated").fullmatch(name):
        thing = f"{of_places[2]}达到{sentence.view[percent.start : percent.end]}的{of_places[1]}"
    for mention, amount in values:
        yield filled(blank(amount, mention, frame.rule.name), thing, mention.start, mention.end)
    rate = amount_of(percent)
    if rate is not None:
        told = filled(blank(rate, percent, frame.rule.name), name, values[0][0].start, percent.end)
        yield told if sentence.row[frame.end].label == "percent" else replace(told, vague=True)


def compose_rated(
    sentence: Sentence, frame: Frame, before: Sequence[Statement], shared: Shared = NOTHING_SHARED
) -> Iterator[Statement]:
    """Yield things counted and the rate that each of them reached: 9个派出所、4个中队装备配备率分别达90%、85%."""
    counts = [m for m in frame.role("indicator", sentence.row) if amount_of(m)]
    percents = values_of(frame.role("value", sentence.row))
    span = sentence.row[frame.start : frame.end]
    ends = [*(m.start for m in counts[1:]), percents[0].start]
    words = [
        sentence.words(_within_list([m for m in span if count.end <= m.start < end]))
        for count, end in zip(counts, ends, strict=True)
    ]
    rates = houses_rated(words) or [words[-1]] * len(words)
    things = [*words[:-1], cue("distribution-house-rated").sub(r"\1", words[-1])]
    for mention, thing in zip(counts, things, strict=True):
        if (amount := amount_of(mention)) is not None:
            yield filled(blank(amount, mention, frame.rule.name), thing, mention.start, mention.end + len(thing))
    for number, mention in enumerate(percents):
        if (amount := amount_of(mention)) is not None:
            name = rates[min(number, len(rates) - 1)]
            yield filled(blank(amount, mention, frame.rule.name), name, counts[0].start, mention.end)


def _within_list(part: Sequence[Mention]) -> Sequence[Mention]:
    """Return the words of an item of a list without the marks and attributes at its end."""
    kept = [number for number, m in enumerate(part) if m.label in {"words", "bureau", "quote", "title"}]
    return part[: kept[-1] + 1] if kept else ()
