"""When an article was published: the day that its page prints, and what a text without one lets deduce.

Enters: folded lines and text. Leaves: a day, or None. What is looked for is data: ``mappings/rules/publication.toml``.
"""

from kg.article.dating.account import is_long_after
from kg.article.dating.deduced import deduced_date, year_of_id
from kg.article.dating.dispatch import day_of_writing
from kg.article.dating.printed import printed_date

__all__ = ["day_of_writing", "deduced_date", "is_long_after", "printed_date", "year_of_id"]
