"""No spelling of SERVICE gets past, and what only looks like one does; Oxigraph's own parser says which is which."""

from __future__ import annotations

import os
import time

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.queries import refuse_foreign
from kg.reach import service_call

EXAMPLES = int(os.environ.get("KG_FUZZ", "40"))
NOWHERE = "http://127.0.0.1:9/"  # a port that Oxigraph refuses to ask, and says so
CALL = f"SERVICE <{NOWHERE}> {{ ?s ?p ?o }}"

CALLS = {
    "plain": f"SELECT * {{ ?s ?p ?o . {CALL} }}",
    "lower-case": f"SELECT * {{ ?s ?p ?o . {CALL.lower()} }}",
    "silent": f"SELECT * {{ ?s ?p ?o . SERVICE SILENT <{NOWHERE}> {{}} }}",
    "glued": f"PREFIX : <{NOWHERE}> SELECT * {{ ?s ?p ?o.SERVICESILENT:x{{}} }}",
    "comments": f"PREFIX : <{NOWHERE}> SELECT * {{ ?s ?p ?o . SERVICE#a b\n:x#{{ q\n{{}} }}",
    "variable": f"SELECT * {{ VALUES ?e {{ <{NOWHERE}> }} SERVICE?e{{ ?s ?p ?o }} }}",
    "hash-in-iri": f"SELECT * {{ OPTIONAL {{ ?s <urn:\\u0041#b> ?o }} {CALL} }}",
    "quote-in-iri": f"SELECT * {{ OPTIONAL {{ ?s <urn:\\u0041'b> ?o }} {CALL} FILTER(!BOUND(?z) || ?o = 'a') }}",
    "comparison-as-iri": f"SELECT * {{ FILTER(!BOUND(?a) || ?a<'x>y') {CALL} FILTER(!BOUND(?z) || ?o='z') }}",
    "after-number": f"SELECT * {{ OPTIONAL {{ ?s ?p 1e5{CALL} }} {CALL} }}",
    "after-true": f"SELECT * {{ OPTIONAL {{ ?s ?p true{CALL} }} {CALL} }}",
    "prefix-that-is-none": f"PREFIX : <{NOWHERE}> SELECT * {{ ?s ?p ?o OPTIONAL {{ ?s ?p trueSERVICE:x{{}} }} }}",
    "empty-name": f"PREFIX : <urn:> SELECT * {{ OPTIONAL {{ ?s ?p :.{CALL} }} {CALL} }}",
    "escaped-quote": f"PREFIX a: <urn:> SELECT * {{ OPTIONAL {{ ?s a:x\\'b ?o }} {CALL} FILTER(?o='a' || true) }}",
}
HARMLESS = (
    "SELECT ?service ?x { ?x <http://example.org/service> 'SERVICE <urn:x> {' }",
    "PREFIX a: <urn:> SELECT * { ?s a:service ?o { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o # SERVICE <urn:x> {\n }",
    'SELECT * { ?s ?p """SERVICE <urn:x> { "quoted" """ }',
    "SELECT * { GRAPH ?service { ?s <urn:service:a> ?o } }",
)


@pytest.mark.parametrize("name", CALLS)
def test_every_spelling_is_found(name: str) -> None:
    ox.Store().query(CALLS[name])  # it is SPARQL
    assert service_call(CALLS[name]) is not None
    with pytest.raises(QueryError, match="SERVICE reaches outside"):
        refuse_foreign(CALLS[name], "q")


@pytest.mark.parametrize("sparql", HARMLESS)
def test_words_that_call_nobody_are_let_through(sparql: str) -> None:
    assert list(ox.Store().query(sparql)) == []
    assert service_call(sparql) is None


PIECES = st.sampled_from(
    [
        "SERVICE", "service", "SILENT", f"<{NOWHERE}>", "<", ">", "'", '"', "'''", "#", "\n", " ", "{", "}", ".",
        "?s ?p ?o",
        "?e", "{}", "a:", ":", ":x", "\\'", "\\#", "\\u0041", "<urn:\\u0041'>", "<urn:\\u0041#>", "true", "1e5", "1.",
        "'x'",
        "@en", "FILTER(", ")", "?s<'x>y'", "OPTIONAL{", "||true", ";", ",", "_:b", "%", "-", "\u00b2", "\u00b7", "$x",
        "&&",
        f"SERVICE<{NOWHERE}>{{}}", "SERVICE:x{}", f"VALUES ?e {{<{NOWHERE}>}}",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=6).map("".join))
@settings(deadline=None, max_examples=10 * EXAMPLES)
def test_fuzz_what_calls_is_found(before: str, after: str) -> None:
    sparql = f"PREFIX : <{NOWHERE}> PREFIX a: <{NOWHERE}> ASK {{ {before} SERVICE:x{{}} {after} }}"
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c")))
    try:
        store.query(sparql)
    except SyntaxError:
        return
    except (OSError, RuntimeError) as error:
        assert "port 9" in str(error) or "service name" in str(error)
        assert service_call(sparql) is not None, sparql


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "'",
        "'a\\'",
        "<se",
        '"""a',
        "b",
        "#a\n",
        " :a",
        "SERVICE",
        "SERVICE ",
        "SERVICE:",
        "SERVICE:-",
        "SERVICE?",
        "SERVICE#",
        "SERVICE <",
        "\\",
    ],
)
def test_time_is_linear_in_the_length(unit: str) -> None:
    started = time.process_time()
    service_call("SERVICE " + unit * (400_000 // len(unit)))
    assert time.process_time() - started < 5
