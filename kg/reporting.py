"""Reporting: who speaks of what in which years, put together once so that questions about silence need not scan claims.

Enters: what an article's graph states of its metrics. Leaves: triples for a graph beside it. A node stands for what one
agency reports of one subject and aspect, the same in whichever article it does so; it has the years of which it is
reported, and those of which it is said to fall or rise. A metric leads to its node, and to its slot without the agency,
by which claims of several agencies meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.graph import BASE, ONTOLOGY, local_name
from kg.store import Term
from kg.terms import spell_term

NEEDED = ("aspect", "bureau", "direction", "end", "identifier", "kind", "period", "slot", "subject")
"""The properties whose pairs ``report`` asks for, by their names in the ontology."""

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_WAYS = {"down": "fellIn", "up": "roseIn"}

Pairs = Sequence[tuple[str, str]]


def reporting_graph(base: str = BASE, article: str = "") -> str:
    """Return the name of the graph with what an article reports; without an article, what all these names begin with.

    >>> reporting_graph(article="a")
    'https://w3id.org/pingan/data/reporting/a'
    """
    return f"{base}reporting/{local_name(article) if article else ''}"


def report(stated: Mapping[str, Pairs], base: str = BASE) -> list[str]:
    """Return who reports what, as triples without their full stop, sorted. ``stated`` has the pairs of each NEEDED.

    >>> told = {"bureau": "b/1", "kind": "count", "period": "p"}
    >>> report({**{name: [("c", value)] for name, value in told.items()}, "end": [("p", "2020-12-31")]})
    ['<b/1> <https://w3id.org/pingan/ontology#speaksIn> "2020"^^<http://www.w3.org/2001/XMLSchema#integer>']
    """
    bureau, subject, aspect = (dict(stated.get(name, ())) for name in ("bureau", "subject", "aspect"))
    period, end, way = (dict(stated.get(name, ())) for name in ("period", "end", "direction"))
    found = set[str]()
    for claim, _ in stated.get("kind", ()):
        if claim not in bureau:
            continue
        agency, year = bureau[claim], end.get(period.get(claim, ""), "")[:4]
        if year:
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
    articles = [article for article, _ in stated.get("identifier", ())]
    for claim, slot in stated.get("slot", ()):
        found.add(_triple(claim, "told", spell_term(Term("literal", slot.partition("|")[2]))))
        if claim in bureau:
            found.add(_triple(bureau[claim], "speaksOf", spell_term(Term("literal", slot.partition("|")[2]))))
        found.update(_triple(article, "tells", spell_term(Term("literal", slot))) for article in articles)
    return sorted(found)


def _triple(subject: str, name: str, value: str) -> str:
    return f"<{subject}> <{ONTOLOGY}{name}> {value}"


def _year(digits: str) -> str:
    return f'"{int(digits)}"^^<{_INTEGER}>'
