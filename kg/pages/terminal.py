"""An article's facts for a terminal: the sentences that make claims, marked, and a compact table below.

A mark is a pair of brackets with the numbers of its facts, "[3 刑事立案下降5.8%]"; colour only adds to it. Brackets
nest where marks do. A number that gave no fact stands in ⟨angle brackets⟩.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from kg.article import Article
from kg.explanation import silences
from kg.facts.model import Bureau, Fact
from kg.pages.article import quiet_numbers, shown
from kg.pages.cards import amount_of, spell_period, title_of
from kg.pages.marks import Mark, Piece, pieces
from kg.pages.templates import visible
from kg.pages.wording import Wording, wording
from kg.text import read_text

_STYLES = {"metric": "blue", "honor": "yellow", "campaign": "green", "bureau": "magenta", "quiet": "dim"}


def article_lines(
    article: Article, facts: Sequence[Fact], *, language: str = "en", width: int = 100, colour: bool = False
) -> str:
    """Return an article's facts as a terminal shows them: sentences with marks, then a table.

    >>> from kg.article import article_of
    >>> from kg.extraction import find_facts
    >>> article = article_of("镇安县公安局2023年破获刑事案件120起。", id="zhenan")
    >>> print(article_lines(article, find_facts(article)).splitlines()[2])
       1  [1 镇安县公安局2023年破获刑事案件120起]。
    """
    words = wording(language)
    ordered = sorted(facts, key=lambda fact: (isinstance(fact, Bureau), min(fact.evidence)))
    console = Console(
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(RichText(words("terminal.title", id=article.id, count=len(facts)), style="bold"))
        console.print()
        sentences = list(_sentences(article, ordered))
        for number, line in sentences:
            for row in _numbered(number, line, max(width, 40)):
                console.print(row, no_wrap=True, overflow="ignore", crop=False)
        if not sentences:
            console.print(words("terminal.none"))
        console.print()
        if ordered:
            console.print(_table(ordered, words))
        if silences(article):
            console.print(RichText(words("terminal.quiet"), style="dim"))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


_MARGIN = 6


def _numbered(number: int, line: RichText, width: int) -> Iterator[RichText]:
    """Give a sentence in lines of a terminal's width, its number before the first: Chinese breaks anywhere."""
    cuts, used = [], 0
    for at, character in enumerate(line.plain):
        wide = cell_len(character)
        if used + wide > width - _MARGIN:
            cuts.append(at)
            used = 0
        used += wide
    for row, part in enumerate(line.divide(cuts)):
        margin = f"{number if row == 0 else '':>{_MARGIN - 2}}  "
        yield RichText.assemble((margin, "dim"), part)


def _sentences(article: Article, facts: Sequence[Fact]) -> Iterator[tuple[int, RichText]]:
    """Give each sentence with a claim or an unread number: its line in the article, and itself with its marks."""
    text = read_text(article)
    page = shown(article)
    marks = [Mark(*page.place(one.start, one.end), one.names, one.kind) for one in _marks(article, facts)]
    marks.sort(key=lambda mark: mark.start)
    for sentence in text.sentences:
        quote = text.quote(sentence.start, sentence.end)
        first, last = page.place(quote.start, quote.end)
        here = [_moved(mark, first) for mark in marks if first <= mark.start < last]
        if here:
            words = page.text[first:last]
            line = article.text.count("\n", 0, quote.start) + 1
            yield line, _joined(pieces(words, here))


def _marks(article: Article, facts: Iterable[Fact]) -> Iterator[Mark]:
    spans: dict[tuple[int, int], list[tuple[str, str]]] = {}
    kept = list(facts)
    for number, fact in enumerate(kept, 1):
        if not isinstance(fact, Bureau):
            for one in fact.evidence:
                spans.setdefault((one.start, one.end), []).append((str(number), type(fact).__name__.lower()))
    for (start, end), named in spans.items():
        yield Mark(start, end, tuple(name for name, _ in named), named[0][1])
    for silence in quiet_numbers(article, kept):
        yield Mark(silence.start, silence.end, (), "quiet")


def _moved(mark: Mark, by: int) -> Mark:
    return Mark(mark.start - by, mark.end - by, mark.names, mark.kind)


def _joined(made: Iterable[Piece]) -> RichText:
    line = RichText()
    for piece in made:
        if piece.mark is None:
            line.append(visible(" ".join(piece.text.split("\n"))))
            continue
        style = _STYLES[piece.mark.kind]
        quiet = piece.mark.kind == "quiet"
        names = f"{','.join(piece.mark.names)} " if piece.first and piece.mark.names else ""
        inside = _joined(piece.inside) if piece.inside else RichText(visible(" ".join(piece.text.split("\n"))))
        line.append("⟨" if quiet else f"[{names}", style=style)
        line.append_text(inside)
        line.append("⟩" if quiet else "]", style=style)
    return line


def _table(facts: Sequence[Fact], words: Wording) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(words("terminal.column_number"), justify="right")
    for name in ("type", "what", "value", "agency", "period"):
        table.add_column(words(f"terminal.column_{name}"), overflow="fold")
    for number, fact in enumerate(facts, 1):
        agency = (fact.parent if isinstance(fact, Bureau) else fact.bureau) or ""
        period = "" if isinstance(fact, Bureau) else spell_period(fact.period, words)
        cells = (words.of("type", type(fact).__name__), title_of(fact), amount_of(fact, words), agency, period)
        table.add_row(str(number), *(RichText(visible(cell)) for cell in cells))
    return table
