"""The graph of claims as GraphML, with typed attributes, for networkx, Gephi and yEd.

http://graphml.graphdrawing.org/specification.html; node identifiers are IRIs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.projections.nodes import Nodes
from kg.takeaway.property_graph import PropertyGraph, property_graph

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def graphml(nodes: Nodes) -> str:
    """Return the graph as GraphML.

    >>> graphml(Nodes({})).count("<node")
    0
    """
    return "".join(_parts(property_graph(nodes)))


def _parts(graph: PropertyGraph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name, type_ in graph.types.items():
        yield f'  <key id={quoteattr(name)} for="node" attr.name={quoteattr(name)} attr.type="{type_}"/>\n'
    yield '  <key id="type" for="edge" attr.name="type" attr.type="string"/>\n'
    yield '  <graph id="claims" edgedefault="directed">\n'
    for node in graph.nodes:
        yield f"    <node id={_attribute(node.iri)}>\n"
        for name, value in {"iri": node.iri, "label": node.label, **node.values}.items():
            yield f'      <data key="{name}">{escape(_NOT_XML.sub(chr(0xFFFD), str(value)))}</data>\n'
        yield "    </node>\n"
    for edge in graph.edges:
        yield f"    <edge source={_attribute(edge.start)} target={_attribute(edge.end)}>"
        yield f'<data key="type">{escape(edge.type)}</data></edge>\n'
    yield "  </graph>\n</graphml>\n"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))
