"""Articles that a command names, read with their facts; what cannot be read is said at once.

Imports stand inside the functions, as in ``kg.cli.commands``.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli.output import say
from kg.errors import ArticleError

if TYPE_CHECKING:
    from kg.article import Article
    from kg.facts.model import Fact

DONE, REFUSED, UNUSABLE = 0, 1, 3


class Complaints:
    """Articles that could not be read: said at once, counted for the exit code."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: ArticleError) -> None:
        """Say one."""
        self.count += 1
        say(f"kg: {error}")


def read_facts(said: Namespace, complaints: Complaints) -> Iterator[tuple[Article, list[Fact], int]]:
    """Give each article with its facts and the exit code it deserves."""
    from kg.extractors import OWN, extract, find_extractor, refusal_line
    from kg.pipeline import NO_FACTS, read_sources

    extractor = find_extractor(getattr(said, "extractor", OWN))
    for source, article in read_sources(said.paths, published=said.published, on_error=complaints):
        found = extract(article, extractor)
        facts = list(found.accepted)
        empty = not facts and not said.allow_empty
        for refusal in found.refused:
            say(f"kg: {source}: refused {refusal_line(refusal)}")
        if empty:
            say(f"kg: {source}: {NO_FACTS}")
        yield article, facts, REFUSED if empty or found.refused else DONE
