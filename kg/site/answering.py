"""Answers to stored questions as tables for people.

Enters: rows as a store gives them, a column a field. Leaves: a table in the language of a page, where unit, bound and
direction stand with their number, and both days of a period in one cell. ``kg query`` gives the rows as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from kg.site.outline import Outline
from kg.site.tables import Cell, Column, Table
from kg.store import Rows, Term

MOST = 200
"""Rows of an answer that a page shows; the command gives them all."""

_NUMBERS = ("#integer", "#decimal", "#double")
_CHINESE = re.compile("[\u3400-\u9fff]")
# Columns of numbers, with those that hold the unit, the bound and the direction of each.
_AMOUNTS: Mapping[str, tuple[str, str, str]] = {
    "value": ("unit", "bound", "direction"),
    "before": ("unit", "beforeBound", ""),
    "change": ("unit", "", ""),
    "otherValue": ("otherUnit", "otherBound", ""),
    "partValue": ("partUnit", "", ""),
    "cityValue": ("cityUnit", "cityBound", ""),
    "fell": ("fellUnit", "", ""),
    "rose": ("roseUnit", "", ""),
    "whole": ("unit", "", ""),
    "greatestPart": ("unit", "", ""),
    "yuan": ("", "bound", ""),
    "streak": ("in", "", ""),
}
# Columns of codes, with the texts that have words for them.
_CODES: Mapping[str, Sequence[str]] = {
    "kind": ("kind",),
    "bound": ("bound",),
    "direction": ("direction",),
    "level": ("level", "award_level", "query_said"),
    "said": ("level",),
    "recipientKind": ("recipient_kind",),
    "type": ("type",),
    "what": ("kind", "query_what"),
    "against": ("query_against",),
    "fellAgainst": ("query_against",),
    "roseAgainst": ("query_against",),
    "scope": ("query_said",),
    "contradiction": ("query_said",),
    "verdict": ("query_said",),
    "state": ("query_said",),
    "dated": ("query_dated",),
}
_CONCEPTS = {"about": "subject", "counted": "aspect", "quantity": "quantity"}
# The names by which parameters call what stands in another column in words.
_CALLED = {"subject": "about", "aspect": "counted"}


def answer_table(outline: Outline, answer: Rows, root: str, most: int = MOST) -> Table:
    """Return an answer as a table, quotes and names leading to their pages."""
    words = outline.words
    names = _shown(answer.columns)
    numeric = {name for at, name in enumerate(answer.columns) if _is_numeric([row[at] for row in answer.rows])}
    rows = []
    for row in answer.rows[:most]:
        said = {name: term.value if term else "" for name, term in zip(answer.columns, row, strict=True)}
        rows.append(tuple(_cell(outline, name, said, name in numeric, root) for name in names))
    caption = words("questions.rows", count=len(rows))
    if answer.cut or len(rows) < len(answer.rows):
        caption = words("questions.cut", count=len(rows))
    columns = tuple(Column(_head(outline, name, answer.columns), _kind(name, name in numeric)) for name in names)
    return Table(caption, columns, tuple(rows), filtered=words("site.filter") if len(rows) > 8 else "")


def _shown(columns: Sequence[str]) -> list[str]:
    """Return the columns that a table has: not those that stand in the cells of another.

    >>> _shown(("bureau", "value", "unit", "bound", "from", "to", "quote"))
    ['bureau', 'value', 'from', 'quote']
    """
    inside = {part for name in columns for part in _AMOUNTS.get(name, ())}
    inside |= {name for name, words in _CALLED.items() if words in columns}
    if "from" in columns:
        inside.add("to")
    return [name for name in columns if name not in inside]


def _is_numeric(values: Sequence[Term | None]) -> bool:
    stated = [one for one in values if one is not None]
    return bool(stated) and all((one.datatype or "").endswith(_NUMBERS) for one in stated)


def _kind(name: str, numeric: bool) -> str:
    return "number" if numeric else "quote" if _is_quote(name) else ""


def _is_quote(name: str) -> bool:
    return name.lower().endswith(("quote", "words"))


def _head(outline: Outline, name: str, columns: Sequence[str]) -> str:
    if name == "from" and "to" in columns:
        return outline.words("column.period")
    return outline.words.of("query_column", name)


def _cell(outline: Outline, name: str, said: Mapping[str, str], numeric: bool, root: str) -> Cell:
    words = outline.words
    if name == "from" and "to" in said:
        days = (said["from"], said["to"])
        return Cell(outline.days(days), sort="/".join(days) if days[0] else "")
    if name in _AMOUNTS:
        return _amount(outline, name, said)
    value = said[name]
    if numeric and not _is_place(name):
        number = _number(value)
        return Cell(words.number(number) if number is not None else value, sort=value)
    page = _place(outline, name, value, said)
    if name in _CONCEPTS:
        value = _concept(outline, name, value)
    for group in _CODES.get(name, ()):
        value = words.of(group, value)
    if name == "against" and "/" in value:
        start, _, end = value.partition("/")
        value = outline.days((start, end))
    return Cell(value, f"{root}{page}" if page else "", bool(_CHINESE.search(value)) and words.language == "en")


def _amount(outline: Outline, name: str, said: Mapping[str, str]) -> Cell:
    unit, bound, direction = (said.get(part, "") for part in _AMOUNTS[name])
    number = _number(said[name])
    if number is None and not direction:
        return Cell(said[name], sort=" ")
    signed = number if number is None or direction != "down" else -number
    text = outline.words.amount(number, unit, bound or None, direction or None)
    return Cell(text, sort=" " if signed is None else f"{signed:f}")


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _is_place(name: str) -> bool:
    """Tell whether a number says where something stands: a year, a character, an edition."""
    return name in ("start", "end", "edition") or "ear" in name


def _concept(outline: Outline, name: str, value: str) -> str:
    """Return a concept's label in the language of the page, where the store gives it in another."""
    subject, slash, aspect = value.partition("/")
    if slash and name == "about":
        return outline.words(
            "site.what", subject=outline.concept("subject", subject), aspect=outline.concept("aspect", aspect)
        )
    return outline.concept(_CONCEPTS[name], value)


def _place(outline: Outline, name: str, value: str, said: Mapping[str, str]) -> str | None:
    """Return the page that a value leads to: a quote to where it stands, an article and an agency to theirs."""
    if _is_quote(name):
        source = said.get(f"{name[:-5]}Source") or said.get("source", "")
        return outline.quoted.get((source, value))
    if name.lower().endswith("source"):
        return outline.source_named.get(value)
    return outline.agency_named.get(value) if name in ("bureau", "city", "province", "parent") else None
