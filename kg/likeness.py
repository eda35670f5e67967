"""Likeness of texts: a short sketch of each, from which it shows how much of their words two texts share.

Enters: a text. Leaves: a sketch, the smallest hashes of its shingles (five letters in a row, blanks and punctuation
left out). The share of equal ones among the smallest of both estimates the share of shingles that the texts have in
common, so that reprints are found without their texts.
"""

from __future__ import annotations

import re
from heapq import nsmallest
from zlib import crc32

_LENGTH = 5
_KEPT = 96
_DIGITS = 8
_NO_LETTER = re.compile(r"[\W_]+")


def sketch(text: str) -> str:
    """Return the sketch of a text, "" where it has too few letters for one.

    >>> sketch("甲乙丙丁"), len(sketch("今年以来,全市公安机关破案300起。" * 5)) % 8
    ('', 0)
    """
    letters = _NO_LETTER.sub("", text).encode("utf-16-le", "surrogatepass")
    step, width = 2, 2 * _LENGTH
    hashes = {crc32(letters[at : at + width]) for at in range(0, len(letters) - width + 1, step)}
    return "".join(f"{number:0{_DIGITS}x}" for number in nsmallest(_KEPT, hashes))


def likeness(one: str, other: str) -> float:
    """Return how much of their shingles two texts share, from 0 to 1, by their sketches.

    >>> text = "".join(chr(0x4E00 + n * n % 9973) for n in range(900))
    >>> likeness(sketch(text), sketch(text)), likeness(sketch(text), sketch(text[::-1]))
    (1.0, 0.0)
    """
    first, second = ({text[at : at + _DIGITS] for at in range(0, len(text), _DIGITS)} for text in (one, other))
    smallest = sorted(first | second)[:_KEPT]
    return sum(number in first and number in second for number in smallest) / len(smallest) if smallest else 0.0
