"""What a process has worked out, kept for the next as Python keeps modules: in ``__pycache__``, beside what made it.

Nothing is kept where Python keeps nothing, or into a folder that cannot be written. What is read is no more trusted
than the modules that lie beside it.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any


def kept_beside(module: str) -> Path:
    """Return the file in which a module, named by its ``__file__``, keeps what it has worked out."""
    return Path(cache_from_source(module)).with_suffix(".kept")


def read_kept(path: Path, version: Any) -> Any:
    """Return what was kept under the same version, None where nothing can be read or it is of another version.

    ``version`` and what is kept are made of what ``marshal`` writes.
    """
    try:
        found, data = marshal.loads(path.read_bytes())
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return data if found == version else None


def write_kept(path: Path, version: Any, data: Any) -> bool:
    """Keep something in place of what the file holds, whole or not at all; False where it was not kept."""
    if sys.dont_write_bytecode:
        return False
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        draft.write_bytes(marshal.dumps((version, data)))
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        return False
    return True
