"""Which words name nothing by themselves: too general, proceedings, a measure, cases of no kind.

Enters: the words of an indicator. Leaves: whether they need something to be said of, or are never said of anything.
"""

from __future__ import annotations

import re

_GENERIC = re.compile(
    r"^(?:该项|此项|这项|这个|这一|该|其|在全[国省市区县]的)?"
    r"(?:(?:项|该项|此项|这项)指标|排名|成效|成绩|位次|名次|数量|总量|总数|工作|成果|战果|绝对值|绝对数|数|均|日均|月均|年均|最高|单日最高|最[大高]一[笔起次宗]|单[笔次起]最[大高多]|人均|案均|占比"
    r"|比例|价值|总价值|票面价值|涉案金额|折合|[降增]幅|[前后]者|同比|又|再|还|再次|(?:是|为|达|约为|相当于)(?:[一-龥]{1,6}(?:前|同期|时)的?)?)?$"
)
_PROCEEDINGS = re.compile(
    "(?:刑事|行政|治安)?拘留|刑拘|行拘|(?:批准|执行)?逮捕|批捕|(?:移送)?(?:审查)?起诉|移诉|直诉|打处"
    "|劳动教养|劳教|收容教育|强制(?:隔离)?戒毒|社区(?:戒毒|康复)|取保候审|监视居住|(?:采取)?(?:刑事)?强制措施|刑事处罚|刑事处理|行政处[罚理]|行政查处|治安处罚|罚款|警告|训诫"
)
_MEASURED = re.compile("[率量额度占]$")
_PRONOUN = re.compile("^(?:相关|此类|该类|类似|这类|上述)(?:的)?")
_MERE_CASES = re.compile("(?:(?:相关|此类|该类|类似|这类|上述)的?)?(?:刑事)?案件")


def is_generic(words: str) -> bool:
    """Tell whether some words measure without a thing that they measure: 位次, 该项指标, 日均.

    >>> is_generic("该项指标"), is_generic("破案率")
    (True, False)
    """
    return _GENERIC.match(words) is not None


def is_proceeding(words: str) -> bool:
    """Tell whether some words are proceedings, which are against persons without their being named: 刑拘, 移送起诉."""
    return _PROCEEDINGS.fullmatch(words) is not None


def is_measure(words: str) -> bool:
    """Tell whether some words end with what measures: 率, 数额, 占."""
    return _MEASURED.search(words) is not None


def is_mere_cases(words: str) -> bool:
    """Tell whether some words are cases of no kind that is told: 刑事案件, 相关案件."""
    return _MERE_CASES.fullmatch(words) is not None


def without_pronoun(words: str) -> str:
    """Return some words without what refers to a kind told before: 此类案件 is 案件."""
    return _PRONOUN.sub("", words)
