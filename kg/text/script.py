"""Scripts: Traditional characters and the words of Taiwan and Hong Kong to Mainland usage.

Characters are OpenCC's, one for one. Words are a lexicon of our own, because OpenCC's are those of computing and wrong
for police work (專案 is no 项目); those that a Mainland text in Traditional characters uses in another sense (品質) are
taken for Taiwan's only where the text has words that are Taiwan's alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.mentions.lexicon import alternation, load_lexicon
from kg.patterns import compile_once
from kg.text.line import Line, edited

if TYPE_CHECKING:
    from opencc import OpenCC

_MARKS = re.compile("([^\u3400-\u9fff]+)")
"""What no phrase of OpenCC goes across."""
_AMBIGUOUS = frozenset("著乾藉麼瞭鍾於徵甚麽裏閒")


@cache
def _traditional() -> re.Pattern[str]:
    """Return what finds a Traditional character, in a tenth of the time that a set of them takes to look at all.

    Those beyond the first 65,536 are left out: they are rare, and ``re`` would compare each place with each of them.
    """
    import opencc

    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    pairs = (line.split() for line in table.read_text(encoding="utf-8").splitlines())
    found = {pair[0] for pair in pairs if len(pair) > 1 and pair[0] not in pair[1:]} - _AMBIGUOUS
    return compile_once(f"[{''.join(sorted(one for one in found if ord(one) <= 0xFFFF))}]")


def is_traditional(text: str) -> bool:
    """Tell whether a text is written in Traditional characters; a stray one in a name does not count.

    >>> is_traditional("山東公安機關"), is_traditional("成效显著,民警张某获评先进")
    (True, False)
    """
    if _traditional().search(text) is None:
        return False
    enough = (len(text) - text.count(" ")) // 12
    return next(islice(_traditional().finditer(text), enough, None), None) is not None


def in_mainland_usage(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of one text in Simplified characters and Mainland words.

    >>> [line.chars for line in in_mainland_usage([Line("網路犯罪", range(4), range(1, 5))])]
    ['网络犯罪']
    """
    simple = [_simplified(line) for line in lines]
    rows = load_lexicon("vocabulary").rows
    words = _words(False)
    if any(rows[match[0]]["kind"] == "word" for line in simple for match in words.finditer(line.chars)):
        words = _words(True)
    return [edited(line, [(*m.span(), rows[m[0]]["mainland"]) for m in words.finditer(line.chars)]) for line in simple]


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


class _Characters(dict[int, str]):
    """What OpenCC makes of single characters, each asked for once."""

    def __missing__(self, code: int) -> str:
        found: str = _converter().convert(chr(code))
        self[code] = found if len(found) == 1 else chr(code)
        return self[code]


_characters = _Characters()


@cache
def _phrases() -> re.Pattern[str]:
    """Return what finds a phrase that OpenCC does not convert by character: 乾坤, whose 乾 stays."""
    import opencc

    table = Path(opencc.__file__).parent / "dictionary" / "TSPhrases.txt"
    phrases = (line.split("\t")[0] for line in table.read_text(encoding="utf-8").splitlines())
    return compile_once(alternation(phrases))


def simplified(chars: str) -> str:
    """Return Simplified characters, one for one; a phrase that would change length is converted by character.

    >>> simplified("按照省公安廳統一部署")
    '按照省公安厅统一部署'
    """
    if _phrases().search(chars) is None:
        return chars.translate(_characters)
    return "".join(
        _simplify_phrases(piece) if _phrases().search(piece) else piece.translate(_characters)
        for piece in _MARKS.split(chars)
    )


def _simplify_phrases(chars: str) -> str:
    found: str = _converter().convert(chars)
    return found if len(found) == len(chars) else chars.translate(_characters)


def _simplified(line: Line) -> Line:
    return replace(line, chars=simplified(line.chars))


@cache
def _words(shared: bool) -> re.Pattern[str]:
    """Return the words to be replaced, with those that Mainland texts use too in another sense or without them."""
    rows = load_lexicon("vocabulary").rows
    return compile_once(alternation(word for word, row in rows.items() if shared or row["kind"] != "shared"))
