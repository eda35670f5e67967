"""Text to Timeline: which period governs a number that names none of its own.

Enters: a text whose article may know its day of publication. Leaves: a ``Timeline`` that answers, for each position of
the view, with the period that governs there and the words that supplied it: the sentence's latest, else what the
paragraph or section carries on, else the article's own.
"""

from kg.facts.timeline.model import Governed, Timeline
from kg.facts.timeline.reading import read_timeline

__all__ = ["Governed", "Timeline", "read_timeline"]
