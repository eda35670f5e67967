"""Where articles lie: files, folders, lines, rows and buckets to pieces that can be read anywhere.

Enters: what a person names. Leaves: one ``Piece`` for each article, its bytes at hand or to be fetched, not decoded
yet, so that the work of reading can go to another process or machine. JSON Lines and Parquet are taken apart here, a
line or a row at a time. An address such as ``s3://bucket/reports`` is opened by fsspec, from the extra ``buckets``;
Parquet needs the extra ``tables``.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from kg.article.encoding import MAX_BYTES, binary_kind
from kg.errors import ArticleError, UsageError

LINES_ENDINGS = frozenset([".jsonl", ".ndjson"])
PARQUET_ENDINGS = frozenset([".parquet", ".pq"])
ENDINGS = frozenset([".txt", ".text", ".md", ".markdown", ".html", ".htm"]) | LINES_ENDINGS | PARQUET_ENDINGS
_NO_ARTICLES = {
    **dict.fromkeys(
        (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf", ".owl", ".n3", ".xml"),
        "RDF or other data, no article; kg check and kg diff read RDF in .ttl, .nt, .nq, .trig and .jsonld",
    ),
    **dict.fromkeys((".json", ".csv", ".tsv"), "data, no article; JSON Lines (.jsonl) of id and text is read"),
}
"""Endings of files that have words, but not those of an article, and what to say of them."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")
_COLUMNS = ("id", "text", "published", "publisher", "title")
_ROWS = 256


@dataclass(frozen=True, slots=True)
class Piece:
    """One article that is not read yet.

    ``source`` is the file or address it lies in, ``where`` that and its line for people, ``name`` its id unless it
    states one. ``ending`` says how to read it: ".jsonl" is a record of JSON. ``data`` is None where the bytes are to be
    fetched from ``source``; ``version`` then tells them from what was there before. ``size`` is its share of that.
    """

    source: str
    where: str
    name: str
    ending: str
    data: bytes | None
    size: int
    version: str = ""

    def digest(self) -> str:
        """Return what changes whenever the article, or how it is to be read, changes; not where its line moves."""
        told = json.dumps([self.stated_name(), self.ending, self.version]).encode()
        return hashlib.sha256(told + b"\0" + (self.data or b"")).hexdigest()

    def stated_name(self) -> str:
        """Return the id that a record of JSON states, else the piece's name."""
        name: object = None
        if self.ending in LINES_ENDINGS and self.data is not None:
            with suppress(ValueError, RecursionError, AttributeError):
                name = json.loads(self.data.decode("utf-8-sig")).get("id")
        return str(name) if isinstance(name, str | int) and str(name) else self.name

    def bytes(self) -> bytes:
        """Return the bytes of the article. Raises ArticleError where they cannot be fetched."""
        if self.data is not None:
            return self.data
        try:
            with _opened(self.source) as file:
                return bytes(file.read(MAX_BYTES + 1))
        except ArticleError:
            raise
        except Exception as error:
            raise ArticleError(f"{self.source}: cannot be fetched ({_reason(error)})") from error


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files and addresses in which articles lie.

    ``size`` is how many bytes they have together, None where that is unknown; ``roots`` are the addresses that were
    looked into, spelled as those of the files are.
    """

    files: Sequence[Path | Remote]
    size: int | None
    roots: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Piece | ArticleError]:
        """Give the pieces in the order of files, lines and rows; in place of what cannot be read, why."""
        for file in self.files:
            yield from pieces_in(file)


@dataclass(frozen=True, slots=True)
class Remote:
    """A file at an address."""

    url: str
    size: int | None
    version: str

    @property
    def name(self) -> str:
        """Return the last part of the address."""
        return self.url.rstrip("/").rsplit("/", 1)[-1]


def inputs(paths: Iterable[Path | str]) -> Inputs:
    """Return what the paths and addresses name. Raises ArticleError as ``article_files`` does."""
    files: list[Path | Remote] = []
    roots: list[str] = []
    for path in paths:
        if is_address(path):
            root, found = remote_files(str(path))
            roots.append(root)
            files += found
        else:
            files += article_files([path])
    unique = {_key(file): file for file in files}
    sizes = [_size(file) for file in unique.values()]
    known = [size for size in sizes if size is not None]
    return Inputs(list(unique.values()), sum(known) if len(known) == len(sizes) else None, tuple(roots))


def is_address(path: Path | str) -> bool:
    """Tell whether this is no path but an address, such as s3://bucket/folder."""
    return isinstance(path, str) and _ADDRESS.match(path) is not None


def _key(file: Path | Remote) -> str:
    if isinstance(file, Remote):
        return file.url
    return "-" if str(file) == "-" else os.path.realpath(file)


def _size(file: Path | Remote) -> int | None:
    if isinstance(file, Remote):
        return file.size
    try:
        return None if str(file) == "-" else file.stat().st_size
    except OSError:
        return 0


# --- files ------------------------------------------------------------------------------------------------------------


def article_files(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files that the paths name, each once, folders opened, hidden files and links to folders left out.

    Raises ArticleError for a path that does not exist or holds other data, and for a folder that cannot be looked into
    or has no articles.
    """
    found: dict[str, Path] = {}
    for given in paths:
        path = Path(given)
        if str(given) == "-":
            found.setdefault("-", path)
            continue
        for file in _files_of(path):
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _files_of(path: Path) -> list[Path]:
    try:
        path.stat()
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if not path.is_dir():
        if (what := _NO_ARTICLES.get(path.suffix.lower())) is not None:
            raise ArticleError(f"{shown(path)}: {what}")
        return [path]
    failures: list[OSError] = []
    files = [
        Path(folder, name)
        for folder, folders, names in os.walk(path, onerror=failures.append)
        if _open_folders(folders)
        for name in names
        if Path(name).suffix.lower() in ENDINGS and not name.startswith(".") and not Path(folder, name).is_dir()
    ]
    if failures:  # what cannot be looked into is not gone
        raise unreadable(Path(failures[0].filename or path), failures[0])
    if not files:
        raise ArticleError(f"{shown(path)}: a folder without articles; they end in {', '.join(sorted(ENDINGS))}")
    return sorted(files, key=lambda file: file.parts)


def _open_folders(folders: list[str]) -> bool:
    """Leave hidden folders out of a walk."""
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    return True


def pieces_in(file: Path | Remote) -> Iterator[Piece | ArticleError]:
    """Give the pieces of one file; in place of what cannot be read, why."""
    if isinstance(file, Remote):
        yield from _pieces_at(file)
        return
    if str(file) == "-":
        yield from _pieces_of_standard_input()
        return
    ending, where, source = file.suffix.lower(), shown(file), os.path.realpath(file)
    try:
        if ending in LINES_ENDINGS:
            with file.open("rb") as lines:
                yield from _pieces_of_lines(_bounded_lines(lines), source, where, file.stem)
        elif ending in PARQUET_ENDINGS:
            with file.open("rb") as table:
                yield from _pieces_of_table(table, source, where, file.stem, file.stat().st_size)
        else:
            data = bytes_of(file)
            yield Piece(source, where, file.stem, ending, data, len(data))
    except ArticleError as error:
        yield error
    except (OSError, ValueError) as error:
        yield unreadable(file, error)


def _pieces_of_standard_input() -> Iterator[Piece | ArticleError]:
    stream = sys.stdin.buffer
    first = stream.readline(MAX_BYTES + 1)
    if first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b'{"'):
        yield from _pieces_of_lines(chain([first], _bounded_lines(stream)), "-", "standard input", "stdin")
        return
    data = first + stream.read(max(0, MAX_BYTES + 1 - len(first)))
    yield Piece("-", "standard input", "stdin", "", data, len(data))


def _pieces_of_lines(lines: Iterable[bytes], source: str, shown: str, stem: str) -> Iterator[Piece | ArticleError]:
    """Give a piece for each line of JSON Lines."""
    some = False
    for number, line in enumerate(lines, 1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        if not some and (kind := binary_kind(line)) is not None:
            yield ArticleError(f"{shown}: {kind}, not text; export it as JSON Lines")
            return
        some = True
        where = f"{shown}, line {number}"
        if len(line) > MAX_BYTES:
            yield ArticleError(f"{where}: longer than {MAX_BYTES:,} bytes; split the article")
            return
        kept = line.strip(b"\xef\xbb\xbf \t\r\n")
        yield Piece(source, where, f"{stem}-{number}", ".jsonl", kept, len(line))
    if not some:
        yield ArticleError(f"{shown}: empty file; an article needs words")


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Give the lines of a stream, cut where one is longer than an article may be."""
    while line := stream.readline(MAX_BYTES + 1):
        yield line


def _pieces_of_table(stream: BinaryIO, source: str, shown: str, stem: str, size: int) -> Iterator[Piece | ArticleError]:
    """Give a piece for each row of a Parquet file, read a few rows at a time."""
    parquet = _extra("pyarrow.parquet", "tables", shown)
    try:
        table = parquet.ParquetFile(stream)
        rows = table.metadata.num_rows
        columns = [name for name in _COLUMNS if name in table.schema_arrow.names]
        if "text" not in columns:
            yield ArticleError(f'{shown}: no column "text"; expected columns id, text, published, publisher, title')
            return
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
            for row in batch.to_pylist():
                number += 1
                record = {name: _plain(value) for name, value in row.items() if value is not None}
                line = json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace")
                if len(line) > MAX_BYTES:
                    yield ArticleError(f"{shown}, row {number}: longer than {MAX_BYTES:,} bytes; split the article")
                    continue
                yield Piece(source, f"{shown}, row {number}", f"{stem}-{number}", ".jsonl", line, size // rows)
    except _extra("pyarrow", "tables", shown).ArrowException as error:
        yield ArticleError(f"{shown}: cannot be read as Parquet ({_reason(error)})")
        return
    if not number:
        yield ArticleError(f"{shown}: empty file; an article needs words")


def _plain(value: object) -> object:
    """Return a value of a table as JSON has it: days as YYYY-MM-DD."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value if isinstance(value, str | int) else str(value)


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file, one more than an article may have at most. Raises ArticleError."""
    try:
        with path.open("rb") as file:
            # A buffer of all that an article may have would stay a mapping of its own; a process has 65,530 of them.
            size = min(os.fstat(file.fileno()).st_size, MAX_BYTES)
            data = file.read(size + 1)
            return data if len(data) <= size else data + file.read(MAX_BYTES - size)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


# --- addresses --------------------------------------------------------------------------------------------------------


def remote_files(url: str) -> tuple[str, list[Remote]]:
    """Return an address as its files spell it, and the file there or the articles below it, in order of their names.

    Raises ArticleError where there is none, UsageError where what opens such addresses is not installed.
    """
    fsspec = _extra("fsspec", "buckets", url)
    try:
        files, path = fsspec.core.url_to_fs(url)
        if files.isfile(path):
            found = {path: files.info(path)}
        else:
            found = {
                name: about
                for name, about in files.find(path, detail=True).items()
                if Path(name).suffix.lower() in ENDINGS and not any(part.startswith(".") for part in name.split("/"))
            }
        remotes = [
            Remote(files.unstrip_protocol(name), about.get("size"), _version(about)) for name, about in found.items()
        ]
    except ImportError as error:
        raise UsageError(f"{url}: {error}") from error
    except ValueError as error:
        raise UsageError(f"{url}: {_reason(error)}") from error
    except Exception as error:
        raise ArticleError(f"{url}: cannot be looked into ({_reason(error)})") from error
    if not remotes:
        raise ArticleError(f"{url}: no articles there; they end in {', '.join(sorted(ENDINGS))}")
    return str(files.unstrip_protocol(path)), sorted(remotes, key=lambda one: one.url)


def _version(about: dict[str, Any]) -> str:
    """Return what a bucket says of the bytes of a file: their digest where it has one, else size and time."""
    told = [about.get(name) for name in ("ETag", "etag", "md5Hash", "checksum") if about.get(name)]
    return str(told[0]) if told else f"{about.get('size')} {about.get('mtime') or about.get('created') or ''}"


def _pieces_at(file: Remote) -> Iterator[Piece | ArticleError]:
    ending = Path(file.name).suffix.lower()
    stem = Path(file.name).stem
    if ending not in LINES_ENDINGS | PARQUET_ENDINGS:
        yield Piece(file.url, file.url, stem, ending, None, file.size or 0, file.version)
        return
    try:
        with _opened(file.url) as stream:
            if ending in LINES_ENDINGS:
                # Files of S3 read lines without a limit, which a line of a gigabyte needs.
                yield from _pieces_of_lines(_bounded_lines(io.BufferedReader(stream)), file.url, file.url, stem)
            else:
                yield from _pieces_of_table(stream, file.url, file.url, stem, file.size or 0)
    except ArticleError as error:
        yield error
    except Exception as error:
        yield ArticleError(f"{file.url}: cannot be fetched ({_reason(error)})")


def _opened(url: str) -> Any:
    return _extra("fsspec", "buckets", url).open(url, "rb").open()


def _extra(module: str, extra: str, where: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(f'{where}: needs {module.split(".")[0]}; pip install "pingan-kg[{extra}]"') from error


# --- what is said of what cannot be read ------------------------------------------------------------------------------


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def unreadable(path: Path, error: Exception) -> ArticleError:
    """Return what to say of a path that cannot be read."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ArticleError(f"{shown(path)}: {reason}; check the path")


def shown(path: Path) -> str:
    """Return the path in one line that any terminal can show."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(path))
