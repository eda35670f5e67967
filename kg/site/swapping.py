"""Two folders exchange their names at one moment, as far as the system can do that."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # sys/stdio.h of macOS


_Call = Callable[[bytes, bytes], int]


def swap(one: Path, other: Path) -> bool:
    """Let two folders of one file system exchange their names; False, and nothing done, where that cannot be.

    Whoever opens a path below meets the one folder or the other, and never none.
    """
    call = _exchange()
    return call is not None and call(os.fsencode(one), os.fsencode(other)) == 0


@cache
def _exchange() -> _Call | None:
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            renamex = library.renamex_np
            return lambda one, other: int(renamex(one, other, _RENAME_SWAP))
        rename = library.renameat2
        return lambda one, other: int(rename(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE))
    except (AttributeError, OSError, TypeError):
        return None
