"""Where a period ceases to govern inside its sentence.

Enters: the view and a mention of a period. Leaves: a position, or None where it holds to the sentence's end.
"""

from __future__ import annotations

import re

from kg.values.period import PeriodMention

_TERM_OF_DRIVE = re.compile("的?[^,。;]{2,14}(?:斗争|行动|战役|会战|攻坚战|整治)[,，]")
_CHANGE = re.compile(
    r"(?:[跃骤猛攀回]?[降升]|增|减|提高?|上升|下降|增长|增加|减少|缩短|压缩|扩大|扩充|扩展|发展|壮大|[前上]移)"
    r"[^,。;0-9]{0,2}[到至为]"
)
_BASIS = re.compile("的?基础上")
_CLAUSE = re.compile(r"[^,。;]*")
_MOVED = re.compile(r"份?(?:环比|同比|又|再)?(?:下?降|上?升|增|减)")
_CHANGED_TO = re.compile(r"[降升增减高长加少短缩大][低]?[到至为]$")
_CLAUSE_AND_AMOUNT = re.compile(r"[^,。;]*(?:,(?:降幅|增幅|升幅|同比|下降|上升|增长|减少|提高)[^,。;]*)?")
ON_END = re.compile(",?[^,;。0-9]{0,12}?(?:已|就)?连续[0-9一二三四五六七八九十两]+(?:个月|周|天|个季度)[^,;。]*")


def limit_of(view: str, mention: PeriodMention) -> int | None:
    """Return where a period ceases to govern inside its sentence, None where it holds to the end.

    The second of two ends with its change ("降至去年的52宗,降幅四成|"), the term of a drive with what is told of it.
    """
    if _ends_at_semicolon(view, mention):
        end = view.find(";", mention.end)
        return end if end >= 0 else None
    if mention.shape in ("since", "from") and (run := ON_END.match(view, mention.end)):
        return run.end()  # 自5月起连续7个月下降,返还资金…
    if not _CHANGED_TO.search(view[max(0, mention.start - 6) : mention.start]):
        return None
    match = _CLAUSE_AND_AMOUNT.match(view, mention.end)
    return match.end() if match else None


def change_end(view: str, mention: PeriodMention) -> int:
    """Return where the first of two ends: before the words of the change ("由2017年的87宗|降至52宗")."""
    clause = _CLAUSE.match(view, mention.end)
    end = clause.end() if clause else mention.end
    match = _BASIS.search(view, mention.end, end) or _CHANGE.search(view, mention.end, end)
    return match.start() if match else end


def _ends_at_semicolon(view: str, mention: PeriodMention) -> bool:
    """Tell whether a period holds for what is told up to the semicolon: the term of a drive, a stretch with its end."""
    if mention.shape == "term" or mention.rule == "period-closing" or mention.grain == "festival":
        return True
    if mention.shape == "back" and _TERM_OF_DRIVE.match(view, mention.end):
        return True
    listed = mention.grain == "month" and view.startswith(",", mention.start - 1)
    return listed and _MOVED.match(view, mention.end) is not None  # 7月降8.5%,8月降11%;返还资金…
