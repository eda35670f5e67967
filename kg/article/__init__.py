"""Bytes to Article: decoded text, its body blocks, title, outlet, publication date.

Enters: a file, folder, JSON Lines or standard input. Leaves: ``Article`` values whose ``text`` is the decoded text that
all offsets refer to.
"""

from kg.article.encoding import decode
from kg.article.model import Article, Block
from kg.article.reading import read_article, safe_id

__all__ = ["Article", "Block", "decode", "read_article", "safe_id"]
