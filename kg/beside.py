"""What a store keeps beside its database: files of lines behind digests, to which builds only add.

A line counts for what remembers its digest. A killed build may have broken off the last one. Digests and base64 are
imported where they are needed, which a query does not.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TextIO


class Beside:
    """A file of lines behind digests."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def lines(self) -> Iterator[tuple[str, str]]:
        """Give digests with the line behind each, those in full."""
        try:
            with self._path.open("rb") as file:
                for line in file:
                    digest, space, rest = line.decode("utf-8", "replace").partition(" ")
                    if space and rest.endswith("\n"):
                        yield digest, rest[:-1]
        except OSError:  # what cannot be read is made anew, as what is not there
            return

    def add(self, digest: str, line: str) -> None:
        """Add a line."""
        if self._file is None:
            self._file = self._open()
        self._file.write(f"{digest} {line}\n")

    def packs(self, digests: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Give the bytes that ``add_pack`` added and that have one of some digests, as far as they are undamaged."""
        for digest, line in self._lines_of(digests):
            pack = _from_base64(line)
            if digest_of(pack) == digest:
                yield digest, pack

    def add_pack(self, pack: bytes) -> None:
        """Add bytes behind their digest."""
        from base64 import b64encode

        self.add(digest_of(pack), b64encode(pack).decode())

    def texts(self, digests: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Give the bytes that ``add_text`` added behind some of these digests, as far as they are undamaged."""
        import zlib

        for digest, line in self._lines_of(digests):
            try:
                text = zlib.decompress(_from_base64(line))
            except zlib.error:
                continue
            if digest_of(text) == digest:
                yield digest, text

    def _lines_of(self, digests: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Give some digests with the line behind each; what stands behind others is not looked at."""
        try:
            with self._path.open("rb") as file:
                for line in file:
                    digest = line[: max(line.find(b" "), 0)].decode("utf-8", "replace")
                    if digest in digests and line.endswith(b"\n"):
                        yield digest, line[len(digest) + 1 : -1]
        except OSError:  # as in ``lines``
            return

    def add_text(self, digest: str, text: bytes) -> None:
        """Add bytes, which are compressed, behind their digest."""
        import zlib
        from base64 import b64encode

        self.add(digest, b64encode(zlib.compress(text, 1)).decode())

    def _open(self) -> TextIO:
        """Open the file behind a line that was broken off."""
        with self._path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read() != b"\n":
                    file.write(b"\n")
        return self._path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n")

    def sort_out(self, digests: Collection[str]) -> None:
        """Leave out lines with other digests than these."""
        self.close()
        if not self._path.exists():
            return
        draft = self._path.with_name(f"{self._path.name}.new")
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{digest} {line}\n" for digest, line in self.lines() if digest in digests)
        draft.replace(self._path)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def digest_of(pack: bytes) -> str:
    """Return the digest behind which bytes are kept."""
    from hashlib import sha256

    return sha256(pack).hexdigest()


def _from_base64(line: bytes) -> bytes:
    from base64 import b64decode

    try:
        return b64decode(line)
    except ValueError:  # whoever wrote to the file
        return b""
