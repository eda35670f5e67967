"""Where output goes: standard output, or a file that is the old one or the new one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from kg.errors import InputError


def emit(text: str | bytes | Iterable[str], output: str | None = None) -> None:
    """Write text, bytes or pieces of text to standard output or, whole or not at all, to a file.

    Raises InputError where that fails.
    """
    pieces = [text] if isinstance(text, str | bytes) else text
    if output is None or output == "-":
        if sys.stdout is None:  # closed before the start
            raise InputError("standard output is closed; open it, or name a file with -o")
        for piece in pieces:
            if isinstance(piece, bytes):
                sys.stdout.flush()
                sys.stdout.buffer.write(piece)
            else:
                sys.stdout.write(piece)
        return
    path = Path(output)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:  # a device or a pipe cannot be replaced
                file.writelines(map(_encoded, pieces))
        else:
            _replace(path, pieces)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); give another file with -o") from error


def _encoded(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")


def _replace(path: Path, pieces: Iterable[str | bytes]) -> None:
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder")
    target = path.resolve()
    import tempfile  # takes longer than a query

    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(map(_encoded, pieces))
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def say(message: str) -> None:
    """Write a line for people to standard error."""
    sys.stderr.write(f"{message}\n")


def default_format() -> str:
    """Return "table" on a terminal, "jsonl" in a pipe."""
    return "table" if sys.stdout is not None and sys.stdout.isatty() else "jsonl"
