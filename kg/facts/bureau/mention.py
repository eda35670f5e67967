"""Mentions of agencies: the words, and which agency they mean."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.facts.office import Office
from kg.unguarded import unguarded
from kg.values.place import Division


@unguarded
@dataclass(frozen=True, slots=True)
class BureauMention:
    """A stretch ``start`` to ``end`` of the view that means an agency; ``alias`` where not by its official name."""

    start: int
    end: int
    name: str
    level: str
    place: str | None
    parent: str | None
    rule: str
    alias: bool = False
    division: Division | None = None

    @property
    def office(self) -> Office:
        """The agency meant."""
        return Office(self.name, self.level, self.place, self.parent, self.division)

    def meaning(self, office: Office) -> BureauMention:
        """Return the mention as one of another agency."""
        return replace(
            self,
            name=office.name,
            level=office.level,
            place=office.place,
            parent=office.parent,
            division=office.division,
        )
