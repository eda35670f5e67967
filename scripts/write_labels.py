"""Write the alternative labels of ontology/indicators.ttl from the words of mappings/lexicons/facet_*.tsv.

A word of rank 3 or more that counts anywhere in a phrase is a label of its concept; tests/facts/test_facet.py holds the
two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from kg.mentions.lexicon import load_lexicon
from kg.resources import resource

SCHEMES = {"subject": "facet_subject", "aspect": "facet_aspect"}
WIDTH = 119


def labels(scheme: str, concept: str, preferred: str) -> list[str]:
    """Return the alternative labels of a concept, in order of code."""
    rows = load_lexicon(SCHEMES[scheme]).rows
    return sorted(
        word
        for word, row in rows.items()
        if row["concept"] == concept
        and int(row["rank"]) >= 3
        and row.get("place", "any") == "any"
        and word != preferred
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _lines(words: Sequence[str]) -> Iterator[str]:
    line = "    skos:altLabel "
    for number, word in enumerate(words, 1):
        item = f'"{word}"@zh' + (" ;" if number == len(words) else " ,")
        if _width(line) + _width(item) > WIDTH and line.strip():
            yield line.rstrip()
            line = " " * 8
        line += item + " "
    if words:
        yield line.rstrip()


def with_labels(turtle: str) -> str:
    """Return the Turtle of the schemes with the labels that the lexicons give."""
    for scheme in SCHEMES:

        def block(found: re.Match[str], scheme: str = scheme) -> str:
            concept, body = found["concept"], re.sub(r"    skos:altLabel [^;]*;\n", "", found["body"])
            (preferred,) = re.findall(r'skos:prefLabel "[^"]*"@en , "([^"]*)"@zh', body)
            told = "".join(f"{line}\n" for line in _lines(labels(scheme, concept, preferred)))
            body = re.sub(r"(    skos:prefLabel [^\n]*\n)", lambda line: line[1] + told, body)
            return f"{scheme}:{concept} a skos:Concept{body}"

        pattern = rf"^{scheme}:(?P<concept>[\w-]+) a skos:Concept(?P<body>.*?\n(?=\n)|.*\Z)"
        turtle = re.sub(pattern, block, turtle, flags=re.M | re.S)
    return turtle


def main() -> None:
    """Write the labels."""
    path = resource("ontology", "indicators.ttl")
    path.write_text(with_labels(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
