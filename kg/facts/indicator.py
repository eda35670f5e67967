"""Indicator phrases: from the words around a value to a self-contained phrase.

Words that lead in (通过……, 其中, 全市), trail off (的, 共, 达到) or belong to attributes go; a head that was left out
(破案率 after 刑事案件立案数) or a shared verb (打掉13个……、41个……) is put back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from kg.facts.cue import cue
from kg.mentions.lexicon import alternation, load_lexicon
from kg.mentions.mention import Mention
from kg.mentions.rule import load_rules

_REMEMBERED = 4096  # phrases of a text are looked at several times, those of the genre come again
_SILENT = frozenset({"yoy", "mom", "base", "streak", "each", "period", "be", "skip", "items"})
_LEADING = _SILENT | {"adv", "scope", "and", "sep", "comma"}
_TRAILING = _SILENT | {"adv", "and", "sep", "comma"}
_SHORT_RATE = re.compile("[一-龥]{1,2}[率量额]")
_ONE_CHARACTER_VERBS = frozenset("破立抓查缴打")
_CASE_VERB = re.compile("^[立发破](?=[一-龥“]*案)")
_RATE_TAIL = re.compile("[一-龥]{2}率$")
_RATE_END = re.compile("[率量额数度]$|时间$")
_SHORTEST_DONE = 2  # 破了, which is no verb without it
_LONGEST_PHRASE = 20  # characters: beyond, the head says what is measured
_EDGES = ",;:。、/ \n*●◆■★▲○◎•·✅✔✓☑👉👇📌📍🔸🔹🔺➡▶❗⭐🚨🚔🚓👮📊📈📉\ufe0f"
_MARKS = re.compile("[“”‘’]")


def phrase_of(view: str, mentions: Sequence[Mention]) -> str:
    """Return the words of a stretch without attributes at its edges and silent ones inside."""
    if not mentions:
        return ""
    first, last = 0, len(mentions)
    while first < last and (mentions[first].label in _LEADING or _is_subject(view, mentions, first)):
        first += 1
    while last > first and mentions[last - 1].label in _TRAILING:
        last -= 1
    if last - first == 1 and mentions[first].label not in _SILENT:
        return view[mentions[first].start : mentions[first].end]
    labels = [mention.label for mention in mentions[first:last]]
    cut = last - 1 - labels[::-1].index("duration") if "duration" in labels else -1
    told = cut >= 0 and cut + 1 < last and view.startswith("的", mentions[cut + 1].start)  # 潜逃25年的逃犯
    if 0 < cut < last - 1 and cue("indicator-carried-out").search(view, mentions[cut - 1].start, mentions[cut - 1].end):
        mentions = [*mentions[:cut], *mentions[cut + 1 :]]  # 重点路段开展24小时武装巡逻
        last -= 1
    elif (
        cut >= 0
        and cut + 1 < last
        and not told
        and not _RATE_END.search(view[mentions[cut].end : mentions[last - 1].end])
    ):
        first = max(first, cut + 1)
    return "".join(view[m.start : m.end] for m in mentions[first:last] if not _is_silent(view, m))


def _is_silent(view: str, mention: Mention) -> bool:
    """Tell whether a mention inside a phrase is no part of it: a time, or among whom (在全市9个县公安局)."""
    if mention.label == "scope":
        told = cue("indicator-movement-ranked").match(view, mention.end)
        return told is not None or view.startswith("在", mention.start)
    return mention.label in _SILENT


def _is_subject(view: str, mentions: Sequence[Mention], first: int) -> bool:
    """Tell whether an agency opens the phrase as its subject, and not as who has cases supervised: 公安部督办案件."""
    if mentions[first].label != "bureau":
        return False
    labels = [mention.label for mention in mentions[first : first + 3]]
    last = first + 2 if labels == ["bureau", "sep", "bureau"] else first
    return cue("composition-supervised-by").match(view, mentions[last].end) is None


@cache
def _trims(kind: str) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns to cut at an end of a phrase, each with whether the verbs before what it cuts stay."""
    rules = (rule for rule in load_rules("indicator") if rule.data["trim"] == kind)
    return tuple((rule.regex, rule.data.get("keep") == "verbs") for rule in rules if rule.regex)


@lru_cache(maxsize=_REMEMBERED)
def trim(phrase: str) -> str:
    """Return a phrase without what leads in and trails off.

    >>> trim("其中,破获刑事案件共")
    '破获刑事案件'
    """
    told = _balanced(_without_attribute(_without_members(_trimmed(_balanced(phrase), ("lead", "tail")))))
    verbs = leading_verbs(told)  # 打掉了团伙
    return verbs[:-1] + told[len(verbs) :] if verbs.endswith("了") and len(verbs) > _SHORTEST_DONE else told


@lru_cache(maxsize=_REMEMBERED)
def trim_end(phrase: str) -> str:
    """Return a phrase without what trails off; its beginning belongs to what stands before it.

    >>> trim_end("民警荣立三等功的")
    '民警荣立三等功'
    """
    return _balanced(_trimmed(phrase, ("tail",)))


def _trimmed(phrase: str, ends: Sequence[str]) -> str:
    phrase = phrase.rpartition("**")[2].strip(_EDGES)  # **小标题**查获…: marks of a heading in bold
    # …打掉团伙_法治_某某新闻网: a page's title goes on with where it stands
    phrase = phrase.partition("_")[0] or phrase
    for _ in range(3):
        before = phrase
        for pattern, keeps_verbs in _trims("lead") if "lead" in ends else ():
            match = pattern.match(phrase)
            if match and (len(phrase) - match.end() > 1 or phrase[match.end() :] in _ONE_CHARACTER_VERBS):
                phrase = (leading_verbs(phrase) if keeps_verbs else "") + phrase[match.end() :]
        for pattern, _ in _trims("tail"):
            match = pattern.search(phrase)
            if match and match.start() > 0:
                phrase = phrase[: match.start()]
        phrase = phrase.strip(_EDGES)
        if phrase == before:
            break
    return phrase


def _without_members(phrase: str) -> str:
    """Return a long phrase without the members that 等 closes: 立杀人、抢劫、放火等八类案件 is 立八类案件."""
    if (example := cue("indicator-cases-by-example").match(phrase)) is not None:
        return leading_verbs(phrase) + phrase[example.end() :]
    match = cue("indicator-members").match(phrase) if len(phrase) > 18 else None
    if match is None or cue("indicator-mere-cases").fullmatch(phrase[match.end() :]):
        return phrase
    how = cue("indicator-how").match(phrase)
    done = leading_verbs(phrase[how.end() :]) if how else ""
    return (how[0] + done if how and done else leading_verbs(phrase)) + phrase[match.end() :]


def _without_attribute(phrase: str) -> str:
    """Return a very long phrase by its head: 某机构年度报告发布的全省办证窗口等候时间 is 全省办证窗口等候时间."""
    attribute, _, head = phrase.rpartition("的")
    if len(phrase) <= _LONGEST_PHRASE or not 3 <= len(head) < len(attribute) or "”" in head:
        return phrase
    return leading_verbs(phrase) + head


def _balanced(phrase: str) -> str:
    """Return a phrase without quotation marks that lost their partner."""
    if phrase.count("“") != phrase.count("”"):
        phrase = _MARKS.sub("", phrase)
    return phrase


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = load_lexicon("aspect_head")
    dependent = [word for word in lexicon.rows if lexicon.get(word, "alone") == "no"]
    return (
        re.compile(f"(?:{alternation(lexicon.rows)})$"),
        re.compile(f"(?:{alternation(dependent)})$"),
    )


@lru_cache(maxsize=_REMEMBERED)
def leading_verbs(phrase: str) -> str:
    """Return the verbs that open a phrase, empty where it opens with something else.

    >>> leading_verbs("选拔评定出专家型人才"), leading_verbs("专家型人才"), leading_verbs("迁入业务")
    ('选拔评定出', '', '')
    >>> leading_verbs("建成社区戒毒康复中心")
    '建成'
    """
    at = 0
    while match := cue("indicator-verb").match(phrase, at):
        at = match.end()
    return phrase[:at]


@lru_cache(maxsize=_REMEMBERED)
def last_verb_phrase(phrase: str) -> str:
    """Return a phrase from its last group of verbs on, the whole where none stands inside.

    >>> last_verb_phrase("依托国际警务合作抓获")
    '抓获'
    >>> last_verb_phrase("问责措施落实不到位的企业")
    '问责措施落实不到位的企业'
    """
    nouns = load_lexicon("action_verb")
    start, end = 0, -1
    for match in cue("indicator-verb").finditer(phrase):
        if match.start() != end:
            if nouns.get(match["verb"], "noun") == "yes" or phrase.startswith("互联网", match.start() - 1):
                continue  # 组织 in 黑社会性质组织 is no verb
            if match.start() and "不" in {phrase[match.start() - 1], phrase[match.end() : match.end() + 1]}:
                continue  # 问责措施落实不到位的企业
            start = match.start()
        end = match.end()
    return phrase[start:]


@lru_cache(maxsize=_REMEMBERED)
def head_of(phrase: str) -> str:
    """Return the aspect that ends a phrase (立案数, 破案率, 起数), empty where none does.

    >>> head_of("道路交通事故死亡人数")
    '死亡人数'
    """
    match = _heads()[0].search(phrase)
    return match[0] if match else ""


def full_head_of(phrase: str) -> str:
    """Return all aspects that end a phrase: "案件立案数" of "诈骗案件立案数".

    >>> full_head_of("诈骗案件立案数")
    '案件立案数'
    """
    rest = phrase
    while (head := head_of(rest)) and len(head) < len(rest):
        rest = rest[: -len(head)]
    return phrase[len(rest) :]


@lru_cache(maxsize=_REMEMBERED)
def is_headless(phrase: str) -> bool:
    """Tell whether a phrase is an aspect alone, its subject left out: "破案率".

    >>> is_headless("破案率"), is_headless("命案破案率")
    (True, False)
    """
    match = _heads()[1].search(cue("indicator-qualifier").sub("", phrase))
    if match is not None and match.start() == 0:
        return True
    return _SHORT_RATE.fullmatch(phrase) is not None and phrase not in load_lexicon("aspect_head")


def is_bare_verb(phrase: str) -> bool:
    """Tell whether a phrase is a verb whose object stands in the clause before: 立案12起,破获9起.

    >>> is_bare_verb("破获"), is_bare_verb("破获案件"), is_bare_verb("开展巡逻")
    (True, False, False)
    """
    lexicon = load_lexicon("action_verb")
    return phrase in _ONE_CHARACTER_VERBS or (phrase in lexicon and lexicon.get(phrase, "noun") == "no")


def topic_of(words: str, head: str) -> str:
    """Return the last kind of case that some words name and whose cases an aspect can be of, empty where none.

    >>> topic_of("深化打击电信网络诈骗专项行动", "立案数"), topic_of("严查酒驾", "立案数")
    ('电信网络诈骗', '')
    >>> topic_of("打击欺诈骗保专项行动", "破案数")
    ''
    """
    family = load_lexicon("aspect_head").get(head, "family")
    topics = load_lexicon("case_topic")
    found = [m[0] for m in cue("indicator-topic").finditer(words) if not family or topics.get(m[0], "family") == family]
    return found[-1] if found else ""


def names_a_case(words: str) -> bool:
    """Tell whether some words name a kind of case, so that 立案数 or 破案率 can be of it."""
    return cue("indicator-case").search(words) is not None


@lru_cache(maxsize=_REMEMBERED)
def subject_of(phrase: str) -> str:
    """Return a phrase without the aspect that ends it and the verb that opens it.

    >>> subject_of("道路交通事故起数"), subject_of("破获电信网络诈骗案件数")
    ('道路交通事故', '电信网络诈骗案件')
    """
    if is_headless(phrase) or _SHORT_RATE.fullmatch(phrase):
        return ""
    subject = (
        cue("indicator-filed").sub("", cue("indicator-harmed").sub("", cue("indicator-solved").sub("", phrase)))
        or phrase
    )
    while (match := _heads()[1].search(subject) or _RATE_TAIL.search(subject)) and match.start() > 0:
        kept = cue("indicator-kept").match(match[0])
        subject = subject[: match.start() + (kept.end() if kept else 0)]
        if kept:
            break
    verbs = leading_verbs(subject)
    if not verbs:
        return _CASE_VERB.sub("", subject)
    return subject[len(verbs) :].removeprefix("的") if len(verbs) < len(subject) else subject
