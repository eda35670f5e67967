"""The checks: claims in, clashes out.

Nothing here reads a store: each check is a function over claims, and yields what does not go together, or what goes
together and must not be counted twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from kg.corpus.claim import Claim, Clash, in_other_words, touches
from kg.facts.cue import cue
from kg.facts.indicator import leading_verbs
from kg.reporting import accounts, year_told

_MOVED_BY_PLACES = frozenset({"位次", "个位次", "位", "名次"})


def _groups(claims: Iterable[Claim]) -> Mapping[tuple[str, ...], list[Claim]]:
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.slot].append(claim)
    return groups


def _by_article(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.article].append(claim)
    return found


def _is_single(claims: Sequence[Claim]) -> bool:
    """Tell whether an article says one thing in a slot: where it says several, one may be of a single case."""
    return all(touches(one, other) for one, other in combinations(claims, 2))


def contradictions(claims: Iterable[Claim]) -> Iterator[Clash]:
    """Yield what two articles, or two places of one, say of the same thing that no bound reconciles."""
    for group in _groups(claims).values():
        if len(group) < 2:
            continue
        articles = _by_article(group)
        for some in articles.values():
            yield from _inside(some)
        single = [some[0] for _, some in sorted(articles.items()) if _is_single(some)]
        for at, claim in enumerate(single):
            against = [one for one in single[:at] if not touches(claim, one) and in_other_words(claim, one)]
            if against:
                yield Clash(
                    "contradiction", "warning", claim, tuple(against[:3]),
                    "the number that another article gives", "与另一报道所给数字一致",
                )  # fmt: skip


def _inside(claims: Sequence[Claim]) -> Iterator[Clash]:
    """Yield two numbers of one article for one indicator: shares and ranks always, others where they are near."""
    for one, other in combinations(claims, 2):
        if one.indicator != other.indicator or touches(one, other) or "min" in (one.bound, other.bound):
            continue
        if one.kind in ("share", "rank") or _is_near(one, other):
            yield Clash(
                "contradiction", "info", other, (one,),
                "the number that the same article gives elsewhere", "与同一报道别处所给数字一致",
            )  # fmt: skip


def _is_near(one: Claim, other: Claim) -> bool:
    if one.value is None or other.value is None or min(one.value, other.value) < 20 or one.kind == "duration":
        return False
    return max(one.value, other.value) < min(one.value, other.value) * Decimal("1.2")


def agreements(claims: Iterable[Claim], original: Mapping[str, str]) -> Iterator[Clash]:
    """Yield what several articles say alike; ``original`` names, by article, the one that it reprints, or itself."""
    for group in _groups(claims).values():
        by_value: dict[tuple[Decimal | None, str], list[Claim]] = defaultdict(list)
        for claim in group:
            if claim.value is not None:
                by_value[claim.signed, claim.bound].append(claim)
        for alike in by_value.values():
            first = [some[0] for _, some in sorted(_by_article(alike).items())]
            if len(first) < 2:
                continue
            sources = {original.get(claim.article, claim.article) for claim in first}
            if len(sources) == 1:
                en, zh = "to count once: the same text was printed again", "转载同文,只计一次"
            else:
                en, zh = f"to count once: {len(sources)} articles say so", f"{len(sources)} 篇报道所述一致,只计一次"
            yield Clash("agreement", "info", first[0], tuple(first[1:4]), en, zh)


def ranks_and_movements(claims: Iterable[Claim]) -> Iterator[Clash]:
    """Yield positions that do not fit how far the agency is said to have risen or fallen."""
    ranks: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    moves: list[Claim] = []
    for claim in claims:
        if claim.kind == "rank" and claim.value is not None:
            ranks[claim.agency, claim.what, claim.days].append(claim)
        elif claim.kind == "change" and claim.value is not None and claim.unit in _MOVED_BY_PLACES:
            moves.append(claim)
    for move in moves:
        for now in ranks.get((move.agency, move.what, move.days), ()):
            if not in_other_words(move, now) or now.value is None or move.value is None:
                continue
            before = now.value + (move.value if move.direction == "up" else -move.value)
            if before < 1:
                yield Clash(
                    "rank-movement", "warning", move, (now,),
                    "a movement that can lead to this position", "升降与现位次相符",
                )  # fmt: skip
            for then in ranks.get((move.agency, move.what, _before(move)), ()):
                exact = {then.bound, now.bound, move.bound} == {"exact"}
                if exact and then.scope == now.scope and then.value != before:
                    yield Clash(
                        "rank-movement", "warning", move, (now, then),
                        f"position {before} before", f"此前应为第 {before} 位",
                    )  # fmt: skip


def _before(change: Claim) -> str:
    """Return the days that a change is measured against, "" where nothing tells."""
    if change.comparison == "base":
        return change.baseline
    if change.comparison == "yoy" or not change.comparison:
        start, end = (date.fromisoformat(day) for day in change.days.split("/"))
        return f"{_year_before(start)}/{_year_before(end)}"
    return ""


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def changes_and_levels(claims: Iterable[Claim]) -> Iterator[Clash]:
    """Yield changes that do not follow from the figures of both times."""
    levels: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
    changes: list[Claim] = []
    for claim in claims:
        if claim.value is None or claim.bound != "exact":
            continue
        if claim.kind in ("count", "money", "share"):
            levels[claim.agency, claim.what, claim.series, claim.days].append(claim)
        elif claim.kind == "change" and claim.unit not in _MOVED_BY_PLACES:
            changes.append(claim)
    for change in changes:
        key = change.agency, change.what, change.series
        now = _one_level(levels.get((*key, change.days), ()), change)
        then = _one_level(levels.get((*key, _before(change)), ()), change)
        if now is None or then is None or (now.kind, now.quantity) != (then.kind, then.quantity):
            continue
        follows = _change_between(then, now, change.unit)
        if follows is not None and not _is_rounded(follows, change):
            yield Clash(
                "change-level", "warning", change, (then, now),
                f"{follows:+.2f}{change.unit}, which follows from the figures",
                f"由两期数字推得 {follows:+.2f}{change.unit}",
            )  # fmt: skip


def _one_level(found: Sequence[Claim], change: Claim) -> Claim | None:
    fitting = [claim for claim in found if in_other_words(claim, change)]
    return fitting[0] if fitting and _is_single(fitting) else None


def _change_between(then: Claim, now: Claim, unit: str) -> Decimal | None:
    if then.value is None or now.value is None:
        return None
    difference = now.value - then.value
    if unit in ("百分点", "个百分点"):
        return difference if now.kind == "share" else None
    if now.kind == "share" and unit != "%":
        return None
    if unit == "%":
        return difference / then.value * 100 if then.value else None
    if unit == "倍":
        return difference / then.value if then.value else None
    return difference if unit == now.unit else None


def _is_rounded(follows: Decimal, change: Claim) -> bool:
    stated = change.signed or Decimal(0)
    return abs(follows - stated) <= max(Decimal("0.6"), abs(stated) / 50) or (
        # "增长2倍" is said of a rise to twice as well as by twice as much
        change.unit == "倍" and abs(follows + 1 - stated) <= Decimal("0.6")
    )


def wholes_and_parts(claims: Iterable[Claim], above: Mapping[str, Collection[str]]) -> Iterator[Clash]:
    """Yield agencies whose figure is greater than that of one above, and where both are told, which nobody may add."""
    kept = [claim for claim in claims if claim.kind in ("count", "money") and claim.value is not None]
    wholes: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in kept:
        wholes[claim.slot].append(claim)
    parts: dict[str, list[Claim]] = defaultdict(list)
    of: dict[str, Claim] = {}
    for claim in kept:
        for agency in sorted(above.get(claim.agency, ())):
            for whole in wholes.get((agency, *claim.beside), ()):
                if not in_other_words(claim, whole):
                    continue
                if claim.range[0] > whole.range[1] and _is_single(wholes[whole.slot]):
                    yield Clash(
                        "part-above-whole", "warning", claim, (whole,),
                        "at most the number of the agency above", "不大于上级机关的数字",
                    )  # fmt: skip
                parts[whole.iri].append(claim)
                of[whole.iri] = whole
    for iri, some in sorted(parts.items()):
        agencies = len({claim.agency for claim in some})
        yield Clash(
            "whole-beside-parts", "info", of[iri], tuple(some[:3]),
            f"not to be added to those of {agencies} agencies below, which are parts of it",
            f"含 {agencies} 个下级机关的数字,不可相加",
        )  # fmt: skip


def shares(claims: Iterable[Claim]) -> Iterator[Clash]:
    """Yield shares above 100 percent; of a task more than all can be done, and of a former level more can come back."""
    for claim in claims:
        if claim.kind != "share" or cue("corpus-may-exceed-all").search(claim.indicator):
            continue
        if claim.value is not None and claim.value > 100:
            yield Clash("share-above-100", "warning", claim, (), "a share of at most 100", "占比不超过 100")


def broken_series(claims: Iterable[Claim]) -> Iterator[Clash]:
    """Yield indicators that an agency reported for years and then no more, though it went on reporting."""
    figures: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    told: dict[tuple[str, str, str], dict[int, Claim]] = defaultdict(dict)
    for claim in claims:
        year = year_told(*claim.days.split("/"))
        figures[claim.article][claim.agency, year] += 1
        if "/" in claim.what and claim.kind in ("count", "money", "share"):
            told[claim.agency, claim.what, claim.kind].setdefault(int(year), claim)
    reported: dict[str, set[int]] = defaultdict(set)
    for its in figures.values():
        for agency, year in accounts(its):
            reported[agency].add(int(year))
    for (agency, _, _), years in sorted(told.items()):
        later = sorted(year for year in reported[agency] if year > max(years))
        if len(years) >= 2 and later and len({claim.article for claim in years.values()}) >= 2:
            named = ", ".join(map(str, sorted(years)))
            since = ", ".join(map(str, later))
            yield Clash(
                "no-longer-reported", "info", years[max(years)], (),
                f"it for {since} too, as for {named}", f"{named} 年均有报告,{since} 年未见",
            )  # fmt: skip


_AMONG = re.compile("其中")
_COMMA = re.compile("[,，]")
_SENTENCE_END = re.compile("[。!?！？;；\n]")


def totals_and_parts(
    claims: Iterable[Claim], spans: Mapping[str, tuple[int, int]], texts: Mapping[str, str]
) -> Iterator[Clash]:
    """Yield parts that an article counts after 其中, "of which", and that come to more than what they are parts of."""
    for article, some in sorted(_by_article(claims).items()):
        text = texts.get(article, "")
        placed = [(spans[claim.iri], claim) for claim in some if claim.iri in spans and is_counted(claim)]
        placed.sort(key=lambda one: (one[0], one[1].iri))
        for found in _AMONG.finditer(text):
            yield from _split(placed, found, text)


def is_counted(claim: Claim) -> bool:
    """Tell whether a claim counts things or money, and how many."""
    return claim.kind in ("count", "money") and claim.value is not None


def _list_of_parts(within: Sequence[tuple[tuple[int, int], Claim]], total: Claim, text: str) -> Iterator[Claim]:
    """Yield the claims of the list that 其中 opens.

    Behind a comma a number greater than the whole, or the first with a verb, is told of something else:
    立刑案90起,其中诈骗案9起,查处治安案件200起.
    """
    done, verbs = 0, [bool(leading_verbs(text[first:last].lstrip(",，、"))) for (first, last), _ in within]
    for at, ((first, last), claim) in enumerate(within):
        other = claim.range[0] > total.range[1] or (verbs[at] and not verbs[0])
        if at and other and _COMMA.search(text, done, first + 1):
            return
        done = max(done, last)
        yield claim


def _split(placed: Sequence[tuple[tuple[int, int], Claim]], among: re.Match[str], text: str) -> Iterator[Clash]:
    ends = [end.end() for end in _SENTENCE_END.finditer(text, max(0, among.start() - 80), among.start())]
    start = max(ends, default=0)
    stop = _SENTENCE_END.search(text, among.end())
    following = _AMONG.search(text, among.end())
    limit = min(one.start() for one in (stop, following) if one) if stop or following else len(text)
    before = [claim for (first, last), claim in placed if start <= first and last <= among.start()]
    if not before:
        return
    total = before[-1]
    within = [one for one in placed if among.end() <= one[0][0] and one[0][1] <= limit]
    parts = [
        one for one in _list_of_parts(within, total, text) if (one.kind, one.quantity) == (total.kind, total.quantity)
    ]
    most = max(claim.range[1] for claim in before if claim.quantity == total.quantity)  # 甲31起、乙6起,其中重大案9起
    greater = [claim for claim in parts if claim.range[0] > most]
    for claim in greater:
        yield Clash(
            "part-above-total", "warning", claim, (total,), "at most the number it is a part of", "不大于其所属总数"
        )
    together = sum((claim.range[0] for claim in parts), Decimal(0))
    fits = any(together <= claim.range[1] for claim in before if claim.quantity == total.quantity)
    if len(parts) > 1 and not greater and not fits:
        yield Clash(
            "parts-above-total", "info", total, tuple(parts[:6]),
            "at least the sum of its parts, unless they overlap", "不小于各部分之和,各部分有重合者除外",
        )  # fmt: skip
