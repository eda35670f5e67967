"""All times that a text names, with what they say together."""

from __future__ import annotations

from dataclasses import dataclass

from kg.article.dating.mention import OPENING, TimeMention, find_times
from kg.article.dating.pattern import pattern
from kg.article.dating.streak import last_years_of_streaks
from kg.unguarded import unguarded

_FIRST_MONTHS = 3  # of a year, whose news is of the year before as a rule
_LAST_MONTH = 12  # of news that names none


@unguarded
@dataclass(frozen=True, slots=True)
class Times:
    """The times of a folded text: those that have been, those still to come.

    ``latest`` is the latest year named that is none that figures are held against, 0 without one; ``present`` the
    latest that a campaign or a greeting names as the present one; ``planned`` the latest of those to come.
    """

    text: str
    mentions: tuple[TimeMention, ...]
    to_come: tuple[TimeMention, ...]
    latest: int
    present: int
    planned: int

    def tells(self, cue: str) -> bool:
        """Tell whether a cue is found in the text."""
        return pattern(cue).search(self.text) is not None

    @property
    def opening(self) -> str:
        """The characters in which the text tells when it is of."""
        return self.text[:OPENING]

    @property
    def is_of_year_end(self) -> bool:
        """Whether the opening is that of a look back at the end of a year."""
        return pattern("end-of-the-year").search(self.opening) is not None

    @property
    def news(self) -> TimeMention | None:
        """The first event that the opening reports."""
        return next((mention for mention in self.mentions if mention.news), None)

    @property
    def news_is_early(self) -> bool:
        """Whether the news is of the first months of a year."""
        news = self.news
        return news is not None and (news.month or _LAST_MONTH) <= _FIRST_MONTHS

    @property
    def of_latest(self) -> list[TimeMention]:
        """The mentions of the latest year."""
        return [mention for mention in self.mentions if mention.year == self.latest and not mention.compared]

    @property
    def months(self) -> list[int]:
        """The months named, but those that figures are held against."""
        return [mention.month for mention in self.mentions if mention.month and not mention.compared]


def read_times(text: str) -> Times:
    """Return the times of a folded text.

    >>> times = read_times("“雪鹰2018”行动中,抓获31人,比2016年多。2017年,破案31起。2019年,我局将建所。")
    >>> times.latest, times.present, times.planned
    (2018, 2018, 2019)
    """
    found = list(find_times(text))
    been = [mention for mention in found if not mention.to_come]
    been += [TimeMention(year, None, None) for year in last_years_of_streaks(text)]
    to_come = tuple(mention for mention in found if mention.to_come)
    present = max(
        (
            int(m["named"] or m["greeted"] or m["launched"] or m["held"])
            for m in pattern("year-in-a-name").finditer(text)
        ),
        default=0,
    )
    return Times(
        text,
        tuple(been),
        to_come,
        latest=max([present, *(m.year for m in been if m.year and not m.compared)]),
        present=present,
        planned=max((mention.year or 0 for mention in to_come), default=0),
    )
