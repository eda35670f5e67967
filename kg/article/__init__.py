"""Bytes to Article: decoded text, its body blocks, title, outlet, publication date.

Enters: a file, folder, JSON Lines or standard input. Leaves: ``Article`` values whose ``text`` is the decoded text that
all offsets refer to.
"""

from kg.article.encoding import decode
from kg.article.model import Article, Block
from kg.article.reading import article_files, article_of, read_article, read_articles, safe_id

__all__ = ["Article", "Block", "article_files", "article_of", "decode", "read_article", "read_articles", "safe_id"]
