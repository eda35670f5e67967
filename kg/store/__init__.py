"""Oxigraph on disk: articles' graphs in, answers out.

Enters: RDF of one article at a time, and what became of the article. Leaves: rows, and RDF of whole graphs.

A store is a folder::

    store.json     which generation counts, the format of the folder, and which version of rules and ontology what is
                   inferred came from; replaced in one rename
    g-000007/      a generation: rdf/ is the Oxigraph database, state.json what was read and why it stands or not;
                   state.json comes last and goes first, so that a generation that has it is whole; graphs.json has a
                   digest by graph of what was put into it
    lock           held by the one process that writes
    gate.jsonl     what the gate found in an article, a line each behind the article's digest; lines are only added, and
                   one whose digest no article has counts for nothing
    turtle.txt     what an article states, packed as kg.turtle packs it, in base64, a line each behind a digest of the
                   pack; otherwise as gate.jsonl
    derived.txt    the N-Triples that other graphs were made of, compressed, likewise behind their digest

A finished generation never changes. A writer works on the next one, which starts as hard links to the last, and the
rename of ``store.json`` makes it count; killed before that, it has changed nothing. Readers hold a shared lock on their
generation, so that writers do not sweep it away under them.

The default graph is the set union of all named graphs, so that a query without ``GRAPH`` sees each triple once.
``folder`` keeps the folder, ``reading`` answers, ``writing`` makes the next generation; what they give stands in
``model``, and ``oxigraph`` turns them into pyoxigraph's and back. Only these modules know pyoxigraph.
"""

from kg.store.model import FORMAT, Answering, Held, Listing, Rows, Term
from kg.store.oxigraph import sorted_triples, spelled_out
from kg.store.reading import Store, held_database, memory_store, open_store, read_held
from kg.store.writing import Writer, memory_writer, write_store

__all__ = [
    "FORMAT",
    "Answering",
    "Held",
    "Listing",
    "Rows",
    "Store",
    "Term",
    "Writer",
    "held_database",
    "memory_store",
    "memory_writer",
    "open_store",
    "read_held",
    "sorted_triples",
    "spelled_out",
    "write_store",
]
