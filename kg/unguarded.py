"""Values that an article has by the thousand: dataclasses that are frozen for the type checker and cheap to make.

A frozen dataclass guards its fields at run time as well, against its own ``__init__`` too, which therefore sets each
field through ``object.__setattr__``: at four times the price of an assignment, a twelfth of the time of an extraction.
"""

from __future__ import annotations

from dataclasses import field, fields, make_dataclass
from typing import Any, TypeVar

_Class = TypeVar("_Class", bound=type[Any])


def unguarded(cls: _Class) -> _Class:
    """Return a frozen dataclass with slots whose fields nothing but the type checker guards.

    >>> from dataclasses import dataclass
    >>> @unguarded
    ... @dataclass(frozen=True, slots=True)
    ... class Span:
    ...     start: int
    ...     end: int = 9
    >>> Span(3), Span(3) == Span(3, end=9), hash(Span(3)) == hash(Span(3))
    (Span(start=3, end=9), True, True)
    """
    told = [(f.name, f.type, field(default=f.default, default_factory=f.default_factory)) for f in fields(cls)]
    cls.__init__ = make_dataclass(cls.__name__, told, eq=False, repr=False).__init__  # type: ignore[misc]
    del cls.__setattr__, cls.__delattr__
    return cls
