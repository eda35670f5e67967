"""What a page is once it has been read: its decoded text and the blocks of the article proper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.unguarded import unguarded


@unguarded
@dataclass(frozen=True, slots=True)
class Block:
    """One line of plain text, or one block element of HTML, that belongs to the article proper.

    Character ``i`` of ``chars`` comes from ``article.text[starts[i]:ends[i]]``; in plain text both are ranges, in HTML
    tags are jumped over and a character reference is one character.
    """

    chars: str
    starts: Sequence[int]
    ends: Sequence[int]
    heading: bool = False  # known from markup: <h1>..<h6>, Markdown "#"


@dataclass(frozen=True, slots=True)
class Article:
    """A document and what its page prints about itself.

    ``date_source`` is "given", "printed", "deduced" or None where ``published`` is None. ``blocks`` leaves out
    navigation, page furniture and headline lists; blank lines are blocks without characters.
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: date | None = None
    date_source: str | None = None
