"""The page that answers SPARQL in the browser: the store's statements as a script, and the stored questions.

The data are the union of all graphs, in parts: each term once and each statement as numbers, which is small and the
same in every run; ``kg.site.parts`` makes them.
"""

from __future__ import annotations

import json

from kg.queries import GROUPS, catalogue, spelled_out
from kg.site.outline import Outline, Page


def sparql_page(outline: Outline, size: int, ready: bool) -> Page:
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
    size_text = words("sparql.size", size=f"{size / 1e6:.1f}")
    more: dict[str, object] = {"examples": spelled, "first": examples[0]["sparql"], "size": size_text, "ready": ready}
    return Page(
        "sparql.html", words("nav.sparql"), words("sparql.lead"), here="sparql", template="sparql.html", more=more
    )
