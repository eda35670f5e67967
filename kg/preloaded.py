"""Loads all that reading an article takes, once, by being imported.

Only the process from which workers are forked imports this, so that each of them starts with every rule at hand.
"""

from contextlib import suppress

from kg.article import Piece
from kg.examination import Job, examine
from kg.garbage import look_rarely, pass_over_what_is_here
from kg.patterns import keep

_SENTENCE = "镇安县公安局2023年破获刑事案件120起,同比下降12.5%。\n"
with suppress(Exception):  # what ails the rules is told where the first article is read
    examine(Job(), Piece("", "", "a", ".txt", _SENTENCE.encode(), 0))
keep()  # workers leave without a word

pass_over_what_is_here()
look_rarely()
