"""Text that somebody hands over, as a file or on standard input: what it says, or one line on why it cannot be read.

Articles, which come in more encodings and from more places, are read by ``kg.article``.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError, KgError


def read_handed(path: Path, wanted: str, kind: type[KgError] = InputError) -> str:
    """Return the text of a file in UTF-8. Raises ``kind`` where it cannot be read: why, and what is ``wanted``.

    >>> read_handed(Path("/nowhere.jsonl"), "give facts as JSON Lines")
    Traceback (most recent call last):
    kg.errors.InputError: /nowhere.jsonl: No such file or directory; give facts as JSON Lines
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise kind(f"{path}: {error.strerror or error}; {wanted}") from error
    return decode_handed(data, str(path), wanted, kind)


def decode_handed(data: bytes, where: str, wanted: str, kind: type[KgError] = InputError) -> str:
    """Return the text that bytes spell in UTF-8. Raises ``kind`` where they spell none.

    >>> decode_handed(bytes([65, 255]), "standard input", "give facts as JSON Lines")
    Traceback (most recent call last):
    kg.errors.InputError: standard input: not UTF-8 (byte 1); give facts as JSON Lines
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise kind(f"{where}: not UTF-8 (byte {error.start}); {wanted}") from error
