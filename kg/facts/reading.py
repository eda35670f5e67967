"""Sentences to statements: frames in their order, each with the comparison, scope and streak that hang on it.

Enters: a sentence as a row of mentions. Leaves: statements, one a number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.facts.composition import COMPOSERS
from kg.facts.cue import cue
from kg.facts.indicator import subject_of
from kg.facts.model import Streak
from kg.facts.sharing import shared_words
from kg.facts.statement import Sentence, Statement, amount_of
from kg.mentions.frame import Frame, find_frames
from kg.mentions.lexicon import load_lexicon
from kg.mentions.mention import Mention
from kg.values.numeral import parse_numeral

_HEADED = 100  # mentions that a comparison heads at most, so that no list takes quadratic time
_NONE_FOR_DAYS = "zero-of"  # 连续5年“两抢”零发案300天以上
_WHOLES = 3  # statements back, of which a part may be: 销毁物品91件,重量6吨。其中食品21件
_OF_A_WHOLE = frozenset({"count", "change", "share"})  # how many, and by how much more, or of how many
_REMEMBERED = 40  # statements that a figure is looked for among, for the same reason
_SHORT_LINE = 16  # characters
_SHORT_WORDS = 2  # characters: 实现, 已
_LEAD_IN = frozenset({"yoy", "mom", "base", "each", "adv", "period", "comma"})
_AMONG_BODIES = frozenset({"scope-among", "scope-of-a-contest"})
_MOVING = frozenset({"change", "trend", "moved"})  # kinds of frame
_THINGS = frozenset({"count", "money"})
_MOVEMENTS = frozenset({"move", "movenoun", "to", "of", "each"})


def read_statements(
    view: str, row: Sequence[Mention], context: str = "", earlier: Sequence[Statement] = ()
) -> list[Statement]:
    """Return the statements of a sentence, in order of their values.

    ``context`` are the words before the sentence that may name its topic: what 立案数 alone is about. ``earlier`` are
    the statements of the sentence before, which one that opens with a movement goes on about: "……。同比分别下降9%、4%".

    >>> from kg.mentions.cascade import find_mentions
    >>> view = "盗窃、诈骗警情同比分别下降12.5%、8%"
    >>> [(s.indicator, str(s.amount.value)) for s in read_statements(view, find_mentions(view, 0, len(view)))]
    [('盗窃警情', '12.5'), ('诈骗警情', '8')]
    """
    sentence = Sentence(view, row, context)
    out: list[Statement] = []
    last = 0
    frames = find_frames(row)
    shared = shared_words(sentence, frames)
    for number, frame in enumerate(frames):
        compose = COMPOSERS[frame.rule.data["kind"]]
        window = row[_clause_start(row, frame, 0 if _is_held_by(row, frame) else last) : frame.end]
        goes_on = number == 0 and (
            _opens_with_movement(row, frame)
            or _opens_with_level(row, frame, earlier)
            or _opens_with_whose(view, row, frame)
            or _opens_with_part(view, row, frame, earlier)
            or _goes_on_in_a_line(view, row, frame, earlier)
        )
        told = earlier if goes_on else out
        found = [_with_attributes(s, window) for s in compose(sentence, frame, told, shared[number])]
        if frame.rule.data["kind"] in _MOVING and (heading := _heading_comparison(row, frame.start)):
            found = [replace(s, comparison=s.comparison or heading) if _moves(s) else s for s in found]
        if found and out and frame.rule.data["kind"] == "change" and _is_listed(row, frame, last):
            beside = out[-1].comparison if out[-1].amount.kind == "change" else None
            found = [replace(s, comparison=s.comparison or beside) for s in found]  # 同比下降19%、命案下降75%
        if frame.rule.data["kind"] == "change":
            found = [_of_the_area(sentence, s, out or earlier) for s in found]
        if found and frame.rule.data["kind"] == "change" and found[0].amount.value is not None:
            near = out[-_REMEMBERED:]
            found = [_compared_as(s, near, row[max(0, frame.start - 1) : frame.end]) for s in found]
            out[-_REMEMBERED:] = [s for s in near if not _is_superseded(s, found, window)]
        if found and out and found[0].amount.kind == out[-1].amount.kind == "rank" and found[0].scope is None:
            found = [replace(s, scope=out[-1].scope) for s in found]
        if found and out and frame.rule.data["kind"] == "zero" and _is_listed(row, frame, last):
            found = [replace(s, streak=s.streak or out[-1].streak) for s in found]
        out.extend(found)
        if not frame.rule.data.get("compares"):
            last = frame.end  # what a change is compared with stands before the level of the baseline
    told_in_full = _given_back(sentence, [statement for statement in out if not statement.vague])
    return [_running_on(sentence, statement) for statement in told_in_full]


def _given_back(sentence: Sentence, told: Sequence[Statement]) -> Sequence[Statement]:
    """Return things with the verb behind their list: 将追回的手机15部、现金3万元[发还失主]."""
    if not told or "还" not in sentence.words(sentence.row):
        return told
    found = cue("composition-given-back").search(sentence.view, sentence.row[0].start, sentence.row[-1].end)
    if found is None:
        return told
    done, whom = found["done"], (found["to"] or "") + found["whom"]
    out: list[Statement] = []
    for statement in told:
        thing = re.sub("^.*?[将把]", "", statement.indicator).partition(done)[0]
        inside = found.start("things") <= statement.at < found.end("things") and statement.amount.kind in _THINGS
        out.append(replace(statement, indicator=thing + done + whom) if inside and thing else statement)
    return out


def _moves(statement: Statement) -> bool:
    """Tell whether a statement is of a movement, and not the level before or after it."""
    return statement.amount.kind == "change"


def _is_held_by(row: Sequence[Mention], frame: Frame) -> bool:
    """Tell whether a position follows at once the points that hold it: 在全省……测评中以93.7分名列第二."""
    return frame.start > 0 and row[frame.start].label == "rank" and row[frame.start - 1].label == "count"


def _opens_with_movement(row: Sequence[Mention], frame: Frame) -> bool:
    """Tell whether nothing but a comparison stands before a change or position without an indicator of its own."""
    return (
        frame.rule.data["kind"] in {"change", "rank"}
        and "indicator" not in frame.roles
        and all(mention.label in _LEAD_IN for mention in row[: frame.start])
    )


def _opens_with_level(row: Sequence[Mention], frame: Frame, earlier: Sequence[Statement]) -> bool:
    """Tell whether a sentence opens with a time and the level of a rate told last: 保持在96%以上。2015年达到98.2%."""
    lead = {mention.label for mention in row[: frame.start]}
    alone = frame.rule.data["kind"] == "share" and "indicator" not in frame.roles and "object" not in frame.roles
    return alone and "period" in lead and lead <= _LEAD_IN and bool(earlier) and earlier[-1].amount.kind == "share"


def _opens_with_whose(view: str, row: Sequence[Mention], frame: Frame) -> bool:
    """Tell whether a sentence opens with whose part of the number before comes first: 破案95起。其中,甲县公安局12起."""
    lead = {mention.label for mention in row[: frame.start]}
    whose = frame.role("indicator", row)
    alone = frame.rule.data["kind"] == "count" and bool(whose) and all(m.label == "bureau" for m in whose)
    return alone and lead <= _LEAD_IN and view.startswith("其中", row[0].start)


def _opens_with_part(view: str, row: Sequence[Mention], frame: Frame, earlier: Sequence[Statement]) -> bool:
    """Tell whether a sentence opens with a part of what was counted last: 查处违法95起,增长7%。其中酒驾12起."""
    lead = {mention.label for mention in row[: frame.start]}
    count = frame.rule.data["kind"] == "count" and bool(earlier) and earlier[-1].amount.kind in _OF_A_WHOLE
    units = [m.groups.get("unit") for m in frame.role("value", row)] if count else []
    alike = any(unit and any(unit == s.amount.unit for s in earlier[-_WHOLES:]) for unit in units)
    return alike and lead <= _LEAD_IN and view.startswith("其中", row[0].start)


def _goes_on_in_a_line(view: str, row: Sequence[Mention], frame: Frame, earlier: Sequence[Statement]) -> bool:
    r"""Tell whether a short line is the next of a list told in lines: 查处酒驾96起\n醉驾12起."""
    count = frame.rule.data["kind"] == "count" and bool(earlier) and earlier[-1].amount.kind == "count"
    closed = view.startswith("\n", row[-1].start) or row[-1].end == len(view)
    if not count or frame.start > 0 or not closed or len(row) - frame.end > 1:
        return False
    alone = row[0].start > 0 and view[row[0].start - 1] == "\n" and row[-1].end - row[0].start <= _SHORT_LINE
    return alone and earlier[-1].end == row[0].start - 1


def _running_on(sentence: Sentence, statement: Statement) -> Statement:
    """Return a change with the streak that a clause after it tells: 扒窃发案数同比下降8%,已连续3年下降."""
    if statement.amount.kind != "change" or statement.streak is not None:
        return statement
    row = sentence.row
    if (years := cue("composition-years-running").match(sentence.view, statement.end)) is not None:
        same = load_lexicon("change_word").get(years["word"], "direction") == statement.direction
        return replace(statement, streak=Streak(int(parse_numeral(years["n"]).value), "年")) if same else statement
    after = bisect_left(row, statement.end, key=lambda m: m.start)
    clause = [m for m in row[after : after + 5] if not (m.label == "words" and m.end - m.start <= _SHORT_WORDS)]
    if [m.label for m in clause[:3]] != ["comma", "streak", "trend"]:
        return statement
    same = load_lexicon("change_word").get(clause[2].groups.get("word", ""), "direction") == statement.direction
    if not same:
        return statement
    return replace(statement, streak=_streak(clause[1]), rules=(*statement.rules, clause[1].rule))


def _heading_comparison(row: Sequence[Mention], at: int) -> str | None:
    """Return the comparison that heads the list a frame is in: 与去年同期相比,事故减少6起,死亡人数下降五成."""
    for place in range(at - 1, max(0, at - _HEADED), -1):
        if row[place].label == "comma" and row[place - 1].label in {"yoy", "mom"}:
            return row[place - 1].label
    return None


def _of_the_area(sentence: Sentence, statement: Statement, told: Sequence[Statement]) -> Statement:
    """Return a change that is said of a part of the place with what fell there: 堵塞警情下降2%。其中,城区下降4%."""
    area = cue("composition-bare-area")
    if not area.fullmatch(statement.indicator):
        return statement
    start = sentence.row[0].start
    among = list(cue("composition-among-which").finditer(sentence.view, start, statement.at))
    goes_on = told and (told[-1].at >= start or sentence.view.startswith("其中", start))
    topic = among[-1][1] if among else area.sub("", told[-1].indicator, count=1) if goes_on else ""
    return replace(statement, indicator=statement.indicator + topic)


def _is_listed(row: Sequence[Mention], frame: Frame, last: int) -> bool:
    """Tell whether a frame goes on with the list of the frame before: 连续8年“零上访、零命案”."""
    return 0 < last <= frame.start and all(m.label in {"sep", "and"} for m in row[last : frame.start])


def _compared_as(statement: Statement, before: Sequence[Statement], span: Sequence[Mention]) -> Statement:
    """Return 降幅为13% with the comparison of the movement that it sizes: "同比减少73起,降幅为13%".

    The days that one is measured against, "较2022年减少73起", are not known yet. ``span`` are the mentions of its frame
    and the one before them.
    """
    if statement.comparison or not (any(m.label == "movenoun" for m in span) or _sizes_again(statement, before, span)):
        return statement
    told = [s for s in before if s.amount.kind == "change" and s.direction == statement.direction]
    same = [s for s in told if s.indicator == statement.indicator or subject_of(s.indicator) in statement.indicator]
    compared = [s.comparison for s in same if s.comparison]
    last = same[-1].at if same and same[-1].indicator == statement.indicator else None
    return replace(statement, comparison=compared[-1] if compared else None, sizes=last)


def _sizes_again(statement: Statement, before: Sequence[Statement], span: Sequence[Mention]) -> bool:
    """Tell whether a change in percent is the one that a number told right before: 比去年减少46起,下降54%."""
    last = before[-1] if before else None
    return (
        last is not None
        and statement.amount.unit == "%" != last.amount.unit
        and last.amount.kind == "change"
        and (last.indicator, last.direction) == (statement.indicator, statement.direction)
        and span[0].label in {"comma", "sep"}
        and all(m.label in _MOVEMENTS for m in span[1:] if m.start < statement.at)
    )


def _is_superseded(told: Statement, found: Sequence[Statement], window: Sequence[Mention]) -> bool:
    """Tell whether a movement without a figure gets its figure now: "……同比全部下降,降幅分别达35%、17%"."""
    based = any(m.label == "base" for m in window)
    return (
        told.amount.kind == "change"
        and told.amount.value is None
        and any(
            s.indicator == told.indicator
            and s.direction == told.direction
            and not (told.streak and based)  # 连续四年下降,比2012年下降51.9%: two claims
            for s in found
        )
    )


def _clause_start(row: Sequence[Mention], frame: Frame, last: int) -> int:
    """Return where the attributes of a frame may begin: after the frame before it, or its clause's comma.

    A comparison set off by a comma ("与去年同期相比,") belongs to what follows.
    """
    start = frame.start
    while start > last and row[start - 1].label != "comma":
        start -= 1
    if start - 2 >= last and row[start - 1].label == "comma" and row[start - 2].label in {"yoy", "mom"}:
        start -= 2
    return start


def _with_attributes(statement: Statement, window: Sequence[Mention]) -> Statement:
    """Return a statement with what hangs on its frame, and the rules that made it."""
    kind = statement.amount.kind
    window = _on_its_side(statement, window)
    labels = {mention.label: mention for mention in window}
    comparison, streak, scope = statement.comparison, statement.streak, statement.scope
    if kind == "change" and comparison is None:
        comparison = "yoy" if "yoy" in labels else "mom" if "mom" in labels else None
    if "streak" in labels and (kind in {"rank", "share", "count", "change"} or statement.rule == _NONE_FOR_DAYS):
        streak = _streak(labels["streak"])
    if kind == "rank" and scope is None and "scope" in labels:
        scope = window_scope(window)
    taken = set(_MOVEMENTS)
    taken.update(
        {"yoy", "mom", "base"} if comparison else (), ("streak",) if streak else (), ("scope",) if scope else ()
    )
    value = [m.rule for m in window if m.start <= statement.at < m.end]
    beside = [m.rule for m in window if m.label in taken and m.start < statement.end]
    rules = tuple(dict.fromkeys(r for r in (statement.rule, *value, *beside) if r))
    return Statement(
        statement.indicator,
        statement.amount,
        statement.start,
        statement.end,
        statement.at,
        statement.rule,
        statement.direction,
        comparison,
        scope,
        streak,
        statement.vague,
        rules,
        statement.sizes,
    )


def _on_its_side(statement: Statement, window: Sequence[Mention]) -> Sequence[Mention]:
    """Return the part of a window on a statement's side of "的基础上": 在连续三年下降20%的基础上,同比下降1.5%."""
    at = next((at for at, m in enumerate(window) if m.rule == "on-the-basis"), 0)
    if at == 0 or amount_of(window[at - 1]) is None:
        return window
    return window[:at] if statement.at < window[at].start else window[at:]


def window_scope(window: Sequence[Mention]) -> str | None:
    """Return the last 全省, 全国 or 全市 of a stretch: the one nearest to the rank."""
    scopes = ((m.rule, m.groups.get("scope", "")) for m in reversed(window) if m.label == "scope")
    return next((words for rule, words in scopes if rule in _AMONG_BODIES or words.startswith("全")), None)


def _streak(mention: Mention) -> Streak:
    unit = mention.groups.get("unit", "年")
    unit = {
        "个年": "年",
        "月": "个月",
        "日": "天",
        "连冠": "年",
        "连升": "年",
        "连降": "年",
        "年连冠": "年",
        "连增": "年",
    }.get(unit, unit)
    return Streak(int(parse_numeral(mention.groups.get("n", "1")).value), unit)
