"""HTML to blocks, each character with its place in the source.

A library made for it (trafilatura, on lxml's parser in C) says which words are the main content; the places come from a
linear scan of the source, because no parser keeps them. Nothing is fetched.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

from kg.article.dating import printed_date
from kg.article.furniture import fold, seen
from kg.article.model import Block
from kg.errors import ArticleError

_TOKEN = re.compile(
    r"<!--(?:.*?-->|.*)"
    r"|<!\[CDATA\[(?:.*?\]\]>|.*)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{0,30})(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*'|[\"'])*+)>?"
    r"|<[!?/][^<>]*+>?"
    r"|(?P<blank>[ \t\r\n\f]++)"
    r"|&(?:#(?P<decimal>[0-9]{1,8})|#[xX](?P<hex>[0-9A-Fa-f]{1,7})|(?P<entity>[A-Za-z][A-Za-z0-9]{1,31}));?"
    r"|(?P<text>[^<& \t\r\n\f]++)"
    r"|(?P<stray>[<&])",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([A-Za-z-]{2,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_RAW_END = {
    name: re.compile(rf"</{name}(?=[\s>/])", re.I)
    for name in ("script", "style", "noscript", "template", "iframe", "textarea", "xmp", "noframes", "svg", "math")
}
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BREAKING = _HEADINGS | frozenset(
    """address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset head header hgroup hr html legend li main marquee menu nav ol option p pre
    section select summary table tbody tfoot thead title tr ul""".split()  # noqa: SIM905 - fifty quoted names read worse
)
_CELLS = frozenset(["td", "th"])
_ASIDE = frozenset(["nav", "footer", "aside", "select", "button"])
_UNSAID = frozenset(["rt", "rp"])  # the reading printed above a character
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_CLOSED_BY_THE_NEXT = frozenset(["p", "li", "dd", "dt", "option", "tr", "td", "th"])
MAX_CHARACTERS = 2_000_000
"""The most text of one HTML page; each character is kept with its place, which plain text does without."""
_ABOVE, _BELOW = 40, 12  # blocks above and below the text in which its title and imprint stand
_DATED = 3  # blocks above the title in which a newspaper prints its day
_SHINGLE = 8
_LARGEST = (
    3_000_000  # what the library is asked about: characters, tags, depth; a page beyond it is judged by links alone
)
_MOST_TAGS = 60_000
_DEEPEST = 200
_ODD = re.compile(r"\W+")
_SENTENCE = re.compile("[。!?!?;;]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS = re.compile(r"\s*(?:<!doctype\s+html|<html[\s>]|<\?xml[^>]{0,100}\?>\s*<!doctype\s+html)", re.I)
_ELEMENT = re.compile(r"</(?:p|div|span|td|tr|a|li|ul|h[1-6]|body|html|table|section|article)\s*>|<br\s*/?>", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page read: the blocks that belong to its main content or stand near it, and what its head says."""

    blocks: tuple[Block, ...]
    title: str | None
    meta: Mapping[str, str]


def looks_like_html(text: str) -> bool:
    """Return whether the text is an HTML page or a piece of one.

    >>> looks_like_html("<p>平安</p><p>答卷</p>"), looks_like_html("破案率<90%,立案数>100起")
    (True, False)
    """
    return bool(_LOOKS.match(text)) or len(_ELEMENT.findall(text[:20_000])) >= 2


def read_page(source: str, where: str = "page") -> Page:
    r"""Return the blocks of the page's main content, and what its head says.

    Raises ArticleError where it holds more text than MAX_CHARACTERS.

    >>> page = read_page("<title>题</title><p>破获<b>刑事</b>案件120&nbsp;起。</p>")
    >>> page.blocks[0].chars, page.title
    ('破获刑事案件120\xa0起。', '题')
    """
    scan = _Scan(source, where)
    scan.run()
    return Page(tuple(_separated(_main_content(scan))), scan.title, scan.meta)


def _separated(blocks: Sequence[Block]) -> Iterator[Block]:
    """Put a blank block between blocks, as between the paragraphs of plain text."""
    for i, block in enumerate(blocks):
        if i:
            yield Block("", range(0), range(0))
        yield block


@dataclass(slots=True)
class _Draft:
    """A block while it grows, with how many of its characters are links and whether it stands in an aside."""

    level: int = 0
    aside: bool = False
    linked: int = 0
    chars: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, character: str, start: int, end: int) -> None:
        self.chars.append(character)
        self.starts.append(start)
        self.ends.append(end)

    def block(self) -> Block:
        first, last = 0, len(self.chars)
        while first < last and self.chars[first].isspace():
            first += 1
        while last > first and self.chars[last - 1].isspace():
            last -= 1
        chars = "".join(self.chars[first:last])
        return Block(chars, tuple(self.starts[first:last]), tuple(self.ends[first:last]), bool(self.level))


class _Scan:
    """One pass over the source that collects drafts, the title and the meta elements."""

    def __init__(self, source: str, where: str) -> None:
        self.source = source
        self.where = where
        self.drafts: list[_Draft] = []
        self.title: str | None = None
        self.meta: dict[str, str] = {}
        self.tags = 0
        self.deepest = 0
        self._open: Counter[str] = Counter()
        self._depth = 0
        self._characters = 0
        self._draft = _Draft()

    def run(self) -> None:
        at, size = 0, len(self.source)
        while at < size:
            match = _TOKEN.match(self.source, at)
            if match is None:
                break
            start, at = match.span()
            name = (match["name"] or "").lower()
            if not name:
                self._text(match, start, at)
            elif name in _RAW_END and not match["close"]:
                end = _RAW_END[name].search(self.source, at)
                at = end.start() if end else size
            else:
                self._tag(name, bool(match["close"]), match["attributes"], start, at)
        self._finish()

    def _tag(self, name: str, closing: bool, attributes: str, start: int, end: int) -> None:
        self.tags += 1
        if name in _BREAKING:
            self._finish()
        elif name in _CELLS and self._draft.chars:
            self._draft.add(" ", start, end)
        if name == "meta":
            _read_meta(attributes, self.meta)
        if name not in _VOID:
            self._nest(name, closing)
        if name in _BREAKING:
            level = next((int(h[1]) for h in sorted(_HEADINGS) if self._open[h]), 0)
            self._draft = _Draft(level, any(self._open[a] for a in _ASIDE))

    def _nest(self, name: str, closing: bool) -> None:
        if name == "a" or name in _HEADINGS or name == "title":
            self._open[name] = 0 if closing else 1
        elif closing:
            self._open[name] = max(0, self._open[name] - 1)
        else:
            self._open[name] += 1
        if name not in _CLOSED_BY_THE_NEXT:
            self._depth = max(0, self._depth + (-1 if closing else 1))
        self.deepest = max(self.deepest, self._depth)

    def _finish(self) -> None:
        draft, self._draft = self._draft, _Draft()
        if not any(not c.isspace() for c in draft.chars):
            return
        if self._open["title"]:
            self.title = self.title or "".join(draft.chars).strip()
        else:
            self.drafts.append(draft)

    def _text(self, match: re.Match[str], start: int, end: int) -> None:
        if any(self._open[name] for name in _UNSAID):
            return
        draft = self._draft
        before = len(draft.chars)
        referred = _referred(match) if match[0].startswith("&") and match["stray"] is None else None
        if match["blank"]:
            if self._open["pre"] and "\n" in match["blank"]:
                self._finish()
            elif draft.chars and draft.chars[-1] != " ":
                draft.add(" ", start, end)
        elif referred is not None:
            for character in referred:
                draft.add(character, start, end)
        elif not match[0].startswith(("<!", "</")):
            draft.chars.extend(match[0])
            draft.starts.extend(range(start, end))
            draft.ends.extend(range(start + 1, end + 1))
        if self._open["a"]:
            draft.linked += len(draft.chars) - before
        self._characters += len(draft.chars) - before
        if self._characters > MAX_CHARACTERS:
            raise ArticleError(
                f"{self.where}: an HTML page of more than {MAX_CHARACTERS:,} characters of text; split it"
            )


def _referred(match: re.Match[str]) -> str | None:
    """Return the characters that a reference stands for, None where it is none."""
    if match["entity"]:
        return html5.get(match["entity"] + ";") or html5.get(match["entity"])
    return unescape(match[0] if match[0].endswith(";") else f"{match[0]};")


def _read_meta(attributes: str, meta: dict[str, str]) -> None:
    found = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(attributes[:4000])}
    name = found.get("property") or found.get("name") or found.get("itemprop")
    if name and found.get("content"):
        meta.setdefault(name.lower(), unescape(found["content"])[:400].strip())


def _main_content(scan: _Scan) -> list[Block]:
    """Return the blocks from the title to the imprint below the text."""
    drafts = scan.drafts
    blocks = [draft.block() for draft in drafts]
    plain = [not d.aside and d.linked * 10 <= len(d.chars) * 6 for d in drafts]
    chosen = _chosen_by_library(scan, blocks)
    prose = [i for i, b in enumerate(blocks) if plain[i] and _SENTENCE.search(b.chars) and len(b.chars) >= 12]
    found = [i for i in prose if chosen[i]]
    if sum(len(blocks[i].chars) for i in found) * 2 < sum(len(blocks[i].chars) for i in prose):
        found = prose
    if not found:
        return [b for b, fits in zip(blocks, plain, strict=True) if fits]
    first, last = found[0], found[-1]
    top = _title_place(scan, blocks, first)
    dated = {i for i in range(max(0, top - _DATED), top) if plain[i] and printed_date(fold(seen(blocks[i])[:200]))}
    return [
        block
        for i, block in enumerate(blocks)
        if (plain[i] and top <= i <= last + _BELOW) or (chosen[i] and top <= i) or i == top or i in dated
    ]


def _title_place(scan: _Scan, blocks: Sequence[Block], first: int) -> int:
    """Return the block above the text that title or markup make the page's heading, else one a little above."""
    title = _bare(scan.meta.get("og:title") or scan.meta.get("articletitle") or scan.title or "")
    above = range(max(0, first - _ABOVE), first)
    named = (i for i in above if len(words := _bare(blocks[i].chars)) >= 6 and words in title)
    headed = (i for i in above if scan.drafts[i].level)
    at = next(named, None)
    if at is None:
        at = min(headed, key=lambda i: (scan.drafts[i].level, i), default=None)
    return max(0, first - _ABOVE // 4) if at is None else at


def _chosen_by_library(scan: _Scan, blocks: Sequence[Block]) -> list[bool]:
    """Return for each block whether trafilatura takes it for main content; all where it finds none."""
    text = ""
    if len(scan.source) <= _LARGEST and scan.tags <= _MOST_TAGS and scan.deepest <= _DEEPEST:
        # Half a second of import that only HTML needs.
        from trafilatura import extract

        logging.getLogger("trafilatura").addHandler(logging.NullHandler())
        text = extract(_UNFIT.sub(" ", scan.source), fast=True, favor_recall=True, include_comments=False) or ""
    if not text:
        return [True] * len(blocks)
    lines = {_bare(line) for line in text.splitlines()}
    shingles = {line[i : i + _SHINGLE] for line in lines for i in range(max(0, len(line) - _SHINGLE) + 1)}
    return [_is_among(_bare(block.chars), lines, shingles) for block in blocks]


def _is_among(words: str, lines: set[str], shingles: set[str]) -> bool:
    if len(words) < _SHINGLE:
        return words in lines
    own = [words[i : i + _SHINGLE] for i in range(0, len(words) - _SHINGLE + 1, _SHINGLE)]
    return sum(1 for shingle in own if shingle in shingles) * 10 >= len(own) * 8


def _bare(chars: str) -> str:
    return _ODD.sub("", chars)
