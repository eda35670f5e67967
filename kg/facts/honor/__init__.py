"""Honors: awards that somebody is said to have received, one fact a recipient and title.

Enters: a ``Text`` with its ``BureauView`` and ``Timeline``. Leaves: Honor facts, and the spans of titles
(``honor_spans``), whose numbers are names.
"""

from kg.facts.honor.reading import find_honors, honor_spans

__all__ = ["find_honors", "honor_spans"]
