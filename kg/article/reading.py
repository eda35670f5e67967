"""Files, folders, JSON Lines and standard input to articles."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from kg.article.dating import printed_date, year_of_id
from kg.article.encoding import MAX_BYTES, check_text, decode
from kg.article.furniture import arrange, article_blocks, fold
from kg.article.imprint import Imprint, read_imprint
from kg.article.lines import line_blocks, looks_like_markdown, markdown_blocks
from kg.article.markup import Page, looks_like_html, read_page
from kg.article.model import Article, Block
from kg.article.pieces import LINES_ENDINGS, Piece, bytes_of, inputs, shown
from kg.errors import ArticleError

_MARKDOWN_ENDINGS = frozenset([".md", ".markdown"])
_HTML_ENDINGS = frozenset([".html", ".htm"])
_UNSAFE = re.compile(
    r"""[\x00-\x20\x7f-\xa0/\\:*?"'<>|#%{}\[\]^`\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3000\ufeff\ud800-\udfff]+"""
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_ID = 120
_SITE_NAME = re.compile(r"(?:[-_|–]{1,3}|(?<!—)—(?!—))\s*[^-_|—–]{2,20}$|\s[-–—|·]\s.{2,30}$")
_META_DATES = (
    "article:published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "publishtime",
    "datepublished",
    "og:release_date",
    "date",
    "dc.date",
    "firstpublishedtime",
)
_META_TITLES = ("articletitle", "og:title")
_META_OUTLETS = ("contentsource", "source", "article:publisher")
_META_AUTHORS = ("author", "article:author")


def safe_id(name: str) -> str:
    """Return the name as an id: no separators, blanks, control or invisible characters, at most 120 characters.

    >>> safe_id("../../etc/passwd")
    'etc-passwd'
    """
    return _UNSAFE.sub("-", name).strip("-.")[:_LONGEST_ID].strip("-.") or "article"


def read_article(
    source: Path | str | bytes,
    *,
    id: str | None = None,
    published: date | None = None,
    title: str | None = None,
    outlet: str | None = None,
) -> Article:
    r"""Return the article in a file, on standard input ("-") or in bytes.

    The id is the file's name without its ending. What the caller knows (date, title, outlet) goes before what the page
    prints. Raises ArticleError where it cannot be read.

    >>> read_article("平安答卷\n全市破获刑事案件120起。".encode(), id="a").title
    '平安答卷'
    """
    known = Imprint(title, outlet, None, published, "given" if published else None)
    if isinstance(source, bytes):
        where = id or "article"
        return _article(decode(source, where), where, where, "", known)
    if str(source) == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        return _article(decode(data, "standard input"), "standard input", id or "stdin", "", known)
    path = Path(source)
    if path.suffix.lower() in LINES_ENDINGS:
        raise ArticleError(f"{shown(path)}: JSON Lines hold several articles; use read_articles")
    where = shown(path)
    return _article(decode(bytes_of(path), where), where, id or path.stem, path.suffix.lower(), known)


def article_of(text: str, *, id: str = "text", published: date | None = None) -> Article:
    """Return the article that a text already decoded states. Raises ArticleError for a text of blanks or controls."""
    known = Imprint(published=published, date_source="given" if published else None)
    return _article(check_text(text, id), id, id, "", known)


def read_articles(
    paths: Iterable[Path | str],
    *,
    published: date | None = None,
    problems: list[ArticleError] | None = None,
) -> Iterator[Article]:
    """Give the articles of files, folders (with what is below, in order of path), JSON Lines, Parquet and addresses.

    Raises ArticleError at once for a path that does not exist and a folder without articles. One article among others
    that cannot be read goes to ``problems`` where that list is given, else it raises. So does a second article of an
    id already given.
    """
    seen: set[str] = set()
    for piece in inputs(paths):
        try:
            if isinstance(piece, ArticleError):
                raise piece
            article = read_piece(piece, published=published)
            if article.id in seen:
                raise ArticleError(f"{piece.where}: another article has the id {article.id!r}; rename one of them")
            seen.add(article.id)
            yield article
        except ArticleError as error:
            if problems is None:
                raise
            problems.append(error)


def read_piece(piece: Piece, *, published: date | None = None) -> Article:
    """Return the article that a piece holds. Raises ArticleError where it cannot be read."""
    data = piece.bytes()
    if piece.ending in LINES_ENDINGS:
        return _article_of_line(data, piece.where, piece.name, published)
    known = Imprint(published=published, date_source="given" if published else None)
    return _article(decode(data, piece.where), piece.where, piece.name, piece.ending, known)


def _article_of_line(line: bytes, where: str, default_id: str, published: date | None) -> Article:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArticleError(f"{where}: not UTF-8 (byte {error.start}); JSON Lines are UTF-8") from error
    except json.JSONDecodeError as error:
        raise ArticleError(f"{where}: not JSON ({error.msg}, column {error.colno}); one object a line") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{where}: not JSON that can be read; one object a line") from error
    wanted = "expected an object with id, text, published, publisher, title"
    if not isinstance(record, dict):
        raise ArticleError(f"{where}: no object; {wanted}")
    if not isinstance(record.get("text"), str):
        missing = "text is no string" if "text" in record else 'no "text"'
        raise ArticleError(f"{where}: {missing}; {wanted}")
    text = check_text(_SURROGATE.sub("\ufffd", record["text"]), where)
    when = published or _stated_date(record.get("published"), where)
    known = Imprint(_words(record, "title"), _words(record, "publisher"), None, when, "given" if when else None)
    name = record.get("id")
    return _article(text, where, str(name) if isinstance(name, str | int) and str(name) else default_id, "", known)


def stated_id(piece: Piece) -> str:
    """Return the id that a piece will have, without reading the article.

    >>> stated_id(Piece("a.jsonl", "a.jsonl, line 1", "a-1", ".jsonl", b'{"id": "b/c", "text": ""}', 0))
    'b-c'
    """
    return safe_id(piece.stated_name())


def _words(record: Mapping[str, object], key: str) -> str | None:
    value = record.get(key)
    return _SURROGATE.sub("\ufffd", " ".join(value.split())) or None if isinstance(value, str) else None


def _stated_date(value: object, where: str) -> date | None:
    if value is None or value == "":
        return None
    found = printed_date(fold(value)) if isinstance(value, str) else None
    if found is None:
        raise ArticleError(f'{where}: "published" is {str(value)[:40]!r}, expected YYYY-MM-DD')
    return found


def _article(text: str, where: str, name: str, ending: str, known: Imprint) -> Article:
    blocks: Iterable[Block]
    if looks_like_html(text) or (ending in _HTML_ENDINGS and "<" in text):
        page = read_page(text, where)
        blocks, known = page.blocks, _with_meta(known, page)
    elif ending in _MARKDOWN_ENDINGS or looks_like_markdown(text):
        blocks = markdown_blocks(text)
    else:
        blocks = line_blocks(text)
    layout = arrange(list(blocks))
    imprint = read_imprint(layout, known, year_of_id(name))
    return Article(
        safe_id(name),
        text,
        article_blocks(layout),
        imprint.title,
        imprint.outlet,
        imprint.byline,
        imprint.published,
        imprint.date_source,
    )


def _with_meta(known: Imprint, page: Page) -> Imprint:
    """Return what is known, with what the head of the page says besides."""
    stated = (printed_date(fold(page.meta[name])) for name in _META_DATES if name in page.meta)
    published, source = known.published, known.date_source
    if published is None:
        published = next((found for found in stated if found), None)
        source = "printed" if published else None
    return Imprint(
        known.title or _first_meta(page, _META_TITLES) or _without_site(page.title),
        known.outlet or _first_meta(page, _META_OUTLETS),
        known.byline or _first_meta(page, _META_AUTHORS),
        published,
        source,
    )


def _first_meta(page: Page, names: Iterable[str]) -> str | None:
    return next((page.meta[name] for name in names if page.meta.get(name)), None)


def _without_site(title: str | None) -> str | None:
    return (_SITE_NAME.sub("", title[:300]).strip() or title[:300]) if title else None
