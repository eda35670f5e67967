"""Facts in their article: as a page for a browser, and as lines for a terminal.

Enters: an article, its facts, the gate's findings. Leaves: one self-contained HTML file, or text. Words for people, in
English and Chinese, stand in ``web/texts/``, the page's form in ``web/templates/``.
"""

from kg.pages.article import article_page
from kg.pages.terminal import article_lines

__all__ = ["article_lines", "article_page"]
