"""Commands that show facts to people: in their article, on a terminal or as a page.

Imports stand inside the functions, as in ``kg.cli.commands``.
"""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.output import emit, say
from kg.cli.reading import DONE, UNUSABLE, Complaints, read_facts
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.article import Article
    from kg.facts.model import Fact

Found = Iterator[tuple["Article", "list[Fact]", int]]

_KEY = re.compile("[0-9a-f]{12}")


def write_view(said: Namespace, found: Found) -> int:
    """Write articles with their facts marked, for a terminal."""
    from shutil import get_terminal_size

    from kg.pages import article_lines

    terminal = said.output is None and sys.stdout is not None and sys.stdout.isatty()
    width = get_terminal_size((100, 24)).columns
    colour = terminal and not os.environ.get("NO_COLOR")
    code, parts = DONE, []
    for article, some, deserved in found:
        code = max(code, deserved)
        parts.append(article_lines(article, some, language=said.lang, width=width, colour=colour))
    emit("\n".join(parts), said.output)
    return code


def write_page(said: Namespace, found: Found) -> int:
    """Write one article with its facts as a page for a browser."""
    article, some, code = _only_one(found)
    emit(_page(said, article, some), said.output)
    return code


def explain(said: Namespace) -> int:
    """Show how facts came about, and why numbers gave none."""
    if len(said.paths) == 1 and _KEY.fullmatch(said.paths[0]) and not Path(said.paths[0]).exists():
        return _explain_one(said, said.paths[0])
    complaints, code = Complaints(), DONE
    found = read_facts(said, complaints)
    if said.html:
        code = _explain_page(said, found)
        return UNUSABLE if complaints.count else code
    from kg.explanation import explanation_lines

    parts = []
    for article, some, deserved in found:
        code = max(code, deserved)
        lines = list(explanation_lines(article, some, at=said.at, about=said.about))
        parts.append("".join(f"{line}\n" for line in lines))
        if not said.output:
            emit(parts.pop())
        if not lines and (said.at is not None or said.about):
            asked = f"--at {said.at}" if said.at is not None else f"--about {said.about}"
            say(f"kg: {article.id}: no fact and no number at {asked}")
    if said.output:
        emit("".join(parts), said.output)
    return UNUSABLE if complaints.count else code


def _explain_page(said: Namespace, found: Found) -> int:
    from kg.difference import fact_line

    article, some, code = _only_one(found)
    asked = [
        fact
        for fact in some
        if said.about in fact_line(fact)
        and (said.at is None or any(one.start <= said.at < one.end for one in fact.evidence))
    ]
    if not asked and some:
        raise UsageError(f"{article.id}: no fact there; leave out --at and --about to see all")
    emit(_page(said, article, some, asked if len(asked) < len(some) else None), said.output)
    return code


def _explain_one(said: Namespace, key: str) -> int:
    """Explain the fact of a store that has this key, in its article as it is now."""
    from kg.difference import store_facts
    from kg.explanation import explain as explained
    from kg.explanation import render
    from kg.extraction import find_facts
    from kg.pipeline import read_sources
    from kg.review import claim_key
    from kg.store import open_store

    store = open_store(said.store)
    held = next((fact for fact in store_facts(store) if claim_key(fact) == key), None)
    if held is None:
        raise UsageError(f'{said.store} holds no fact "{key}"; kg review claims shows them')
    source = store.held[held.article].source
    sources = read_sources([source]) if source != "-" else ()
    article = next((one for _, one in sources if one.id == held.article), None)
    if article is None or any(article.text[one.start : one.end] != one.quote for one in held.evidence):
        raise InputError(f"{source}: is not what the store was built from; kg build first, then kg explain")
    some = find_facts(article)
    fact = next((one for one in some if claim_key(one) == key), held)  # a store does not keep what context supplied
    if said.html:
        emit(_page(said, article, some, [fact]), said.output)
    else:
        emit("".join(f"{line}\n" for line in render(explained(article, fact))), said.output)
    return DONE


def _page(said: Namespace, article: Article, some: list[Fact], only: list[Fact] | None = None) -> str:
    from kg.pages import article_page
    from kg.pipeline import judge

    report = judge(article, some, allow_empty=said.allow_empty)
    return article_page(article, some, report, language=said.lang, only=only)


def _only_one(found: Found) -> tuple[Article, list[Fact], int]:
    some = [one for _, one in zip(range(2), found, strict=False)]
    if not some:
        raise InputError("no article could be read; nothing to show")
    if len(some) > 1:
        raise UsageError("a page shows one article; name one, or make a site of all: kg site")
    return some[0]


def plot(said: Namespace) -> int:
    """Draw the answer to a query."""
    from kg.charts import WRITERS, chart_of
    from kg.cli.asking import find_query, time_limit
    from kg.cli.remote import opened
    from kg.queries import ask, bind
    from kg.store import Rows

    ending = Path(said.output).suffix.lower() if said.output else ".svg"
    if ending not in WRITERS:
        raise UsageError(f"{said.output}: a chart is written as {', '.join(WRITERS)}; end the name so")
    asked = find_query(said.query)
    bind(asked, dict(said.param))
    store = opened(said)
    with time_limit(said.timeout):
        answer = ask(store, asked, dict(said.param), limit=said.limit)
    if not isinstance(answer, Rows):
        raise UsageError(f"{asked.name}: only a SELECT has rows to draw")
    drawn = chart_of(answer, said.measure)
    if drawn.others:
        say(f'kg: drawn is what is measured in "{drawn.measure}"; --measure draws {", ".join(drawn.others)}')
    if drawn.beyond:
        say(f"kg: {drawn.beyond} more have no room on the chart; -p or SPARQL of your own asks for fewer")
    emit(WRITERS[ending](drawn.spec), said.output)
    return DONE


def site(said: Namespace) -> int:
    """Make a site of a store."""
    from kg.site import build_site

    built = build_site(said.store, said.output, full_text=said.full_text, charts=said.charts)
    counts = built.counts
    emit(
        f"site     {built.folder}: {built.pages} pages of {built.articles} articles, {counts.bytes / 1e6:.1f} MB\n"
        f"files    {counts.made} made, {counts.kept} kept, {counts.removed} removed\n"
    )
    return DONE
