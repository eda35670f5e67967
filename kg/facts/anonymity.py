"""Anonymity: no suspect, victim or member of their families in a label.

Enters: the words of an indicator or of a name. Leaves: the same words without persons who hold no office.
"""

from __future__ import annotations

from functools import lru_cache

from kg.facts.cue import cue

_REMEMBERED = 4096  # what is measured comes again in every article


@lru_cache(maxsize=_REMEMBERED)
def without_persons(words: str) -> str:
    """Return words without the names of suspects, victims and citizens; the words as they are where nothing is left.

    Names are known by what stands beside them: 某, a role (嫌疑人, 受害人), a form of address (女士, 大爷).

    >>> without_persons("抓获王小明犯罪嫌疑人"), without_persons("受害人赵丽被骗资金")
    ('抓获犯罪嫌疑人', '受害人被骗资金')
    >>> without_persons("周某飞等人跨境赌博案")
    '跨境赌博案'
    >>> without_persons("抓获盗窃犯罪嫌疑人"), without_persons("群众安全感")
    ('抓获盗窃犯罪嫌疑人', '群众安全感')
    """
    return cue("indicator-person").sub("", words) or words
