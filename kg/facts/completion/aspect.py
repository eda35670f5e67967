"""Subjects for aspects: 破案率 alone is that of what was told before.

Enters: the phrases of a list, the sentence, the statements before. Leaves: the phrases, each with the head that the
list shares from the right and the subject that it shares from the left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.completion.case import last_case
from kg.facts.completion.counted import PERSONS
from kg.facts.completion.kind import is_measure, is_proceeding
from kg.facts.completion.listed import of_places
from kg.facts.cue import cue
from kg.facts.indicator import (
    full_head_of,
    head_of,
    is_bare_verb,
    is_headless,
    leading_verbs,
    names_a_case,
    subject_of,
    topic_of,
)
from kg.facts.statement import Sentence, Statement
from kg.mentions.lexicon import load_lexicon

_ASIDE = re.compile(r"\([^()]*\)")  # 立案9200起(增量主要在网络赌博),破案4100起
_KINDS = frozenset("车船证")
_SERVICES = frozenset({"业务", "事项"})
_LISTED = 6  # statements that a list may hold
_SAID_AGAIN = 4  # characters: a shorter end of an indicator is an aspect of its own


def complete(sentence: Sentence, at: int, phrases: Sequence[str], before: Sequence[Statement]) -> list[str]:
    """Return phrases with what a list leaves out put back: a head from the right, a subject from the left."""
    done: list[str] = []
    phrases = of_places(phrases) if phrases else []
    phrases = [*(_with_tail(_of_persons(phrase, phrases[-1]), phrases[-1]) for phrase in phrases[:-1]), *phrases[-1:]]
    if len(phrases) > 1 and (whom := _whom(phrases[-1])):
        phrases = [*(p + whom if is_proceeding(p) else p for p in phrases[:-1]), phrases[-1]]
    if phrases and (part := cue("completion-share-of-all").search(phrases[-1])):
        phrases = [*(p if cue("completion-share-of-all").search(p) else p + part[0] for p in phrases[:-1]), phrases[-1]]
    if phrases and (kind := cue("completion-accident-indices").search(sentence.view, sentence.row[0].start, at)):
        phrases = [kind[1] + phrases[0] if phrases[0].startswith(kind[2]) else phrases[0], *phrases[1:]]
    shared_head = full_head_of(phrases[-1]) if len(phrases) > 1 else ""
    subject = ""
    if before:
        whose = cue("distribution-share-of").sub("", _whose(sentence, at, phrases, before).indicator)
        told = cue("completion-proceeding-at-end").sub("", whose) or whose
        subject = _of_cases(cue("completion-how-told").sub("", cue("completion-total").sub("", subject_of(told))))
    of_money = bool(before) and before[-1].amount.kind == "money"
    last = before[-1].end if before else sentence.row[0].start
    for number, phrase in enumerate(phrases):
        if number == 0 and before and (whole := _said_again(sentence, at, phrase, before[-1])):
            phrase = whole
        elif number == 0 and (
            own := _caught(sentence, at, phrase, before) or _by_how_much(sentence, at, phrase, before)
        ):
            phrase = own
        elif of_money and cue("completion-rate-of-money").fullmatch(phrase):
            pass  # 为群众止付资金96万元,挽损率同比提升4.1%
        elif is_headless(phrase) and not _is_of_another(sentence, last, at, phrase):
            nearer = "" if number else _topic_between(sentence, last, at, phrase)
            listed = number > 0 and cue("completion-has-victims").search(subject) is not None  # 火灾起数、死亡人数
            told = subject if listed else nearer or _subject_for(sentence, at, phrase, subject)
            told = told.removesuffix(phrase[:-1] + "量") or told  # APP注册量占常住人口的41%,注册率居全省第6位
            lost = phrase.startswith("损失")  # 电诈警情、损失数
            phrase = (cue("completion-calls").sub("", told) if lost else _cases_for(told, phrase)) + phrase
        elif cue("completion-judged-by-people").fullmatch(phrase) and cue("completion-served").search(subject):
            phrase = cue("completion-on-time").sub("", subject) + phrase  # 12345热线诉求按时办结率、满意率
        elif head := _next_of_cases(phrase, phrases[number + 1 :]):
            phrase += head  # 毒品案件、赌博案件破案数、抓获人数
        elif shared_head and not _has_head(phrase):
            of_cases = shared_head.removeprefix("犯罪").removeprefix("案件")  # 命案、严重暴力犯罪案件破案率
            phrase += of_cases if phrase.endswith("案") else shared_head
        elif cue("completion-head-of-cases").search(shared_head) and phrase.endswith("案件"):
            phrase += shared_head.removeprefix("案件")
        subject = cue("completion-how-told").sub("", subject_of(phrase))
        done.append(phrase)
    return done


def _whose(sentence: Sentence, at: int, phrases: Sequence[str], before: Sequence[Statement]) -> Statement:
    """Return the statement that an aspect goes on from: a worth is of the cases, not of whom they were against.

    Behind the semicolon that closes the parts it is the whole: 立刑案90起,其中诈骗案9起;破案60起.
    """
    last = before[-1]
    parts = sentence.view.rfind("其中", sentence.row[0].start, last.at)
    if parts >= 0 and ";" in sentence.view[last.end : at] and ";" not in sentence.view[parts : last.end]:
        wholes = [s for s in before if s.end <= parts]
        if wholes and names_a_case(wholes[-1].indicator) and names_a_case(last.indicator):
            return wholes[-1]
    worth = len(phrases) == 1 and cue("completion-of-case").fullmatch(phrases[0])
    if worth:
        return last_case(before)
    if phrases and before[-1].amount.kind == "money" and cue("completion-of-cases-alone").match(phrases[0]):
        cases = (s for s in reversed(before[-_LISTED:]) if s.amount.kind == "count" and names_a_case(s.indicator))
        return next(cases, before[-1])  # 立电诈案件23起,涉案损失576万元,破案9起
    return before[-1]


def _cases_for(subject: str, aspect: str) -> str:
    """Return the cases that calls were of, where an aspect is said of cases alone.

    >>> _cases_for("电诈警情", "立案数"), _cases_for("电诈警情", "总量")
    ('电诈案件', '电诈警情')
    """
    return cue("completion-calls").sub("案件", subject) if cue("completion-of-cases-alone").match(aspect) else subject


def _of_cases(subject: str) -> str:
    """Return a kind of cases that an aspect has left bare with the cases that it is of.

    >>> _of_cases("刑事"), _of_cases("命案")
    ('刑事案件', '命案')
    """
    return f"{subject}案件" if cue("completion-kind-of-cases-alone").search(subject) else subject


def _caught(sentence: Sentence, at: int, phrase: str, before: Sequence[Statement]) -> str:
    """Return how many were caught of all, not of the last kind: 抓获逃犯9名,其中命案逃犯2名,抓获数上升5%."""
    if load_lexicon("aspect_of").get(phrase, "of") != "caught":
        return ""
    parts = sentence.view.rfind("其中", sentence.row[0].start, at)
    wholes = (s for s in reversed(before[-_LISTED:]) if parts < 0 or s.at < parts)
    told = next((s for s in wholes if s.indicator.startswith("抓获")), None)
    return subject_of(told.indicator) + phrase if told and told.amount.unit in PERSONS else ""


def _by_how_much(sentence: Sentence, at: int, phrase: str, before: Sequence[Statement]) -> str:
    """Return how far all that was told before has moved: 破获电诈案件数上升10%,[破获电诈案件数]增幅居全市首位."""
    moved = before and before[-1].amount.kind == "change" and cue("completion-how-far").fullmatch(phrase)
    if not moved or sentence.view[before[-1].end : at].strip(",;、且"):
        return ""
    return before[-1].indicator + phrase


def _whom(last: str) -> str:
    """Return against whom the last proceedings of a list are, and so all: 刑事拘留和逮捕[“两抢”嫌疑人].

    >>> _whom("逮捕盗窃嫌疑人"), _whom("逮捕人数"), _whom("立案数")
    ('盗窃嫌疑人', '', '')
    """
    verbs = leading_verbs(last)
    whom = last[len(verbs) :]
    return whom if is_proceeding(verbs) and cue("completion-people").search(whom) and len(whom) > 2 else ""


def _said_again(sentence: Sentence, at: int, phrase: str, last: Statement) -> str:
    """Return the end of the indicator right before, said again, with its beginning: App注册人数9万,注册人数总数居首."""
    again = cue("completion-said-again").fullmatch(phrase)
    if again is None or not (again["each"] or (again["total"] and len(again["what"]) >= _SAID_AGAIN)):
        return ""
    whole, what = last.indicator, again["what"]
    clause = sentence.view[last.end : at]
    if whole == what or not whole.endswith(what) or not clause.startswith(",") or ";" in clause or "," in clause[1:]:
        return ""
    return whole.removesuffix(what) + phrase


def _next_of_cases(phrase: str, following: Sequence[str]) -> str:
    """Return what the next of a list says of its cases, where a kind of cases alone stands before it.

    >>> _next_of_cases("毒品案件", ["赌博案件破案数", "抓获人数"]), _next_of_cases("毒品案件", ["枪支"])
    ('破案数', '')
    """
    if not phrase.endswith("案件") or len(following) < 2:
        return ""
    told = next((p for p in following if not p.endswith("案件")), "")
    kind, cases, head = told.partition("案件")
    return head if kind and cases and cue("completion-head-of-cases").fullmatch(head) else ""


def _has_head(phrase: str) -> bool:
    """Tell whether a thing of a list says by itself what of it is measured: 破案数, 治安案件受理, 执法考评."""
    told = head_of(phrase) or is_measure(phrase) or cue("completion-number-told").search(phrase)
    return bool(told or any(cue(name).search(phrase) for name in ("completion-said-of-cases", "completion-review")))


def _of_persons(phrase: str, last: str) -> str:
    """Return a harm with the number of persons that the last of a list says of all its harms.

    >>> _of_persons("死亡", "受伤人数"), _of_persons("火灾起数", "死亡人数")
    ('死亡人数', '火灾起数')
    """
    harm = load_lexicon("elliptic_word").get(phrase, "kind") == "harm"
    return f"{phrase}人数" if harm and cue("completion-persons-harmed").fullmatch(last) else phrase


def _with_tail(phrase: str, last: str) -> str:
    """Return a thing with all that the last of a list says of such things.

    >>> _with_tail("户政", "车驾管业务网上办件量"), _with_tail("摩托车", "电动自行车骑乘人员头盔佩戴率")
    ('户政业务网上办件量', '摩托车骑乘人员头盔佩戴率')
    """
    if not 2 <= len(phrase) <= 8 or is_measure(phrase) or head_of(phrase) or not is_measure(last):
        return phrase
    if phrase[-1] in _KINDS and (at := last.find(phrase[-1], 1)) > 0 and len(last) - at > 4:
        return phrase + last[at + 1 :]
    told = cue("completion-service").search(last)
    return phrase + last[told.start() :] if told and phrase[-2:] not in _SERVICES else phrase


def _is_of_another(sentence: Sentence, last: int, at: int, phrase: str) -> bool:
    """Tell whether another agency has been named since a subject that only a rate of no known kind would take over.

    What a drive that is named since came to is of that drive: 取缔赌场6个;“夏夜”行动破案9起.
    """
    if cue("completion-drive-named").search(sentence.view, last, at):
        return True
    known = phrase in load_lexicon("aspect_head")
    return not known and any(m.label == "bureau" and last <= m.start <= at for m in sentence.row)


def _topic_between(sentence: Sentence, last: int, at: int, phrase: str) -> str:
    """Return the kind of case that the words since the last statement name: 6起积案告破;诈骗案件防范……,立案数下降."""
    if last >= at or not load_lexicon("aspect_head").get(phrase, "family"):
        return ""
    # “净网”“食药环”等专项行动,破案9起: of none of them alone
    return topic_of(cue("completion-several-drives").sub("", _ASIDE.sub("", sentence.view[last:at])), phrase)


def _subject_for(sentence: Sentence, at: int, phrase: str, subject: str) -> str:
    """Return the subject of an aspect alone: that of the statement before, else the topic of the words before."""
    family, of = load_lexicon("aspect_head").get(phrase, "family"), load_lexicon("aspect_of").get(phrase, "of")
    if cue("completion-people").search(subject) and family == "crime" and of != "people":
        subject = ""
    if cue("completion-score").search(subject) or is_proceeding(subject) or phrase.startswith(subject):
        subject = ""  # 挽损9万元,挽损率8%
    if subject == "案件" and phrase.startswith("抓获"):
        return ""  # 破获案件数上升9%,抓获犯罪嫌疑人数上升7%
    if is_bare_verb(subject) or cue("completion-won-back").search(subject):
        subject = ""  # 冻结9万元、返还7万元,止付率上升8%
    if of == "services" and not cue("completion-service-rated").search(subject):
        subject = ""  # 群众办事平均少跑1.6趟,好评率99%
    if subject and (not family or names_a_case(cue("completion-platform").sub("", subject))):
        return subject
    start = sentence.row[0].start
    if not family:
        return ""
    words, several = cue("completion-several-drives").subn("", sentence.view[start:at])
    # what the sentence itself says is fought is of another kind than the one before it told
    fought = several or cue("completion-fought-by-name").search(sentence.view, start, at)
    fought = fought or cue("completion-in-a-drive").search(sentence.view, start, at)
    whole = "" if fought else cue("completion-parts").sub("", sentence.context)
    return topic_of(words, phrase) or topic_of(whole, phrase)
