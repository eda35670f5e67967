"""One count made self-contained: the order in which what it may lack is tried.

Enters: a count as its clause says it, and the statements before. Leaves: its indicator.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts.completion.attribute import last_accident, of_a_level, of_the_same_thing
from kg.facts.completion.case import gang_told, last_case, of_mere_cases, one_case
from kg.facts.completion.counted import CASE_UNITS, PERSONS, Counted, is_of_people
from kg.facts.completion.kind import is_generic
from kg.facts.completion.verb import as_others_did, by_the_same_verb, done_to_the_same, of_the_same_list, whole_of
from kg.facts.cue import cue
from kg.facts.statement import Sentence, Statement
from kg.mentions.lexicon import load_lexicon


def with_object(sentence: Sentence, counted: Counted, before: Sequence[Statement]) -> str:
    """Return an indicator with its object or verb from the statement before: 立案148起,破获119起; 其中女性的12名."""
    name = counted.name
    if cue("completion-worth-of-one-case").fullmatch(name) and (case := one_case(sentence, counted.at, before)):
        return case + name
    if is_of_people(name) and counted.unit in PERSONS and (case := one_case(sentence, counted.at, before)):
        return f"{name}{case}{'成员' if case.endswith('团伙') else '嫌疑人'}"
    if not before or load_lexicon("elliptic_word").get(name, "kind") == "whole":
        return cue("completion-causing").sub("", name)
    last = before[-1]
    worth = cue("completion-of-case").fullmatch(name)
    whose = last_case(before) if worth else last_accident(before)
    if worth and cue("completion-tool").search(last.indicator) and whose.amount.unit not in CASE_UNITS:
        return name
    if last.amount.unit in PERSONS and (seized := _seized_uncounted(sentence, counted, last)):
        return seized + name
    if (members := cue("completion-members-of").match(name)) and (gang := gang_told(sentence, counted.at, before)):
        return f"{gang}成员{name[members.end() :]}"
    whole = whole_of(sentence, counted, before)
    return (
        of_the_same_thing(name, whose, ";" in sentence.view[whose.end : counted.at])
        or of_a_level(name, before)
        or as_others_did(counted, before)
        or of_mere_cases(name, last)
        or (_of_all(last, name) + cue("distribution-copula").sub("", name) if name and is_generic(name) else "")
        or of_the_same_list(sentence, counted, whole)
        or done_to_the_same(sentence, counted, before)
        or by_the_same_verb(sentence, counted, whole if cue("completion-others").match(name) else last)
        or (last.indicator + name if is_generic(name) else name)
    )


def _seized_uncounted(sentence: Sentence, counted: Counted, last: Statement) -> str:
    """Return what was seized without being counted, whose worth is told: 抓获9人,缴获手机、电脑等,价值3万元."""
    if cue("completion-worth-of-seized").fullmatch(counted.name) is None:
        return ""
    between = sentence.view[last.end : counted.at].removesuffix(counted.name)
    found = cue("completion-seized-uncounted").fullmatch(between)
    return found[1] if found else ""


def _of_all(last: Statement, name: str) -> str:
    """Return what a total is of, not of the new ones alone: 新增警务室36个,总数达到120个."""
    return cue("completion-new-ones").sub("", last.indicator) if name.endswith(("总数", "总量")) else last.indicator
