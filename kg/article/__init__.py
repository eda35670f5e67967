"""Bytes to Article: decoded text, its body blocks, title, outlet, publication date.

Enters: a file, folder, JSON Lines, Parquet, an address or standard input. Leaves: ``Article`` values whose ``text``
is the decoded text that all offsets refer to.
"""

from kg.article.encoding import decode
from kg.article.model import Article, Block
from kg.article.pieces import Inputs, Piece, Remote, article_files, inputs, is_address
from kg.article.reading import article_of, read_article, read_articles, read_piece, safe_id, stated_id

__all__ = [
    "Article",
    "Block",
    "Inputs",
    "Piece",
    "Remote",
    "article_files",
    "article_of",
    "decode",
    "inputs",
    "is_address",
    "read_article",
    "read_articles",
    "read_piece",
    "safe_id",
    "stated_id",
]
