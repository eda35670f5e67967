"""Templates of pages: every value is escaped, and characters that would steer a reader's screen are shown.

Text of articles is untrusted: it may hold markup, controls and marks that turn the direction of what follows.
"""

from __future__ import annotations

import re
from functools import cache

import jinja2
from markupsafe import Markup

from kg.resources import resource

_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*\n|\n\n(?:[^\S\n]*\n)+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    r"""Return the text with marks of direction and control characters as something one can see.

    >>> visible("a\u202eb\x00")
    'a⟨U+202E⟩b⟨U+0000⟩'
    """
    if text.isprintable():  # which none of those is
        return text
    spelled = _STEERING.sub(_spell, text)
    return _CONTROLS.sub(_spell, spelled)


def _spell(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match[0]):04X}⟩"


def _tight(text: str) -> str:
    """Return the text with no more than one blank line at a time."""
    return _BLANK_LINES.sub("\n\n", text)


def _finalize(value: object) -> object:
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) else value


@cache
def environment() -> jinja2.Environment:
    """Return the templates of ``web/templates/``, autoescaped; a name that is not given is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource("web", "templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=100,
    )
    made.globals["inlined"] = _inlined
    made.filters["tight"] = _tight
    return made


def _inlined(name: str) -> Markup:
    """Return a file of ``web/`` as it is, to stand inside a page."""
    return Markup(asset(name))


@cache
def asset(name: str) -> str:
    """Return the text of a file of ``web/``."""
    return resource("web", name).read_text(encoding="utf-8")
