"""Meeting: which numbers other articles give too, so that questions about agreement need not look at all the others.

Enters: a store that is being written, of whose articles ``kg.reporting`` has said what they tell. Leaves: in a graph
beside each article's, the metrics of it whose slot another article tells too. That depends on two articles at least, so
it is the last thing to be made; an article that comes, changes or goes has it made anew for what it tells or told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from kg.graph import BASE, ONTOLOGY, local_name
from kg.reporting import reporting_graph
from kg.store import Store, Term, Writer
from kg.terms import spell_term

_MEETS, _SLOT, _TELLS = (f"{ONTOLOGY}{name}" for name in ("meets", "slot", "tells"))
_PROV = "http://www.w3.org/ns/prov#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_AT_ONCE = 500
"""As many slots stand in one query."""


def meeting_graph(base: str = BASE, article: str = "") -> str:
    """Return the name of the graph with an article's metrics that meet others; without one, what such names begin with.

    >>> meeting_graph(article="a")
    'https://w3id.org/pingan/data/meeting/a'
    """
    return f"{base}meeting/{local_name(article) if article else ''}"


def meet(writer: Writer, store: Store, changed: Collection[str] | None = None, base: str = BASE) -> None:
    """Bring the metrics that meet others up to date; ``store`` is what was written once all that articles tell was.

    ``changed`` are ids of articles that came, went or tell something else than before; None makes all anew.
    """
    graphs = {article.id: article.graph for article in writer.held.values()}
    touched: set[str] | None = None
    if changed is None or graphs.keys() <= set(changed):
        several = f"SELECT ?slot {{ ?article <{_TELLS}> ?slot }} GROUP BY ?slot HAVING(COUNT(?article) > 1)"
        shared, involved = {slot for (slot,) in store.strings(several)}, {*graphs, *(changed or ())}
    else:
        touched = {slot for id in changed for _, slot in store.pairs(meeting_graph(base, id), _MEETS)}
        touched.update(slot for id in changed for _, slot in store.pairs(reporting_graph(base, id), _TELLS))
        tellers = _tellers(store, sorted(touched), {reporting_graph(base, id): id for id in graphs})
        shared = {slot for slot, ids in tellers.items() if len(ids) > 1}
        involved = set(changed).union(*tellers.values())
    for id in sorted(involved):
        its = meeting_graph(base, id)
        met = [pair for pair in store.pairs(graphs[id], _SLOT) if pair[1] in shared] if id in graphs else []
        if touched is not None and id in graphs:
            met += [pair for pair in store.pairs(its, _MEETS) if pair[1] not in touched]
        if met:
            lines = sorted(f"<{claim}> <{_MEETS}> {spell_term(Term('literal', slot))}" for claim, slot in met)
            writer.put_graph(
                its, "".join(f"{line} .\n" for line in [*lines, *_origin(its, id, base)]).encode(), "ntriples"
            )
        else:
            writer.drop_graph(its)


def _tellers(store: Store, slots: Sequence[str], ids: dict[str, str]) -> dict[str, set[str]]:
    """Return by slot the ids of the articles that tell it; ``ids`` has them by the graph that says so."""
    found = defaultdict[str, set[str]](set)
    for at in range(0, len(slots), _AT_ONCE):
        values = " ".join(spell_term(Term("literal", slot)) for slot in slots[at : at + _AT_ONCE])
        for slot, graph in store.strings(
            f"SELECT ?slot ?g {{ VALUES ?slot {{ {values} }} GRAPH ?g {{ ?article <{_TELLS}> ?slot }} }}"
        ):
            if graph in ids:
                found[slot].add(ids[graph])
    return found


def _origin(its: str, id: str, base: str) -> list[str]:
    return [
        f"<{its}> <{_TYPE}> <{_PROV}Entity>",
        f"<{its}> <{_PROV}wasDerivedFrom> <{reporting_graph(base, id)}>",
        f"<{its}> <{_PROV}wasGeneratedBy> <{base}inference>",
    ]
