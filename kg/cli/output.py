"""Where output goes: standard output, or a file that is the old one or the new one."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from kg.errors import InputError


def emit(text: str | bytes, output: str | None = None) -> None:
    """Write text or bytes to standard output or, whole or not at all, to a file. Raises InputError where that fails."""
    if output is None or output == "-":
        if sys.stdout is None:  # closed before the start
            raise InputError("standard output is closed; open it, or name a file with -o")
        if isinstance(text, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(text)
        else:
            sys.stdout.write(text)
        return
    path = Path(output)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(_encoded(text))  # a device or a pipe cannot be replaced
        else:
            _replace(path, text)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error}); give another file with -o") from error


def _encoded(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")


def _replace(path: Path, text: str | bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder")
    target = path.resolve()
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_encoded(text))
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
