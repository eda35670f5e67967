"""One count made self-contained: the order in which what it may lack is tried.

Enters: a count as its clause says it, and the statements before. Leaves: its indicator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.completion.attribute import OF_CASE, last_accident, of_a_level, of_the_same_thing
from kg.facts.completion.case import gang_told, last_case, of_mere_cases, one_case
from kg.facts.completion.counted import CAUGHT, PERSONS, Counted
from kg.facts.completion.kind import is_generic
from kg.facts.completion.verb import as_others_did, by_the_same_verb, done_to_the_same, of_the_same_list, whole_of
from kg.facts.statement import Sentence, Statement

_CAUSING = re.compile("(?<=事故|火灾)(?:共|累计|总共)?(?:造成|导致|致)(?=死亡|受伤|伤亡)")
_WORTH_OF_CASE = re.compile(
    f"(?:{OF_CASE.pattern}|案值|涉案|(?:涉案)?价税(?:合计)?|(?:涉案)?税额|(?:涉及|受害|被骗)(?:省份|省市|农户|资金|金额|群众))"
)
_OF_ITSELF = {"受众", "受益群众"}
_MEMBERS_OF = re.compile("(?:骨干)?成员(?:全部|悉数|均|已)*(?=落网|到案|归案|被抓获)")


def with_object(sentence: Sentence, counted: Counted, before: Sequence[Statement]) -> str:
    """Return an indicator with its object or verb from the statement before: 立案148起,破获119起; 其中女性的12名."""
    name = counted.name
    if _WORTH_OF_CASE.fullmatch(name) and (case := one_case(sentence, counted.at, before)):
        return case + name
    if name in CAUGHT and counted.unit in PERSONS and (case := one_case(sentence, counted.at, before)):
        return f"{name}{case}{'成员' if case.endswith('团伙') else '嫌疑人'}"
    if not before or name in _OF_ITSELF:
        return _CAUSING.sub("", name)
    last = before[-1]
    whose = last_case(before) if OF_CASE.fullmatch(name) else last_accident(before)
    if (members := _MEMBERS_OF.match(name)) and (gang := gang_told(sentence, counted.at, before)):
        return f"{gang}成员{name[members.end() :]}"
    return (
        of_the_same_thing(name, whose)
        or of_a_level(name, before)
        or as_others_did(counted, before)
        or of_mere_cases(name, last)
        or (last.indicator + name if name and is_generic(name) else "")
        or of_the_same_list(sentence, counted, whole_of(counted, before))
        or done_to_the_same(counted, next((s for s in reversed(before[-4:]) if s.amount.kind == "count"), last))
        or by_the_same_verb(sentence, counted, last)
        or (last.indicator + name if is_generic(name) else name)
    )
