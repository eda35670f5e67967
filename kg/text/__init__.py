"""Article to Text: a Simplified, half-width view of the text for matching, with a way back to the original offsets.

The view removes what hides a fact (hard wraps inside a sentence, stray spaces, zero-width characters, pinyin between
characters), unifies widths and quotation marks, and turns Traditional characters and the vocabulary of Taiwan and Hong
Kong into Mainland usage. Matching happens in view coordinates alone; ``Text.quote`` leads back.
"""

from kg.text.model import Paragraph, Quote, Span, Text
from kg.text.reading import read_text, text_of
from kg.text.script import is_traditional, simplified

__all__ = ["Paragraph", "Quote", "Span", "Text", "is_traditional", "read_text", "simplified", "text_of"]
