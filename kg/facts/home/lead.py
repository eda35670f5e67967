"""Lead: where an article says first of whom it tells, in its first line and the characters after it."""

from __future__ import annotations

from kg.text import Text

LEAD = 260  # characters


def first_line(text: Text) -> str:
    """Return the first line where it can be a title, else nothing."""
    first = text.paragraphs[0] if text.paragraphs else None
    return text.view[first.start : first.end] if first and first.heading and len(text.paragraphs) > 1 else ""
