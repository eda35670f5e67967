"""Where the data folders are: beside the package in a checkout, inside it in a wheel.

``ontology/``, ``mappings/``, ``queries/`` and ``web/`` are the only folders that travel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from kg.errors import MappingError
from kg.handed import decode_handed

_PACKAGE = Path(__file__).parent


@cache
def resource(*parts: str) -> Path:
    """Return the path of a data file or folder, such as ``resource("mappings", "context.jsonld")``.

    Raises MappingError when an installation lacks it.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise MappingError(f"{'/'.join(parts)}: not in this installation of pingan-kg; install it again")


def read_resource(*parts: str) -> str:
    """Return the text of a data file. Raises MappingError where it is missing, or is no UTF-8."""
    return decode_handed(resource(*parts).read_bytes(), "/".join(parts), "save it again as UTF-8", MappingError)


def table(*parts: str, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each line of a TSV file behind its header, which names just these columns.

    Raises MappingError where the file is missing or malformed.
    """
    rows = rows_of("/".join(parts), read_resource(*parts).split("\n"), columns)
    next(rows)
    return rows


def rows_of(
    where: str, lines: Iterable[str], columns: Sequence[str], *, optional: bool = False
) -> Iterator[tuple[int, list[str]]]:
    r"""Yield the number and the cells of each line of a TSV file that has some, its header first.

    ``columns`` are those that it has, or with ``optional`` the first of them. Raises MappingError where the header is
    another, or a line has another number of cells.

    >>> list(rows_of("unit.tsv", ["word\tkind", "起\tcount"], ["word", "kind"]))[1:]
    [(2, ['起', 'count'])]
    """
    wanted, header = list(columns), None
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if header is None:
            header = cells
            if (header[: len(wanted)] if optional else header) != wanted:
                raise MappingError(f"{where}, line 1: the header is {' '.join(header)!r}, not {' '.join(wanted)!r}")
        elif cells == [""]:
            continue
        elif len(cells) != len(header):
            raise MappingError(f"{where}, line {number}: {len(cells)} columns, the header has {len(header)}")
        yield number, cells
    if header is None:
        raise MappingError(f"{where}: empty; the first line names its columns: {' '.join(wanted)}")
