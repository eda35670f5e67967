"""Where the data folders are: beside the package in a checkout, inside it in a wheel.

``ontology/``, ``mappings/``, ``queries/`` and ``web/`` are the only folders that travel.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import MappingError

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
