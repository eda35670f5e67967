"""Answers as text: a table for people, CSV, SPARQL results in JSON, JSON Lines.

Enters: what ``kg.queries.ask`` returned. Leaves: one string.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from kg.store import Rows, Term

_MORE = "(more rows; raise --limit or -p rows=)"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {_XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")}


def render(answer: Rows | bool | bytes, format: str) -> str:
    """Return an answer in one of ``FORMATS``. Triples are N-Triples in every one of them.

    >>> print(render(Rows(("name", "n"), ((Term("literal", "南充市公安局"), Term("literal", "3")),)), "csv"), end="")
    name,n
    南充市公安局,3
    """
    if isinstance(answer, bytes):
        return answer.decode("utf-8")
    if isinstance(answer, bool):
        return _BOOLEANS.get(format, _plain_boolean)(answer)
    return FORMATS[format](answer)


def table(answer: Rows, more: str = _MORE) -> str:
    """Return rows as columns aligned by display width, Chinese characters being two wide; ``more`` where it is cut."""
    lines = [list(answer.columns), *([_cell(term) for term in row] for row in answer.rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(answer.columns))]
    numeric = [_is_numeric(row[i] for row in answer.rows) for i in range(len(answer.columns))]
    rule = "  ".join("─" * width for width in widths)
    text = [_row(line, widths, numeric) for line in lines]
    return "\n".join([text[0], rule, *text[1:], *_remarks(answer, more)]) + "\n"


def _remarks(answer: Rows, more: str) -> list[str]:
    if not answer.rows:
        return ["(no rows)"]
    return [more] if answer.cut else []


def _row(cells: list[str], widths: list[int], numeric: list[bool]) -> str:
    padded = (
        " " * (width - _width(cell)) + cell if right else cell + " " * (width - _width(cell))
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    )
    return "  ".join(padded).rstrip()


def _is_numeric(terms: Iterable[Term | None]) -> bool:
    present = [term for term in terms if term is not None]
    return bool(present) and all(term.datatype in _NUMBERS for term in present)


def _cell(term: Term | None) -> str:
    """Return a value on one line, without characters that would steer a terminal."""
    text = "" if term is None else f"_:{term.value}" if term.kind == "bnode" else term.value
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)


def _width(text: str) -> int:
    """Return how many columns a terminal gives the text.

    >>> _width("南充 2020")
    9
    """
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )


def csv_table(answer: Rows) -> str:
    """Return rows as CSV in UTF-8, one header line, values as they are, nothing where nothing is bound."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(["" if term is None else term.value for term in row] for row in answer.rows)
    return out.getvalue()


def sparql_json(answer: Rows) -> str:
    """Return rows in the W3C's SPARQL 1.1 Query Results JSON Format."""
    bindings = [
        {name: _binding(term) for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    results = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(results, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Term) -> Mapping[str, str]:
    pairs = {"type": term.kind, "value": term.value, "datatype": term.datatype, "xml:lang": term.language}
    return {key: value for key, value in pairs.items() if value is not None}


def json_lines(answer: Rows) -> str:
    """Return one JSON object a row, numbers as numbers, null where nothing is bound."""
    return "".join(
        json.dumps(dict(zip(answer.columns, map(_value, row), strict=True)), ensure_ascii=False) + "\n"
        for row in answer.rows
    )


def _value(term: Term | None) -> str | int | float | bool | None:
    if term is None:
        return None
    if term.datatype in _NUMBERS:
        from decimal import Decimal  # CSV does without

        number = Decimal(term.value.replace("INF", "Infinity"))
        if not number.is_finite():
            return term.value
        return int(number) if number == number.to_integral_value() else float(number)
    if term.datatype == _XSD + "boolean":
        return term.value in ("true", "1")
    return term.value


def _plain_boolean(answer: bool) -> str:
    return "yes\n" if answer else "no\n"


FORMATS: Mapping[str, Callable[[Rows], str]] = {
    "table": table,
    "csv": csv_table,
    "json": sparql_json,
    "jsonl": json_lines,
}
_BOOLEANS: Mapping[str, Callable[[bool], str]] = {
    "json": lambda answer: json.dumps({"head": {}, "boolean": answer}) + "\n",
    "jsonl": lambda answer: json.dumps(answer) + "\n",
}
