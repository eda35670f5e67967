"""The stored questions with their answers, each row leading to the words that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.pages.wording import Wording
from kg.queries import GROUPS, Query, catalogue
from kg.site.outline import Outline, Page, Section
from kg.site.tables import Cell, Column, Table
from kg.store import Rows, Term

MOST = 200
"""Rows of an answer that a page shows; the command gives them all."""

_NUMBERS = ("#integer", "#decimal", "#double")
_CHINESE = re.compile("[\u3400-\u9fff]")


def question_pages(outline: Outline, answers: Mapping[str, Rows]) -> Iterator[Page]:
    """Give the list of stored questions, and a page each with its answer."""
    words = outline.words
    sections = []
    for group in GROUPS:
        queries = [query for query in catalogue().values() if query.group == group and query.name in answers]
        links = tuple((_question(query, words), f"question/{query.name}.html", False, "") for query in queries)
        sections.append(Section(words(f"group.{group}"), group, links=links))
        for query in queries:
            yield _page(outline, query, answers[query.name])
    yield Page("questions.html", words("nav.questions"), words("questions.lead"), tuple(sections), here="questions")


def _question(query: Query, words: Wording) -> str:
    return query.question_zh if words.language == "zh" else query.question


def _page(outline: Outline, query: Query, answer: Rows) -> Page:
    words = outline.words
    given = " ".join(f"-p {name}={value}" for name, value in query.sample.items())
    command = f"kg query {query.name}" + (f" {given}" if given else "")
    shown = (
        Section(table=answer_table(outline, answer, "../")) if answer.rows else Section(note=words("questions.none"))
    )
    sections = (
        shown,
        Section(words("questions.ask"), "ask", words("questions.command"), code=command),
        Section("SPARQL", "sparql", words("questions.sparql"), code=query.sparql.split("\n\n", 1)[-1].strip()),
    )
    crumbs = ((words("nav.questions"), "../questions.html"),)
    path = f"question/{query.name}.html"
    return Page(path, _question(query, words), "", sections, here="questions", crumbs=crumbs)


def answer_table(outline: Outline, answer: Rows, root: str, most: int = MOST) -> Table:
    """Return an answer as a table, quotes and names leading to their pages."""
    words = outline.words
    rows = tuple(_row(outline, answer.columns, row, root) for row in answer.rows[:most])
    caption = words("questions.rows", count=len(rows))
    if answer.cut or len(rows) < len(answer.rows):
        caption = words("questions.cut", count=len(rows))
    columns = tuple(_column(name, at, answer, words) for at, name in enumerate(answer.columns))
    return Table(caption, columns, rows, filtered=words("site.filter") if len(rows) > 8 else "")


def _column(name: str, at: int, answer: Rows, words: Wording) -> Column:
    values = [row[at] for row in answer.rows if row[at] is not None]
    numeric = bool(values) and all(one is not None and (one.datatype or "").endswith(_NUMBERS) for one in values)
    return Column(
        words.of("query_column", name),
        "number" if numeric else "quote" if name.lower().endswith(("quote", "words")) else "",
    )


def _row(outline: Outline, columns: tuple[str, ...], row: tuple[Term | None, ...], root: str) -> tuple[Cell, ...]:
    said = {name: term.value if term else "" for name, term in zip(columns, row, strict=True)}
    return tuple(_cell(outline, name, term, said, root) for name, term in zip(columns, row, strict=True))


_VALUES = frozenset({"kind", "bound", "direction", "comparison"})


def _cell(outline: Outline, name: str, term: Term | None, said: Mapping[str, str], root: str) -> Cell:
    if term is None:
        return Cell("")
    value = term.value
    page = _place(outline, name, value, said)
    if name in _VALUES:
        value = outline.words.of(name, value)
    if name == "against":
        value = outline.words.of("query_against", value)
    return Cell(value, f"{root}{page}" if page else "", bool(_CHINESE.search(value)) and outline.words.language == "en")


def _place(outline: Outline, name: str, value: str, said: Mapping[str, str]) -> str | None:
    """Return the page that a value leads to: a quote to where it stands, an article and an agency to theirs."""
    if name.lower().endswith(("quote", "words")):
        source = said.get(f"{name[:-5]}Source") or said.get("source", "")
        return outline.quoted.get((source, value))
    if name.lower().endswith("source"):
        return outline.source_named.get(value)
    return outline.agency_named.get(value) if name in ("bureau", "agency") else None
