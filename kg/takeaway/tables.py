"""Claims as tables: one a class, a row a claim, as CSV with a CSVW description, and as Parquet.

https://www.w3.org/TR/tabular-data-primer/. The columns come from a SPARQL query that stands beside each table, so that
a table and the answer of a store are one thing. Parquet comes with ``pip install 'pingan-kg[tables]'``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from kg.errors import UsageError
from kg.queries import prefixes
from kg.store import Answering, Rows, Term

_SHARED = """
  ?claim pa:article/pa:identifier ?article .
  OPTIONAL { ?claim pa:bureau ?agency . OPTIONAL { ?agency pa:code ?code } }
  OPTIONAL { SELECT ?agency (MIN(?label) AS ?bureau) { ?agency a pa:Bureau ; rdfs:label ?label } GROUP BY ?agency }
  OPTIONAL { ?claim pa:period ?period . ?period pa:start ?from ; pa:end ?to }
  { SELECT ?claim (MIN(?at) AS ?start) { ?claim pa:evidence ?spot . ?spot pa:startOffset ?at } GROUP BY ?claim }
  { SELECT ?claim ?start (MIN(?words) AS ?quote) (MAX(?to2) AS ?end) {
      ?claim pa:evidence ?spot . ?spot pa:startOffset ?start ; pa:quote ?words ; pa:endOffset ?to2 }
    GROUP BY ?claim ?start }"""
_COLUMNS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "metrics": (
        ("indicator", "pa:indicator", "string"), ("subject", "pa:subject", "anyURI"), ("aspect", "pa:aspect", "anyURI"),
        ("kind", "pa:kind", "string"), ("value", "pa:value", "decimal"), ("unit", "pa:unit", "string"),
        ("bound", "pa:bound", "string"), ("direction", "pa:direction", "string"),
        ("comparison", "pa:comparison", "string"), ("scope", "pa:scope", "string"), ("slot", "pa:slot", "string"),
    ),
    "honors": (
        ("title", "pa:title", "string"), ("recipient", "pa:recipient", "string"),
        ("recipientKind", "pa:recipientKind", "string"), ("grantor", "pa:grantor", "string"),
        ("level", "pa:awardLevel", "string"), ("times", "pa:times", "integer"),
    ),
    "participations": (("campaign", "pa:campaign/rdfs:label", "string"),),
}  # fmt: skip
_CLASSES = {"metrics": "Metric", "honors": "Honor", "participations": "Participation"}
_COMMON = (
    ("claim", "anyURI"), ("article", "string"), ("agency", "anyURI"), ("bureau", "string"), ("code", "string"),
    ("from", "date"), ("to", "date"), ("quote", "string"), ("start", "integer"), ("end", "integer"),
)  # fmt: skip
TABLES = tuple(_COLUMNS)
"""The names of the tables."""


def columns(table: str) -> tuple[tuple[str, str], ...]:
    """Return the columns of a table with their types of XML Schema.

    >>> dict(columns("metrics"))["value"]
    'decimal'
    """
    return (*_COMMON[:5], *((name, type_) for name, _, type_ in _COLUMNS[table]), *_COMMON[5:])


def query(table: str) -> str:
    """Return the SPARQL that a table is the answer to."""
    given = "".join(f"\n  OPTIONAL {{ ?claim {path} ?{name} }}" for name, path, _ in _COLUMNS[table])
    names = " ".join(f"?{name}" for name, _ in columns(table))
    declared = "".join(f"PREFIX {one}: <{prefixes()[one]}>\n" for one in ("pa", "rdfs"))
    body = f"  ?claim a pa:{_CLASSES[table]} .{_SHARED}{given}"
    return f"{declared}SELECT DISTINCT {names} WHERE {{\n{body}\n}} ORDER BY ?claim\n"


def rows(store: Answering, table: str) -> Rows:
    """Return a table."""
    answer = store.ask(query(table), prefixes=prefixes())
    assert isinstance(answer, Rows)
    return answer


def csv_files(store: Answering) -> Mapping[str, str]:
    """Return the tables as CSV by file name, with their queries and a CSVW description of all."""
    files: dict[str, str] = {}
    for table in TABLES:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(name for name, _ in columns(table))
        writer.writerows(["" if term is None else term.value for term in row] for row in rows(store, table).rows)
        files[f"{table}.csv"] = out.getvalue()
        files[f"{table}.rq"] = query(table)
    files["csv-metadata.json"] = _description()
    return files


def _description() -> str:
    tables = [
        {
            "url": f"{table}.csv",
            "tableSchema": {
                "columns": [
                    {"name": name, "titles": name, "datatype": type_, "propertyUrl": _property(table, name)}
                    for name, type_ in columns(table)
                ],
                "primaryKey": "claim",
                "aboutUrl": "{+claim}",
            },
        }
        for table in TABLES
    ]
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "dc:title": "pingan-kg",
        "tables": tables,
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _property(table: str, name: str) -> str:
    path = next((path for one, path, _ in _COLUMNS[table] if one == name), f"pa:{name}")
    prefix, _, local = path.split("/")[0].partition(":")
    return prefixes()[prefix] + local


def parquet_files(store: Answering) -> Mapping[str, bytes]:
    """Return the tables as Parquet by file name. Raises UsageError where pyarrow is not installed."""
    pa, pq = _arrow()
    files = {}
    for table in TABLES:
        answer = rows(store, table)
        arrays = [
            pa.array([_python(row[at], type_) for row in answer.rows], type=_arrow_type(pa, type_))
            for at, (_, type_) in enumerate(columns(table))
        ]
        out = io.BytesIO()
        made = pa.table(arrays, names=[name for name, _ in columns(table)])
        pq.write_table(made, out, compression="zstd", version="2.6")
        files[f"{table}.parquet"] = out.getvalue()
    return files


def _python(term: Term | None, type_: str) -> object:
    if term is None:
        return None
    match type_:
        case "decimal":
            return Decimal(term.value)
        case "integer":
            return int(term.value)
        case "date":
            return date.fromisoformat(term.value)
        case _:
            return term.value


def _arrow_type(pa: Any, type_: str) -> Any:
    return {"decimal": pa.decimal128(38, 6), "integer": pa.int64(), "date": pa.date32()}.get(type_, pa.string())


@cache
def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise UsageError(f"Parquet needs {error.name}; install it with: pip install 'pingan-kg[tables]'") from error
    return pyarrow, pyarrow.parquet
