"""The graph of claims as a folder for Neo4j's bulk import: a CSV file a class and a relationship type.

Headers are those of ``neo4j-admin database import full`` (https://neo4j.com/docs/operations-manual/current/import/);
``load.cypher`` does the same on a running server with LOAD CSV.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from kg.projections.nodes import Nodes
from kg.takeaway.property_graph import Edge, Node, PropertyGraph, by_label, property_graph

_README = """Bulk import into an empty database:

    neo4j-admin database import full {nodes} {edges} neo4j

Or into a running one: copy this folder into the server's import folder and run load.cypher.
"""


def neo4j_files(nodes: Nodes) -> Mapping[str, str]:
    """Return the files by name."""
    graph = property_graph(nodes)
    types = sorted({edge.type for edge in graph.edges})
    files = {f"nodes-{label}.csv": _nodes(some, graph) for label, some in by_label(graph)}
    files |= {f"edges-{type_}.csv": _edges(edge for edge in graph.edges if edge.type == type_) for type_ in types}
    labels = [label for label, _ in by_label(graph)]
    files["load.cypher"] = _cypher(labels, types, graph)
    given = " ".join(f"--nodes={label}=nodes-{label}.csv" for label in labels)
    related = " ".join(f"--relationships={_type(one)}=edges-{one}.csv" for one in types)
    files["README.txt"] = _README.format(nodes=given, edges=related)
    return dict(sorted(files.items()))


def _type(name: str) -> str:
    """Return a relationship type as Neo4j spells them.

    >>> _type("grantedBy")
    'GRANTED_BY'
    """
    return "".join(f"_{c}" if c.isupper() else c.upper() for c in name)


def _columns(some: Iterable[Node]) -> list[str]:
    return sorted({name for node in some for name in node.values})


def _nodes(some: list[Node], graph: PropertyGraph) -> str:
    names = _columns(some)
    header = ["iri:ID", *(name if graph.types[name] == "string" else f"{name}:{graph.types[name]}" for name in names)]
    return _csv([header, *([node.iri, *(node.values.get(name, "") for name in names)] for node in some)])


def _edges(some: Iterable[Edge]) -> str:
    return _csv([[":START_ID", ":END_ID"], *([edge.start, edge.end] for edge in some)])


def _csv(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _cypher(labels: Iterable[str], types: Iterable[str], graph: PropertyGraph) -> str:
    lines = ["// Makes the graph of claims in a running Neo4j 5; the CSV files lie in its import folder."]
    for label, some in by_label(graph):
        lines.append(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.iri IS UNIQUE;")
        sets = ", ".join(f"n.{name} = {_read(name, graph.types[name])}" for name in _columns(some))
        lines.append(f"LOAD CSV WITH HEADERS FROM 'file:///nodes-{label}.csv' AS row")
        lines.append(f"  MERGE (n:{label}:Entity {{iri: row.`iri:ID`}})" + (f" SET {sets};" if sets else ";"))
    lines.append("CREATE CONSTRAINT IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE;")
    for type_ in types:
        lines.append(f"LOAD CSV WITH HEADERS FROM 'file:///edges-{type_}.csv' AS row")
        lines.append("  MATCH (a:Entity {iri: row.`:START_ID`}), (b:Entity {iri: row.`:END_ID`})")
        lines.append(f"  MERGE (a)-[:{_type(type_)}]->(b);")
    return "\n".join(lines) + "\n"


def _read(name: str, type_: str) -> str:
    if type_ == "string":
        return f"row.`{name}`"
    return f"{'toInteger' if type_ == 'long' else 'toFloat'}(row.`{name}:{type_}`)"
