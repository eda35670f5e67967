"""Reporting: who speaks of what in which years, put together once so that questions about silence need not scan claims.

Enters: what an article's graph states of its claims. Leaves: triples for a graph beside it. A node stands for what one
agency reports of one subject and aspect, the same in whichever article it does so; it has the years of which it is
reported, and those of which it is said to fall or rise. An agency has the years of which it speaks, and those for which
it accounts: only there does silence tell something. A metric leads to its node, and to its slot without the agency, by
which claims of several agencies meet; it has the range that its bound allows. A place leads to the contest in which
others may claim it too, an honor to the roll of its agency, year and level. One of several numbers that do not fit each
other leads to the slot that they have in common. The article has its quotes as one string, which is read in a hundredth
of the time that they take one by one. An agency leads to the campaigns that it ran or joined.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from kg.facts.slot import MEASURED
from kg.graph import BASE, ONTOLOGY, local_name
from kg.mentions.lexicon import alternation, load_lexicon
from kg.store import Term
from kg.terms import spell_term

NEEDED = (
    "aspect", "awardLevel", "bound", "bureau", "campaign", "code", "direction", "end", "evidence", "identifier",
    "indicator", "kind", "parent", "period", "quote", "recipientKind", "scope", "slot", "start", "startOffset",
    "subject", "unit", "value",
)  # fmt: skip
"""The properties whose pairs ``report`` asks for, by their names in the ontology."""

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_WAYS = {"down": "fellIn", "up": "roseIn"}
_NOT_STATED = "not stated"
_WITHOUT_END = Decimal(10) ** 18
_ACCOUNT = 5
_LATE = "02"
_APART = 60
"""So many characters apart, two numbers are not one sentence that is read in two ways, or tells from what to what."""

Pairs = Sequence[tuple[str, str]]


def reporting_graph(base: str = BASE, article: str = "") -> str:
    """Return the name of the graph with what an article reports; without an article, what all these names begin with.

    >>> reporting_graph(article="a")
    'https://w3id.org/pingan/data/reporting/a'
    """
    return f"{base}reporting/{local_name(article) if article else ''}"


def year_told(start: str, end: str) -> str:
    """Return the year of which days tell, from their ISO dates: an account of a year that closes in January is of it.

    >>> year_told("2020-01-01", "2020-12-31"), year_told("2020-01-01", "2021-01-11")
    ('2020', '2020')
    >>> year_told("2021-01-04", "2021-01-11"), year_told("2019-10-01", "2020-03-31")
    ('2021', '2020')
    """
    closes_late = start and start[:4] < end[:4] and end[5:7] <= _LATE
    return str(int(end[:4]) - 1) if closes_late else end[:4]


def accounts(figures: Mapping[tuple[str, str], int]) -> Iterator[tuple[str, str]]:
    """Give each agency and the year for which an article accounts, from how many figures it gives by agency and year.

    That is the year of most figures, five at least: what it tells of other years besides is no account of these.

    >>> list(accounts({("a", "2019"): 8, ("a", "2020"): 5, ("b", "2019"): 4}))
    [('a', '2019')]
    """
    best: dict[str, tuple[int, str]] = {}
    for (agency, year), told in figures.items():
        if told >= _ACCOUNT:
            best[agency] = max(best.get(agency, (0, "")), (told, year))
    return ((agency, year) for agency, (_, year) in sorted(best.items()))


def report(stated: Mapping[str, Pairs], base: str = BASE) -> list[str]:
    """Return who reports what, as triples without their full stop, sorted. ``stated`` has the pairs of each NEEDED.

    >>> told = {"bureau": "b/1", "kind": "count", "period": "p"}
    >>> report({**{name: [("c", value)] for name, value in told.items()}, "end": [("p", "2020-12-31")]})
    ['<b/1> <https://w3id.org/pingan/ontology#speaksIn> "2020"^^<http://www.w3.org/2001/XMLSchema#integer>']
    """
    bureau, subject, aspect = (dict(stated.get(name, ())) for name in ("bureau", "subject", "aspect"))
    period, way, years = dict(stated.get("period", ())), dict(stated.get("direction", ())), _years(stated)
    found, figures = set[str](), Counter[tuple[str, str]]()
    for claim, _ in stated.get("kind", ()):
        if claim not in bureau:
            continue
        agency, year = bureau[claim], years.get(period.get(claim, ""), "")
        if year:
            figures[agency, year] += 1
            found.add(_triple(agency, "speaksIn", _year(year)))
        if claim not in subject or claim not in aspect:
            continue
        concepts = (concept.rpartition("#")[2] for concept in (subject[claim], aspect[claim]))
        node = f"{base}reporting-of/{'~'.join((agency.rpartition('/')[2], *concepts))}"
        found.add(_triple(claim, "reporting", f"<{node}>"))
        found.add(f"<{node}> <{_TYPE}> <{ONTOLOGY}Reporting>")
        found.add(_triple(node, "reportedBy", f"<{agency}>"))
        found.add(_triple(node, "reportedSubject", f"<{subject[claim]}>"))
        found.add(_triple(node, "reportedAspect", f"<{aspect[claim]}>"))
        if year:
            found.add(_triple(node, "reportedIn", _year(year)))
            if claim in way:
                found.add(_triple(node, _WAYS[way[claim]], _year(year)))
    found.update(_triple(who, "accountsFor", _year(year)) for who, year in accounts(figures))
    articles = [article for article, _ in stated.get("identifier", ())]
    for claim, slot in stated.get("slot", ()):
        found.add(_triple(claim, "told", _text(slot.partition("|")[2])))
        if claim in bureau:
            found.add(_triple(bureau[claim], "speaksOf", _text(slot.partition("|")[2])))
        found.update(_triple(article, "tells", _text(slot)) for article in articles)
    ranges = list(_ranges(stated))
    for claim, _, least, most in ranges:
        found.add(_triple(claim, "least", _decimal(least)))
        found.add(_triple(claim, "most", _decimal(most)))
    wording = dict(stated.get("indicator", ()))
    found.update(_triple(claim, "gist", _text(gist(wording[claim]))) for claim, *_ in ranges if claim in wording)
    found.update(_triple(claim, "atOdds", _text(slot)) for claim, slot in _at_odds(ranges, wording, _begins(stated)))
    found.update(_triple(agency, "tookPartIn", f"<{drive}>") for agency, drive in _took_part(stated))
    for article in articles:
        quotes = sorted({quote for _, quote in stated.get("quote", ())})
        if quotes:
            found.add(_triple(article, "quotes", _text("\n".join(quotes))))
    found.update(_contests(stated))
    found.update(_rolls(stated, base))
    return sorted(found)


def _years(stated: Mapping[str, Pairs]) -> Mapping[str, str]:
    """Return the year of which each period tells."""
    start = dict(stated.get("start", ()))
    return {period: year_told(start.get(period, ""), end) for period, end in stated.get("end", ())}


def _ranges(stated: Mapping[str, Pairs]) -> Iterator[tuple[str, str, Decimal, Decimal]]:
    """Give each claim with a slot and a value, its slot, and the least and the greatest value that its words allow."""
    value, bound, way, unit = (dict(stated.get(name, ())) for name in ("value", "bound", "direction", "unit"))
    for claim, slot in stated.get("slot", ()):
        if claim in value and claim in bound:
            measured = Decimal(value[claim]) * base_factor(unit.get(claim, ""))
            yield claim, slot, *_range(measured, bound[claim], way.get(claim) == "down")


def base_factor(unit: str) -> Decimal:
    """Return how many of the base unit of its quantity a unit is; things that are counted do not convert.

    >>> base_factor("吨") / base_factor("公斤"), base_factor("起")
    (Decimal('1000'), Decimal('1'))
    """
    measures = load_lexicon("measure_quantity")
    return Decimal((measures.get(unit, "quantity") in MEASURED and measures.get(unit, "factor")) or 1)


@lru_cache(maxsize=65536)
def residue(indicator: str) -> str:
    """Return the characters of an indicator, in order of code, that are neither fillers nor words for its aspect.

    >>> residue("刑事案件立案数") == residue("刑事立案") == residue("刑事发案"), residue("破获毒品目标案件")
    (True, '品标毒目')
    """
    return "".join(sorted(_told_already().sub("", indicator)))


def gist(indicator: str) -> str:
    """Return what two indicators of one slot have to share to be one: their residue, as they share the aspect already.

    Where nothing else is left, the words have to be the same themselves.

    >>> gist("民警") == gist("辅警"), gist("全市民警") == gist("民警")
    (False, True)
    """
    return residue(indicator) or "".join(sorted(_fillers().sub("", indicator)))


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile(rf"{alternation(load_lexicon('indicator_filler').rows)}|[\W_]")


@cache
def _told_already() -> re.Pattern[str]:
    words = {*load_lexicon("facet_aspect").rows, *load_lexicon("indicator_filler").rows}
    return re.compile(rf"{alternation(words)}|[\W_]")


def _begins(stated: Mapping[str, Pairs]) -> Mapping[str, list[int]]:
    """Return where the evidence of each claim begins."""
    offset, found = dict(stated.get("startOffset", ())), defaultdict[str, list[int]](list)
    for claim, spot in stated.get("evidence", ()):
        if spot in offset:
            found[claim].append(int(offset[spot]))
    return found


def _at_odds(
    ranges: Sequence[tuple[str, str, Decimal, Decimal]], wording: Mapping[str, str], begins: Mapping[str, list[int]]
) -> Iterator[tuple[str, str]]:
    """Give each claim, with its slot, of which the article has another in the same words that no bound reconciles.

    Those that all stand in one place are left out.
    """
    alike = defaultdict[tuple[str, str], list[tuple[str, Decimal, Decimal]]](list)
    for claim, slot, least, most in ranges:
        alike[slot, wording.get(claim, "")].append((claim, least, most))
    for (slot, _), its in alike.items():
        places = [place for claim, *_ in its for place in begins.get(claim, ())]
        apart = bool(places) and max(places) - min(places) > _APART
        if apart and max(least for _, least, _ in its) > min(most for *_, most in its):
            yield from ((claim, slot) for claim, *_ in its)


def _took_part(stated: Mapping[str, Pairs]) -> Iterator[tuple[str, str]]:
    """Give each agency and a campaign that it ran or joined; a number that is the outcome of one says no such thing."""
    bureau, kind = dict(stated.get("bureau", ())), dict(stated.get("kind", ()))
    for claim, drive in stated.get("campaign", ()):
        if claim in bureau and claim not in kind:
            yield bureau[claim], drive


def _range(value: Decimal, bound: str, fell: bool) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest value that the words allow; a fall is below 0.

    >>> _range(Decimal(100), "min", fell=False)
    (Decimal('99.900'), Decimal('1000000000000000000'))
    """
    signed = -value if fell else value
    slack = abs(value) * (Decimal("0.005") if abs(value) >= 10_000 else Decimal("0.001"))
    about = abs(value) / 10 if bound == "approx" else Decimal(0)
    match bound, signed < 0:
        case "max", False:
            return Decimal(0), signed + slack
        case "max", True:
            return signed - slack, Decimal(0)
        case "min", False:
            return signed - slack, _WITHOUT_END
        case "min", True:
            return -_WITHOUT_END, signed + slack
    return signed - slack - about, signed + slack + about


def _contests(stated: Mapping[str, Pairs]) -> Iterator[str]:
    """Give for each place in a ranking what it is a place in: area, scope, subject, aspect and year.

    "全省" is another province for another agency: the area is what the division code of the agency, or else its parent,
    says of where it lies.
    """
    names = ("scope", "subject", "aspect", "bureau", "period", "value")
    scope, subject, aspect, bureau, period, _ = all_of = [dict(stated.get(name, ())) for name in names]
    code, parent, years = dict(stated.get("code", ())), dict(stated.get("parent", ())), _years(stated)
    for claim, kind in stated.get("kind", ()):
        if kind != "rank" or not all(claim in pairs for pairs in all_of) or period[claim] not in years:
            continue
        agency = bureau[claim]
        digits = 4 if "市" in scope[claim] else 2
        area = code[agency][:digits] if agency in code else parent.get(agency, "")
        concepts = (concept[claim].rpartition("#")[2] for concept in (subject, aspect))
        what = (*concepts, str(int(years[period[claim]])))
        yield _triple(
            claim, "contest", _text("|".join(("中国" if "全国" in scope[claim] else area, scope[claim], *what)))
        )


def _rolls(stated: Mapping[str, Pairs], base: str) -> Iterator[str]:
    """Give for each honor of an agency the roll on which it stands with others of its year and level."""
    bureau, period, level = (dict(stated.get(name, ())) for name in ("bureau", "period", "awardLevel"))
    years = _years(stated)
    for claim, kind in stated.get("recipientKind", ()):
        if claim not in bureau:
            continue
        year, grade = years.get(period.get(claim, ""), ""), level.get(claim, _NOT_STATED)
        node = f"{base}roll/{'~'.join((bureau[claim].rpartition('/')[2], year, grade.replace(' ', '-')))}"
        yield _triple(claim, "roll", f"<{node}>")
        if kind == "bureau":
            yield _triple(claim, "ownRoll", f"<{node}>")
        yield f"<{node}> <{_TYPE}> <{ONTOLOGY}Roll>"
        yield _triple(node, "rollOf", f"<{bureau[claim]}>")
        yield _triple(node, "rollLevel", _text(grade))
        if year:
            yield _triple(node, "rollYear", _year(year))


def _decimal(number: Decimal) -> str:
    """Return a number as a term, spelled in one way.

    >>> _decimal(Decimal("99.900"))
    '"99.9"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    digits = f"{number:f}"
    spelled = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f'"{spelled}"^^<http://www.w3.org/2001/XMLSchema#decimal>'


def _text(words: str) -> str:
    return spell_term(Term("literal", words))


def _triple(subject: str, name: str, value: str) -> str:
    return f"<{subject}> <{ONTOLOGY}{name}> {value}"


def _year(digits: str) -> str:
    return f'"{int(digits)}"^^<{_INTEGER}>'
