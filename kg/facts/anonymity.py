"""Anonymity: no suspect, victim or member of their families in a label.

Enters: the words of an indicator or of a name. Leaves: the same words without persons who hold no office.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.mentions.lexicon import alternation, load_lexicon

_REMEMBERED = 4096  # what is measured comes again in every article
_SURNAME = f"(?:{alternation(load_lexicon('common_surname').rows)})"
_HAN = "[一-龥]"
_PERSON = re.compile(
    "|".join(
        (
            f"{_HAN}某(?:某|{_HAN}(?=等))?(?:、{_HAN}某某?)*(?:等人?)?",  # 张某某、赵某等人
            f"(?<=嫌疑人|被告人|受害人|被害人){_SURNAME}{_HAN}{{1,2}}?(?=盗|骗|诈|抢|杀|被|涉|的|等|财|损|$)",
            f"(?:(?<=受害者)|(?<=逃犯)){_SURNAME}{_HAN}{{1,2}}?(?=盗|骗|诈|抢|杀|被|涉|的|等|财|损|$)",
            f"(?<=抓获|刑拘|逮捕){_SURNAME}{_HAN}{{1,2}}?(?=(?:等)?(?:犯罪)?嫌疑人|等人|逃犯)",
            f"(?<=打掉|摧毁|铲除){_SURNAME}{_HAN}{{2}}(?=涉黑|涉恶|恶势力|黑社会|犯罪团伙|犯罪集团|团伙)",
            f"{_SURNAME}(?:女士|先生|阿婆|阿姨|大爷|大妈|老汉|老伯|奶奶|爷爷)",
        )
    )
)


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
    return _PERSON.sub("", words) or words
