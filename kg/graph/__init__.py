"""Facts to RDF: one named graph an article, written as JSON-LD through ``mappings/context.jsonld``.

Enters: an article and its facts. Leaves: a JSON-LD document, which *is* the graph (``document``), or the same as
N-Triples (``ntriples``) or an rdflib Dataset or Graph (``statements``); and the way back, from an article's graph to
its facts (``reading``). Nodes are called by ``name``, properties by ``term``.
"""

from kg.graph.document import claim_digest, to_jsonld, to_jsonld_text
from kg.graph.name import (
    ASPECTS,
    BASE,
    NODE_KINDS,
    ONTOLOGY,
    QUANTITIES,
    SUBJECTS,
    graph_iri,
    local_name,
    node_iri,
    software_name,
    text_hash,
)
from kg.graph.ntriples import ntriples_of, pairs_of, spelled, to_ntriples
from kg.graph.reading import facts_of
from kg.graph.statements import tables_of, to_dataset, to_graph, triples_of
from kg.graph.term import Node, context, term_iri

__all__ = [
    "ASPECTS",
    "BASE",
    "NODE_KINDS",
    "ONTOLOGY",
    "QUANTITIES",
    "SUBJECTS",
    "Node",
    "claim_digest",
    "context",
    "facts_of",
    "graph_iri",
    "local_name",
    "node_iri",
    "ntriples_of",
    "pairs_of",
    "software_name",
    "spelled",
    "tables_of",
    "term_iri",
    "text_hash",
    "to_dataset",
    "to_graph",
    "to_jsonld",
    "to_jsonld_text",
    "to_ntriples",
    "triples_of",
]
