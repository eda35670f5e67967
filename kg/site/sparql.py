"""The page that answers SPARQL in the browser: the store's statements as a script, and the stored questions.

The data are the union of all graphs, each term once and each statement as three numbers, which is small and the same in
every run. What repeats other statements in the words of Web Annotation, and digests of texts, stay in ``kg export``.
"""

from __future__ import annotations

import json

from kg.queries import GROUPS, catalogue, spelled_out
from kg.site.outline import Outline, Page
from kg.store import Store

_OA = "<http://www.w3.org/ns/oa#"
_LEFT_OUT = frozenset(f"<https://w3id.org/pingan/ontology#{name}>" for name in ("sketch", "textHash", "characters"))


def graph_script(store: Store) -> str:
    """Return the store's statements as a script."""
    triples: list[str] = []
    for line in store.statements().decode("utf-8").split("\n"):
        if not line:
            continue
        subject, predicate, value = line[:-2].split(" ", 2)
        if not (predicate.startswith(_OA) or value.startswith(_OA) or predicate in _LEFT_OUT):
            triples += (subject, predicate, value)
    terms = sorted(set(triples))
    number = {term: at for at, term in enumerate(terms)}
    numbers = [number[term] for term in triples]
    flat = [one for triple in sorted(zip(*[iter(numbers)] * 3, strict=True)) for one in triple]
    spelled = json.dumps(terms, ensure_ascii=False, separators=(",", ":"))
    safe = spelled.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.kgGraph = {{terms:{safe},\ntriples:{json.dumps(flat, separators=(',', ':'))}}};\n"


def sparql_page(outline: Outline, statements: int, size: int, ready: bool) -> Page:
    """Return the page. ``size`` is that of the data in bytes; ``ready`` says whether the programs are there to run."""
    words = outline.words
    examples = [
        {
            "group": words(f"group.{group}"),
            "title": query.question_zh if words.language == "zh" else query.question,
            "name": query.name,
            "sparql": spelled_out(query, query.sample),
        }
        for group in GROUPS
        for query in catalogue().values()
        if query.group == group
    ]
    spelled = json.dumps(examples, ensure_ascii=False).replace("<", "\\u003c")
    size_text = words("sparql.size", statements=f"{statements:,}", size=f"{size / 1e6:.1f}")
    more: dict[str, object] = {"examples": spelled, "first": examples[0]["sparql"], "size": size_text, "ready": ready}
    return Page(
        "sparql.html", words("nav.sparql"), words("sparql.lead"), here="sparql", template="sparql.html", more=more
    )
