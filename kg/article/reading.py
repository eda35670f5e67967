"""Files, folders, JSON Lines and standard input to articles."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

from kg.article.encoding import MAX_BYTES, decode
from kg.article.lines import line_blocks
from kg.article.model import Article
from kg.errors import ArticleError

_UNSAFE = re.compile(
    r"""[\x00-\x20\x7f-\xa0/\\:*?"<>|#%{}^`\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"""
)


def safe_id(name: str) -> str:
    """Return the name as an id: no separators, blanks, control or invisible characters, at most 120 characters.

    >>> safe_id("../../etc/passwd")
    'etc-passwd'
    """
    return _UNSAFE.sub("-", name).strip("-.")[:120].strip("-.") or "article"


def read_article(source: Path | str | bytes, *, id: str | None = None, published: date | None = None) -> Article:
    """Return the article in a file, on standard input ("-") or in bytes.

    The id is the file's name without its ending. Raises ArticleError where it cannot be read.
    """
    if isinstance(source, bytes):
        return _read(source, id or "article", id or "article", published)
    if str(source) == "-":
        return _read(sys.stdin.buffer.read(MAX_BYTES + 1), id or "stdin", "standard input", published)
    path = Path(source)
    return _read(_bytes_of(path), id or path.stem, str(path), published)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ArticleError(f"{path}: {error.strerror or error}; check the path") from error


def _read(data: bytes, name: str, where: str, published: date | None) -> Article:
    text = decode(data, where)
    blocks = tuple(line_blocks(text))
    return Article(safe_id(name), text, blocks, published=published, date_source="given" if published else None)
