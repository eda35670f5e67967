"""Words to periods: "2024年1-9月", "今年以来", "五年来" become mentions, mentions become days.

Enters: the view of a text. Leaves: ``PeriodMention`` values in their order, each with the rule that found it, its shape
and its role, and ``resolve``, which turns a mention into days where publication and the governing period are known.
``point`` finds what names a time and ``moment`` reads it, ``stretch`` joins points, ``role`` says what each is told
for; ``resolution`` finds the days by ``almanac`` and ``length``. Whose days govern which number is the business of
``kg.facts.timeline``.
"""

from kg.values.period.finding import find_periods
from kg.values.period.length import first_day, last_day
from kg.values.period.model import Days, Moment, PeriodMention
from kg.values.period.resolution import resolve

__all__ = ["Days", "Moment", "PeriodMention", "find_periods", "first_day", "last_day", "resolve"]
