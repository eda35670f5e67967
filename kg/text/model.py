"""What a text is once it has been read: the view, its way back, its paragraphs, sentences and clauses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.article import Article
from kg.unguarded import unguarded


@unguarded
@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of the view."""

    start: int
    end: int


@unguarded
@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the view; ``heading`` where it stands above text without being a sentence."""

    start: int
    end: int
    heading: bool


@unguarded
@dataclass(frozen=True, slots=True)
class Quote:
    """The article's own characters behind a view span, with their offsets."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Text:
    """The view of an article and its division into paragraphs, sentences and clauses.

    ``title`` and ``outlet`` are the article's, read as the view is.
    """

    article: Article
    view: str
    starts: Sequence[int]
    ends: Sequence[int]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]
    title: str | None = None
    outlet: str | None = None
    _paragraph_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _sentence_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _clause_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, spans in (("paragraph", self.paragraphs), ("sentence", self.sentences), ("clause", self.clauses)):
            object.__setattr__(self, f"_{name}_starts", tuple([span.start for span in spans]))

    def quote(self, start: int, end: int) -> Quote:
        """Return what stands in the article where the view has ``view[start:end]``.

        >>> from kg.text import text_of
        >>> text_of("抓 獲１２名。").quote(0, 5)
        Quote(start=0, end=6, quote='抓 獲１２名')
        """
        first, last = self.starts[start], self.ends[max(start, end - 1)]
        return Quote(first, last, self.article.text[first:last])

    def paragraph_at(self, position: int) -> Paragraph:
        """Return the paragraph around a position of the view."""
        return self.paragraphs[max(0, bisect_right(self._paragraph_starts, position) - 1)]

    def sentence_at(self, position: int) -> Span:
        """Return the sentence around a position of the view."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, position) - 1)]

    def clause_at(self, position: int) -> Span:
        """Return the clause around a position of the view."""
        return self.clauses[max(0, bisect_right(self._clause_starts, position) - 1)]
