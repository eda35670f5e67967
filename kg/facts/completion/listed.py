"""What the things of a list share: 抓获网上逃犯、吸毒人员 are 抓获网上逃犯 and 抓获吸毒人员.

Enters: the things counted in a list. Leaves: each with the verb or the noun that only one of them says.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts.cue import cue
from kg.facts.indicator import last_verb_phrase, leading_verbs
from kg.mentions.lexicon import load_lexicon

_LONGEST_PLACE = 4  # characters


def of_places(phrases: Sequence[str]) -> list[str]:
    """Return the places of a list, each with what the last says of its port or station.

    >>> of_places(["东宁", "绥芬河口岸日均查验人员"]), of_places(["盗窃", "诈骗警情"])
    (['东宁口岸日均查验人员', '绥芬河口岸日均查验人员'], ['盗窃', '诈骗警情'])
    """
    told = cue("completion-of-a-port").match(phrases[-1]) if len(phrases) > 1 else None
    if told is None or not all(2 <= len(phrase) <= _LONGEST_PLACE for phrase in phrases[:-1]):
        return list(phrases)
    last = phrases[-1].replace(f"等{told[1]}", told[1])  # 磨憨、勐康等口岸
    return [*(phrase + told[1] for phrase in phrases[:-1]), last]


def complete_counts(phrases: Sequence[str]) -> list[str]:
    """Return the things counted in a list, each with the verb or noun that it shares.

    >>> complete_counts(["抓获网上逃犯", "吸毒人员"]), complete_counts(["刑拘", "逮捕嫌疑人"])
    (['抓获网上逃犯', '抓获吸毒人员'], ['刑拘嫌疑人', '逮捕嫌疑人'])
    """
    phrases = of_places(phrases)
    if not phrases:
        return []
    shared = last_verb_phrase(phrases[-1])
    if load_lexicon("verb_use").get(shared, "shared") and not any(map(leading_verbs, phrases)):
        return [shared + phrase.removesuffix(shared) for phrase in phrases]  # 超员、超载、酒驾[分别]查处
    verb, last = leading_verbs(phrases[0]), phrases[-1]
    noun = last[len(leading_verbs(last)) :]
    kind = cue("completion-counted-kind").search(last)
    if kind:
        own = cue("completion-names-a-kind")
        phrases = [p if leading_verbs(p) == p or own.search(p) else p + kind[0] for p in phrases]
    whole = [p + noun if leading_verbs(p) == p and leading_verbs(last) else p for p in phrases]
    return [p if leading_verbs(p) or not verb else verb + p for p in whole]
