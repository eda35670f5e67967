"""Given: who received an award, whether the clause names them, an earlier one does, or nobody but the subject.

Enters: an ``Award``, and the one before it in the sentence. Leaves: a ``Given`` with the holders that can hold it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from kg.facts.bureau import BureauMention
from kg.facts.cue import cue
from kg.facts.honor.agency import Agencies
from kg.facts.honor.award import Award
from kg.facts.honor.contest import GRADE
from kg.facts.honor.holder import Holder, holder_of, relative_division
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.facts.honor.person import read_person
from kg.facts.honor.recipient import recipients_before, recipients_listed
from kg.facts.honor.subject import subject_of
from kg.text import Paragraph, Span

_START = attrgetter("start")
_CLAUSES_BACK = 12
_PARAGRAPHS_BACK = 3
_LONGEST_HEAD = 12  # characters of a heading that is a unit's name
_LINES = ("honor-line", "honor-line-title", "honor-line-spaced")
_ONE_EACH = "一人"
_GIVES = ("公安厅", "公安部")
_PARTY = ("党支部", "党总支", "党委", "团支部", "团委")
_MINISTRY = "公安部"


@dataclass(frozen=True, slots=True)
class Given:
    """An award with its holders; ``cause`` says how they were found."""

    award: Award
    holders: tuple[Holder, ...]
    cause: str


def read_given(agencies: Agencies, award: Award, sentence: Span, previous: Given | None) -> Given:
    """Return an award with those who received it; ``previous`` is the award before it in the sentence."""
    if award.recipient is not None:
        if honor_part("pronoun").fullmatch(agencies.view, award.recipient.start, award.recipient.end):
            return _spoken_of(agencies, award, award.recipient.start, previous)
        read = recipients_listed if award.rule == "honor-emerged" else recipients_before
        holders = read(agencies, award.recipient.start, award.recipient.end)
        if award.rule in _LINES and holders and holders[0].start > award.recipient.start:
            holders = []  # a headline: "全国优秀公安局:走进某县公安局"
        if award.rule == "honor-line-spaced":
            holders = [_introduced_below(agencies, holder, award.recipient.end) for holder in holders]
        return Given(award, fitting_holders(agencies, holders, award, previous), "object")
    clause = agencies.text.clause_at(award.start)
    start = clause.start
    if previous is not None:
        called = honor_part("called_so").match(agencies.view, previous.award.end)
        start = max(start, min(called.end() if called else previous.award.end, award.start))
    end = without_adverbs(agencies.view, start, award.start)
    end = start + len(agencies.view[start:end].rstrip())
    if award.titles[0].name.endswith(GRADE) and (of := honor_part("assessed_of").search(agencies.view, start, end)):
        end = of.start()  # 县公安局执法质量考评被评为优秀等次
    if honor_part("unreal").search(agencies.view, start, end):
        return Given(award, (), "unreal")
    while start < end and agencies.view[start] in "”’、,。和及并 ·●■◆○-“":
        if (agencies.view[start] == "“" and "”" in agencies.view[start:end]) or agencies.opens(start):
            break
        start += 1
    if (relative := _relative(agencies, award)) is not None:
        return relative
    if agencies.view[start:end] == _ONE_EACH and (each := _one_each(agencies, award, clause)) is not None:
        return each
    if start < end and (pronoun := honor_part("pronoun").search(agencies.view, start, end)) is not None:
        return _spoken_of(agencies, award, pronoun.start(), previous)
    if start < end:
        holders = holders_before(agencies, start, end)
        fitting = fitting_holders(agencies, holders, award, previous)
        if fitting or not all(holder.rule == "holder-work-phrase" for holder in holders):
            return Given(award, fitting, "before")
        if not holders and not _is_circumstance(agencies, start, end):
            return Given(award, (), "unread")
    after = award.titles[-1].end
    of_person = award.titles[0].kind == "person" and honor_part("relative_after").match(agencies.view, after)
    if of_person or honor_part("won_by_some").match(agencies.view, after):
        return Given(award, (), "unread")  # 曾荣获“…”的某某: whoever it is, nobody named before
    return _left_out(agencies, award, sentence, clause, previous)


def _introduced_below(agencies: Agencies, holder: Holder, end: int) -> Holder:
    r"""Return a person with the agency that opens the line below: "◎个人二等功 甲乙丙\n刑侦大队民警。"."""
    if holder.kind != "person" or holder.bureau is not None or not agencies.view.startswith("\n", end):
        return holder
    clause = agencies.text.clause_at(end + 1)
    agency = next((mention for mention in agencies.mentions_in(end + 1, clause.end) if mention.start == end + 1), None)
    return replace(holder, bureau=agency.name) if agency else holder


def _relative(agencies: Agencies, award: Award) -> Given | None:
    """Return an award whose holders follow it: "对获评……称号的甲派出所、乙派出所等8个单位进行表彰"."""
    found = honor_part("relative_after").match(agencies.view, award.titles[-1].end)
    if found is None:
        return None
    start, end = found.span("who")
    holders = recipients_before(agencies, start, end)
    if award.titles[0].kind == "group" and all(holder.kind == "person" for holder in holders):
        holders = [holder_of(mention) for mention in agencies.mentions_in(start, end)[-1:]]
    fitting = fitting_holders(agencies, holders, award, None)
    return Given(award, fitting, "relative clause") if fitting else None


def _one_each(agencies: Agencies, award: Award, clause: Span) -> Given | None:
    """Return an award of one of those whom the clause before lists: "甲、乙,一人摘得……,一人入选……"."""
    last = bisect_left(agencies.text.clauses, clause.start, key=_START)
    turn = 0
    for earlier in reversed(agencies.text.clauses[max(0, last - _CLAUSES_BACK) : last]):
        if agencies.view.startswith(_ONE_EACH, earlier.start):
            turn += 1
            continue
        holders = recipients_before(agencies, earlier.start, earlier.end - 1)
        mine = fitting_holders(agencies, holders, award, None)[turn : turn + 1]
        return Given(award, mine, "one each") if len(holders) > 1 and mine else None
    return None


def _spoken_of(agencies: Agencies, award: Award, position: int, previous: Given | None) -> Given:
    """Return an award of whom a pronoun means: a person or an agency of the sentences before."""
    kind = award.titles[0].kind
    paragraph = agencies.text.paragraph_at(position)
    if kind in ("person", "any") and (holders := _told_before(agencies, paragraph.start, position, "person")):
        return Given(award, fitting_holders(agencies, holders, award, previous), "pronoun")
    if kind in ("person", "any") and previous and previous.holders and previous.holders[-1].kind == "person":
        return Given(award, fitting_holders(agencies, previous.holders[-1:], award, previous), "pronoun")
    if kind in ("person", "any") and (person := _person_meant(agencies, paragraph.start, position)) is not None:
        return Given(award, fitting_holders(agencies, [person], award, previous), "pronoun")
    if kind in ("person", "any") and (person := _named_behind(agencies, award, paragraph)) is not None:
        return Given(award, fitting_holders(agencies, [person], award, previous), "pronoun")
    mentions = agencies.mentions_in(paragraph.start, position)
    if kind in ("group", "any") and mentions:
        return Given(award, fitting_holders(agencies, [holder_of(mentions[-1])], award, previous), "pronoun")
    if kind == "group" or (kind == "any" and not _is_one_person(agencies.view, position)):
        return Given(award, _home(agencies, award, kind), "pronoun")  # whom the paragraphs before tell of
    return Given(award, (), "pronoun")


def _named_behind(agencies: Agencies, award: Award, paragraph: Paragraph) -> Holder | None:
    """Return the person as whom a later sentence makes known whom a pronoun meant: 他就是某县公安局民警李强."""
    he = honor_part("it_is_he").search(agencies.view, award.end, paragraph.end)
    if he is None:
        return None
    bureau = agencies.agency_of(he.start("whose"), he.start("role"))
    return Holder(he["name"], "person", bureau, he.start("name"), he.end("name")) if bureau else None


def _is_one_person(view: str, position: int) -> bool:
    """Tell whether a pronoun means a person and no body of them: 他, not 她们 or 这支队伍."""
    return not view.startswith(("他们", "她们", "它", "这支队", "这支英", "这个集体", "这个团队"), position)


def _person_meant(agencies: Agencies, start: int, position: int) -> Holder | None:
    """Return the person last named before 他, by the name alone, or whom a heading says the article tells of."""
    named = agencies.person_named(start, position)
    if named is None and agencies.view.startswith(("他", "她"), position):
        line = honor_patterns()["honor-line-spaced"].fullmatch(agencies.view, *_paragraph_before(agencies, start))
        if line is not None and (holder := read_person(agencies, *line.span("recipient"))) is not None:
            return _introduced_below(agencies, holder, line.end("recipient"))
        heads = agencies.headings
        named = agencies.person_named(heads[0].start, heads[-1].end) if heads else None
    return named


def _paragraph_before(agencies: Agencies, start: int) -> tuple[int, int]:
    index = bisect_left(agencies.text.paragraphs, start, key=_START) - 1
    paragraph = agencies.text.paragraphs[max(0, index)]
    return paragraph.start, paragraph.end


def _told_before(agencies: Agencies, start: int, end: int, kind: str) -> list[Holder]:
    """Return the person, or the work, that the clauses before a position speak of last."""
    first = bisect_left(agencies.text.clauses, start, key=_START)
    last = bisect_left(agencies.text.clauses, end, key=_START)
    for clause in reversed(agencies.text.clauses[max(first, last - 2 * _CLAUSES_BACK) : last]):
        found = subject_of(agencies, clause.start, min(clause.end, end), kind)
        if kind == "work":
            found = [holder for holder in found if holder.kind == "initiative"]
        if found:
            return found
    return []


def _told_above(agencies: Agencies, position: int) -> list[Holder]:
    """Return the person of whom the paragraphs right above one tell that begins with a verb: 先后荣获……等称号."""
    last = bisect_left(agencies.text.paragraphs, position, key=_START)
    for paragraph in reversed(agencies.text.paragraphs[max(0, last - _PARAGRAPHS_BACK) : last]):
        sentence = agencies.text.sentence_at(paragraph.start)
        found = _told_before(agencies, paragraph.start, sentence.end, "person")
        if found:
            return found if len({holder.name for holder in found}) == 1 else []
    return []


def holders_before(agencies: Agencies, start: int, end: int) -> list[Holder]:
    """Return the holders before the verb, or before the circumstances that stand between them and it."""
    holders = recipients_before(agencies, start, end)
    if holders and all(holder.kind == "initiative" for holder in holders):
        means = honor_part("by_means").search(agencies.view, start, end)
        return (recipients_before(agencies, start, means.start()) if means else []) or holders
    if holders or honor_part("counted_holders").search(agencies.view, start, end):
        return holders
    between = honor_part("circumstance").search(agencies.view, start + 2, end)
    if between is None:
        return []
    end = without_adverbs(agencies.view, start, between.start())
    if agencies.view.startswith(("并", "后"), between.start() - 1):
        return subject_of(agencies, start, end, "group")
    return recipients_before(agencies, start, end) if start < end else []


def _is_circumstance(agencies: Agencies, start: int, end: int) -> bool:
    """Tell whether words before a verb leave the subject open: 在……中, 因……, 他."""
    view = agencies.view
    if honor_part("by_result").fullmatch(view, start, end):
        return True  # 以三个单项第一名的优异成绩
    if agencies.counted(start, end):
        return False
    return bool(honor_part("adverbial").match(view, start, end)) or end - start <= 1


def _left_out(agencies: Agencies, award: Award, sentence: Span, clause: Span, previous: Given | None) -> Given:
    """Return an award whose recipient the clause leaves out: as the award before, earlier clauses or home."""
    kind = award.titles[0].kind
    first = bisect_left(agencies.text.clauses, sentence.start, key=_START)
    last = bisect_left(agencies.text.clauses, clause.start, key=_START)
    if first and agencies.text.clauses[first - 1].end > sentence.start:
        first -= 1  # what somebody said in quotation marks is one clause with the words after it
    for earlier in reversed(agencies.text.clauses[max(first, last - _CLAUSES_BACK) : last]):
        earlier = Span(max(earlier.start, sentence.start), earlier.end)
        if previous is not None and previous.award.start >= earlier.start:
            holders = tuple(h for h in previous.holders if suits(h.kind, kind))
            if holders or not (previous.holders or _counts_persons(agencies, previous, award)):
                return Given(award, holders, "award before")
        end = earlier.end
        of_whom = agencies.view.startswith(("他先后", "她先后", "他曾", "她曾"), earlier.start)
        if kind == "person" and (of_whom or honor_part("this_officer").match(agencies.view, earlier.start, end)):
            return _spoken_of(agencies, award, earlier.start, previous)
        found = subject_of(agencies, earlier.start, end, kind)
        if not found and award.rule == "honor-copula":
            found = recipients_before(agencies, earlier.start, end - 1)
        if found:
            return Given(award, fitting_holders(agencies, found, award, previous), "clause before")
        if honor_part("outside_lead").match(agencies.view, earlier.start, end):
            return Given(award, (), "outside")
    if previous is not None and previous.award.start >= clause.start:
        return Given(award, tuple(h for h in previous.holders if suits(h.kind, kind)), "award before")
    if kind in ("person", "work") and award.rule != "honor-copula":
        paragraph = agencies.text.paragraph_at(award.start)
        holders = tuple(_told_before(agencies, paragraph.start, sentence.start, kind))
        if not holders and kind == "person" and paragraph.start == sentence.start:
            holders = tuple(_told_above(agencies, paragraph.start))
        return Given(award, fitting_holders(agencies, holders, award, previous), "sentence before")
    if award.rule == "honor-copula":
        return Given(award, (), "nobody")
    return Given(award, _home(agencies, award, kind), "subject")


def _counts_persons(agencies: Agencies, previous: Given, award: Award) -> bool:
    """Tell whether an award of a body follows one of persons that are only counted: 47人获嘉奖,被评为先进集体."""
    if award.titles[0].kind != "group" or award.rule != "honor-passive":
        return False
    clause = agencies.text.clause_at(previous.award.start)
    return honor_part("counted_persons").search(agencies.view, clause.start, previous.award.start) is not None


def _told_behind(agencies: Agencies, award: Award) -> BureauMention | None:
    """Return the agency whose the awards before are said to be: 2019年荣立集体三等功……这是某大队的成绩单."""
    paragraph = agencies.text.paragraph_at(award.start)
    told = honor_part("scorecard").search(agencies.view, award.titles[-1].end, paragraph.end)
    if told is None:
        return None
    behind = agencies.mentions_in(told.end(), told.end("whose"))
    return behind[-1] if behind else None


def _home(agencies: Agencies, award: Award, kind: str) -> tuple[Holder, ...]:
    if (behind := _told_behind(agencies, award)) is not None and kind != "person":
        return (holder_of(behind),)
    name, _ = agencies.bureaus.subject_at(award.start, award.titles[-1].end)
    if name is None or name == _MINISTRY:
        return ()  # the ministry gives, and is seldom honoured: whoever it is, no agency that is known
    if kind == "place" and agencies.bureaus.home and agencies.bureaus.home.division:
        home = agencies.bureaus.home
        division = relative_division(award.titles[0].name[-1], home.division)
        if division is None and home.level in ("province", "prefecture", "county"):
            division = home.division  # 2009年捧得“平安鼎”: a prize of places, whoever reports
        if division is not None:
            return (Holder(division.name, "bureau", name, award.start, award.start),)
    if (unit := _of_section(agencies, award.start)) is not None:
        return (unit,)
    return (agencies.by_name(name, award.start),)


def _of_section(agencies: Agencies, position: int) -> Holder | None:
    """Return the unit that the heading above a paragraph calls by its own words: 警务站 / 成立了禁毒支队警务站."""
    paragraph = agencies.text.paragraph_at(position)
    start, end = _paragraph_before(agencies, paragraph.start)
    head = agencies.view[start:end].strip()
    if not 3 < len(head) <= _LONGEST_HEAD or start == 0:
        return None
    named = [m for m in agencies.mentions_in(paragraph.start, position) if m.name.endswith(head) and m.name != head]
    return replace(holder_of(named[-1]), start=position, end=position) if named else None


def fitting_holders(
    agencies: Agencies, holders: Sequence[Holder], award: Award, previous: Given | None
) -> tuple[Holder, ...]:
    """Return the holders that can hold the award, persons with their agency."""
    kinds = {title.kind for title in award.titles}
    out = []
    for holder in holders:
        if not any(suits(holder.kind, kind) for kind in kinds):
            continue
        if holder.bureau is None:
            alone = previous if len(holders) == 1 else None
            agency = _agency_for(agencies, holder, alone)
            lone = holder.kind == "unit" and agency == _MINISTRY  # which gives: the unit has nobody above it here
            holder = replace(holder, bureau=holder.name if lone else agency)
        elif holder.kind == "person":
            told = agencies.agency_of_person(holder.name)
            part = told if told and told.startswith(holder.bureau) else holder.bureau
            holder = replace(holder, bureau=agencies.nearer_told(holder.name, part))
        out.append(holder)
    return tuple(out)


def _leads(agencies: Agencies, holder: Holder) -> bool:
    """Tell whether a person is called after the unit named before: 所长, 队员, 中心民警, 该所民警."""
    head = cue("honor-head-of-unit").search(agencies.view, holder.start, holder.end)
    return head is not None or agencies.view.startswith("该", holder.start)


def _agency_for(agencies: Agencies, holder: Holder, previous: Given | None) -> str | None:
    if holder.kind == "person":
        known = agencies.agency_of_person(holder.name)
        if known is not None:
            return known
    others = agencies.view[holder.end : holder.end + 1] == "等"
    work = holder.kind == "initiative"
    if previous is not None and previous.holders and not others and not work and holder.rule != "holder-name":
        last = previous.holders[-1]
        apart = not _leads(agencies, holder) and not last.name.endswith(("中心", "警务室"))
        if holder.kind == "person" and last.kind in ("unit", "person") and apart:
            spoken_of, _ = agencies.bureaus.subject_at(holder.start, holder.end)
            above = last.bureau if last.kind == "unit" and (spoken_of or "").endswith(_GIVES) else None
            return above or spoken_of  # 省公安厅通报:……某县公安局某派出所被评为先进;民警某某……
        parted = last.name.endswith(_PARTY) or honor_part("one_of_many").search(
            last.name
        )  # 执勤一队……,执勤二队队长某某
        whole = last.kind == "bureau" or (last.kind == "unit" and not parted)
        return last.name if whole else last.bureau  # 派出所党支部获评先进,所长某某……
    name, _ = agencies.bureaus.subject_at(holder.start, holder.end)
    if holder.kind == "person" and (name or "").endswith(_GIVES) and (told := _told_in_sentence(agencies, holder)):
        return told
    home = agencies.bureaus.home
    listed = holder.rule == "holder-name" and agencies.view[holder.start - 1 : holder.start] == "、"
    if home is not None and previous is not None and holder.kind == "person" and listed:
        others_own = any(name in (other.name, other.bureau) for other in previous.holders)
        others_own = others_own or _has_own(agencies, name, holder.start)
        return home.name if others_own else name  # 甲县公安局荣获……、乙荣获……: whose colleague he is, nobody says
    return name


def _told_in_sentence(agencies: Agencies, holder: Holder) -> str | None:
    """Return the bureau last told in the sentence before a person, where the one above gives: 该局……;民警某某……."""
    sentence = agencies.text.sentence_at(holder.start)
    clause = agencies.text.clause_at(holder.start)
    told = [holder_of(mention) for mention in agencies.mentions_in(sentence.start, clause.start)]
    own = [one for one in told if one.bureau and not one.bureau.endswith(_GIVES)]
    return own[-1].bureau if own else None


def _has_own(agencies: Agencies, name: str | None, position: int) -> bool:
    """Tell whether an agency of the list before a position is said to have an award of its own."""
    sentence = agencies.text.sentence_at(position)
    for mention in agencies.mentions_in(sentence.start, position):
        if mention.name == name and honor_part("has_own_verb").match(agencies.view, mention.end):
            return True
    return False


def suits(kind: str, title: str) -> bool:
    """Tell whether a recipient of a kind can hold a title of a kind."""
    if title == "any":
        return True
    return {
        "group": kind in ("bureau", "unit"),
        "person": kind == "person",
        "work": kind in ("initiative", "bureau", "unit"),
        "place": kind in ("bureau", "unit"),
    }[title]


def without_adverbs(view: str, start: int, end: int) -> int:
    """Return where the words before a verb end that are no adverbs of it."""
    found = honor_part("adverb").search(view, start, end)
    return found.start() if found else end
