"""Where a period ceases to govern inside its sentence.

Enters: the view and a mention of a period. Leaves: a position, or None where it holds to the sentence's end.
"""

from __future__ import annotations

import re

from kg.facts.cue import cue
from kg.facts.timeline.stretch import is_turn
from kg.values.period import PeriodMention

_AGENCY, _AHEAD = 14, 120  # characters
# a figure up to the end of its bracket, no words
_BRACKETED = re.compile(r"[^,。;()0-9]{0,6}[0-9][^,。;()]{0,8}\)")
_CLAUSE = re.compile(r"[^,。;]*")
_TWO_CLAUSES = re.compile(r"[^,。;]*(?:,[^,。;]*)?")


def limit_of(view: str, mention: PeriodMention) -> int | None:
    """Return where a period ceases to govern inside its sentence, None where it holds to the end.

    The second of two ends with its change ("降至去年的52宗,降幅四成|"), the term of a drive with what is told of it.
    """
    if view.startswith("(", mention.start - 1) and (told := _BRACKETED.match(view, mention.end)):
        return told.end()  # 抓获310人(2015年为290人),破案…
    if part := cue("timeline-part-in-brackets").search(view, max(0, mention.start - 12), mention.start):
        end = view.find(")", mention.end, part.end() + _AHEAD)
        return end if end >= 0 else None  # 7月,破案15起(含1至6月立案的案件|),破案率…
    if is_peak(view, mention):
        peak = _TWO_CLAUSES.match(view, mention.end)
        return peak.end() if peak else mention.end  # 单日最高出现在2月3日,达310人;查验…
    if _ends_at_semicolon(view, mention):
        end = view.find(";", mention.end)
        return end if end >= 0 else None
    if is_turn(view, mention):
        end = view.find(";", mention.end)
        return end if end >= 0 else None
    if cue("timeline-going-by").search(view, max(0, mention.start - 2), mention.start):
        of_what = cue("timeline-gone-by").match(view, mention.end)
        return of_what.end() if of_what else None  # 依据2013年受理的520起积水警情,排查出积水点…
    if given := cue("timeline-of-what-is-given").match(view, mention.end):
        return given.end()  # 将前5个月追回的130万元|发还给15名群众: on the day of the ceremony
    if mention.shape in ("since", "from") and (run := cue("timeline-on-end").match(view, mention.end)):
        return run.end()  # 自5月起连续7个月下降,返还资金…
    if not cue("timeline-changed-to").search(view[max(0, mention.start - 6) : mention.start]):
        return None
    match = cue("timeline-change-amount").match(view, mention.end)
    return match.end() if match else None


def change_end(view: str, mention: PeriodMention) -> int:
    """Return where the first of two ends: before the words of the change ("由2017年的87宗|降至52宗")."""
    clause = _CLAUSE.match(view, mention.end)
    end = clause.end() if clause else mention.end
    basis = cue("timeline-basis").search(view, mention.end, end)
    change = basis or cue("timeline-change").search(view, mention.end, end)
    return change.start() if change else end


def is_peak(view: str, mention: PeriodMention) -> bool:
    """Tell whether a day is that on which the most was counted, and of nothing else: 单日最高值出现在2月3日."""
    return (
        mention.grain == "day"
        and cue("timeline-peak").search(view[max(0, mention.start - 8) : mention.start]) is not None
    )


def _is_of_one_agency(view: str, mention: PeriodMention) -> bool:
    """Tell whether a time is told of one county or agency, and the semicolon behind it turns to another."""
    first = cue("timeline-agency-then").search(view, max(0, mention.start - _AGENCY), mention.start)
    end = view.find(";", mention.end, mention.end + _AHEAD)
    return first is not None and end >= 0 and cue("timeline-agency-next").match(view, end + 1) is not None


def _ends_at_semicolon(view: str, mention: PeriodMention) -> bool:
    """Tell whether a period holds for what is told up to the semicolon: the term of a drive, a stretch with its end."""
    if mention.shape == "term" or mention.rule == "period-closing" or mention.grain == "festival":
        return True
    if mention.shape == "back" and cue("timeline-drive-term").match(view, mention.end):
        return True
    if mention.shape == "back" and cue("timeline-of-so-long").search(view, max(0, mention.start - 2), mention.start):
        return True  # 命案现案近3年实现全破;电诈发案下降…
    if mention.grain in ("month", "part") and mention.shape == "within" and _is_of_one_agency(view, mention):
        return True  # 夏邑县8月份端掉窝点2个;虞城县共打掉团伙9个
    listed = mention.grain == "month" and view.startswith(",", mention.start - 1)
    # 其中10月、11月同比下降17%、31%;破获案件数…
    listed = listed or (mention.grain in ("month", "months") and view.startswith("其中", mention.start - 2))
    return listed and cue("timeline-moved").match(view, mention.end) is not None  # 7月降8.5%,8月降11%;返还资金…
