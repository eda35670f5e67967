"""Agencies of holders: which agency a person, a unit or a work is of, by the words before it.

Enters: the view of an article with its bureaus. Leaves: full names, and the mentions that stand in a stretch.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from operator import attrgetter

from kg.facts.bureau import BureauMention, BureauView
from kg.facts.cue import cue
from kg.facts.honor.holder import Holder, holder_of
from kg.facts.honor.pattern import honor_part, honor_patterns
from kg.text import Paragraph, Text

_START = attrgetter("start")
_OFFICES = re.compile(r"[^,;:。批准授]{0,16}")
_NAMINGS = 20
_TOP = 3  # paragraphs: title and subtitles


@dataclass(frozen=True)
class Agencies:
    """The agencies of one article, as those who hold awards belong to them."""

    view: str
    bureaus: BureauView

    @property
    def text(self) -> Text:
        """The text of the article."""
        return self.bureaus.text

    def mentions_in(self, start: int, end: int) -> Sequence[BureauMention]:
        """Return the agencies that stand wholly inside a stretch, in order."""
        mentions = self.bureaus.mentions
        first = bisect_left(mentions, start, key=_START)
        last = bisect_left(mentions, end, key=_START)
        return [mention for mention in mentions[first:last] if mention.end <= end]

    def opens(self, position: int) -> bool:
        """Tell whether the name of an agency begins at a position: 和 is the first character of some counties."""
        first = bisect_left(self.bureaus.mentions, position, key=_START)
        return first < len(self.bureaus.mentions) and self.bureaus.mentions[first].start == position

    def counted(self, start: int, end: int) -> re.Match[str] | None:
        """Return where a stretch ends in some that are only counted, no number in an agency's name: 六家子派出所."""
        found = honor_part("counted").search(self.view, start, end)
        while found is not None:
            at = found.start()
            inside = next((m.end for m in self.mentions_in(start, end) if m.start <= at < m.end), 0)
            if self.view.count("《", start, at) > self.view.count("》", start, at):
                inside = self.view.find("》", at, end)  # 《骗子的101个套路》
            if inside <= at:
                return found
            found = honor_part("counted").search(self.view, inside, end)
        return None

    def agency_of(self, start: int, end: int) -> str | None:
        """Return the full name of the agency that the words before a role name, None where they name none."""
        mentions = self.mentions_in(start, end)
        if not mentions or self.view[mentions[-1].start] == "该":
            return None
        last = mentions[-1]
        if not _OFFICES.fullmatch(self.view, last.end, end) or cue("honor-supervised").match(self.view, last.end):
            return None
        tail = honor_part("tail").match(self.view, last.end, end)
        if tail is None or cue("honor-seat").match(self.view, tail.end()) or "兼" in tail[0]:
            return last.name
        return last.name + self.view[last.end : tail.end()]

    def agency_of_person(self, name: str) -> str | None:
        """Return the agency that stands before the first naming of a person with one, by its part if that is told."""
        told: str | None = None
        for agency in self._agencies_before(name):
            if told is None or (agency.startswith(told) and len(agency) > len(told)):
                told = agency
        return self.nearer_told(name, told) if told is not None else self.agency_told_of(name)

    def _agencies_before(self, name: str) -> Iterator[str]:
        """Yield the agencies that stand before the namings of a person, with his post or without."""
        for found in islice(re.finditer(re.escape(name), self.view), _NAMINGS):
            at = found.start()
            clause = self.bureaus.text.clause_at(at)
            role = honor_patterns()["holder-person"].search(self.view, clause.start, at + len(name))
            mentions = self.mentions_in(clause.start, at)
            if role is not None and (agency := self.agency_of(clause.start, role.start("role"))) is not None:
                yield agency
            elif mentions and mentions[-1].end == at:
                yield mentions[-1].name

    def nearer_told(self, name: str, agency: str) -> str:
        """Return a person's agency: of the police of a province's, the one that is told behind the name, if any."""
        return (self.agency_told_of(name) or agency) if agency.endswith("公安厅") else agency

    def agency_told_of(self, name: str) -> str | None:
        """Return the agency that the words behind a person's name tell: 何某生前是某县公安局某派出所警长."""
        for found in islice(re.finditer(re.escape(name), self.view), _NAMINGS):
            is_of = honor_part("told_of").match(self.view, found.end())
            if is_of is None:
                continue
            clause = self.bureaus.text.clause_at(is_of.end())
            for role in honor_part("role_told").finditer(self.view, is_of.end(), clause.end):
                if (agency := self.agency_of(is_of.end(), role.start())) is not None:
                    return agency
        return None

    @cached_property
    def headings(self) -> tuple[Paragraph, ...]:
        """The title and the subtitles."""
        return tuple(paragraph for paragraph in self.text.paragraphs[:_TOP] if paragraph.heading)

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """The names that the article itself tells with a role, those of its headings first."""
        patterns = honor_patterns()
        told = [patterns["holder-person"].search(self.view, head.start, head.end) for head in self.headings]
        inside = patterns["holder-person-inside"].finditer(self.view)
        return tuple(dict.fromkeys(found["name"] for found in (*told, *inside) if found))

    def person_named(self, start: int, end: int) -> Holder | None:
        """Return the last of these persons whom a stretch names, though without a role."""
        last = max(((self.view.rfind(name, start, end), name) for name in self.persons), default=(-1, ""))
        at, name = last
        return Holder(name, "person", self.agency_of_person(name), at, at + len(name)) if at >= 0 else None

    def by_name(self, name: str, position: int) -> Holder:
        """Return the holder that an agency's full name means."""
        for mention in self.bureaus.mentions:
            if mention.name == name:
                return _placed(holder_of(mention), position)
        home = self.bureaus.home
        if home is not None and home.name == name:
            return _placed(holder_of(home), position)
        return Holder(name, "bureau", name, position, position)


def _placed(holder: Holder, position: int) -> Holder:
    return replace(holder, start=position, end=position)
