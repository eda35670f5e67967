"""The names of nested units behind an agency, and what can be a name at all."""

from __future__ import annotations

from dataclasses import replace

from kg.mentions.agency.model import STATION, Agency
from kg.mentions.agency.pattern import part


def can_be_a_name(name: str) -> bool:
    """Tell whether words can be the name of a station or unit: "兴隆派出所", but not "基本完成派出所"."""
    return part("no_name").search(name) is None


def tails(view: str, end: int) -> tuple[int, tuple[str, ...]]:
    """Return where the chain of names below an agency ends, and those names."""
    names: list[str] = []
    tail = part("tail")
    while (found := tail.match(view, end)) is not None and can_be_a_name(found[0]) and found[0] != STATION:
        names.append(found[0].removeprefix("下设"))  # 支队下设特战大队
        end = found.end()
    return end, tuple(names)


def with_names_below(agency: Agency, view: str) -> Agency:
    """Return an agency with the names behind it that are below it."""
    end, below = tails(view, agency.end)
    return replace(agency, end=end, below=agency.below + below) if below else agency
