"""Bureaus: mentions of agencies to their full names, the home bureau, and whose work a number is about.

Enters: a ``Text``. Leaves: a ``BureauView``, which other facts ask, and the Bureau facts themselves. ``resolution``
finds which agency each mention means; ``governing`` whose work each stretch speaks of, by what ``naming`` and
``ruling`` read off its clauses.
"""

from kg.facts.bureau.mention import BureauMention
from kg.facts.bureau.reading import build_bureaus, find_bureaus
from kg.facts.bureau.view import BureauView

__all__ = ["BureauMention", "BureauView", "build_bureaus", "find_bureaus"]
