"""The stored questions with their answers, each row leading to the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.pages.wording import Wording
from kg.queries import GROUPS, Query, catalogue
from kg.site.answering import answer_table
from kg.site.outline import Outline, Page, Section
from kg.store import Rows


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
