"""The folder of a site: what has not changed is kept, and the site is the old one or the new one.

A draft grows beside the folder; a file that is to be as it was last time is linked into it, not written again. At the
end the two exchange their names, in one step on Linux and macOS: whoever opens a file of the site meets the old one or
the new one. Where the file system cannot do that, the folder is away between two renames. ``site.json`` remembers the
files' digests, which articles there are, and which there were before the last change, so that building again from the
same store changes no byte. A digest is that of the content where making it is cheap, as it is for a page, and of what
it is made of for a chart and for statements. It remembers too what all was made of, so that nothing is made where that
is the same, and what each page of claims was made of, so that such a page is not laid out again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple, cast

from kg.errors import InputError
from kg.site.swapping import swap

MANIFEST = "site.json"
_FORMAT = 1


@dataclass(slots=True)
class Counts:
    """How many files were made, kept and taken away, and how large the site is."""

    made: int = 0
    kept: int = 0
    removed: int = 0
    bytes: int = 0


class Sketch(NamedTuple):
    """A chart that a page may show: the name of its files, and what decides whether it is drawn.

    ``figures`` is a digest of its numbers, which are the same in every language.
    """

    name: str
    weight: int
    figures: str


class Made(NamedTuple):
    """How a page was made: of what, as a digest; in how many parts; which charts it may show, and which it shows."""

    of: str
    parts: int = 1
    charts: tuple[Sketch, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What an earlier build left: digests by file, articles with their digests, those before, what all was made of.

    ``made`` is how pages were made, by their path.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    first: bool = True
    inputs: str = ""
    made: Mapping[str, Made] = field(default_factory=dict)

    def then(self, articles: Mapping[str, str], inputs: str) -> State:
        """Return the state for these articles: "before" moves on only when they have changed."""
        if self.articles == articles:
            return replace(self, inputs=inputs)
        return State(self.files, articles, tuple(sorted(self.articles)), not self.articles, inputs, self.made)

    def stands(self, folder: Path, inputs: str) -> bool:
        """Tell whether a folder holds the whole site that is made of this."""
        return self.inputs == inputs and all((folder / path).is_file() for path in self.files)

    @property
    def new(self) -> frozenset[str]:
        """The articles that were not there before the last change."""
        return frozenset(self.articles) - frozenset(self.before)


class Draft:
    """The site in the making."""

    def __init__(self, folder: Path, old: Path, state: State) -> None:
        self.folder = folder
        self.old = old
        self.state = state
        self.digests: dict[str, str] = {}
        self.made: dict[str, Made] = {}
        self.counts = Counts()

    def part(self) -> Draft:
        """Return a draft that puts files of its own into the same folder, for another process."""
        return Draft(self.folder, self.old, self.state)

    def join(self, other: Draft, pages: int) -> int:
        """Take over what a part has put, and return the number of pages that it is told."""
        self.digests |= other.digests
        self.made |= other.made
        self.counts.made += other.counts.made
        self.counts.kept += other.counts.kept
        self.counts.bytes += other.counts.bytes
        return pages

    def has(self, path: str, digest: str) -> bool:
        """Tell whether the old site holds this file with this digest."""
        return self.state.files.get(path) == digest and (self.old / path).is_file()

    def put(self, path: str, digest: str, make: Callable[[], str | bytes]) -> None:
        """Put a file into the site: the old one where its digest is the same, else what ``make`` gives."""
        if path in self.digests:
            return
        if self.has(path, digest):
            self.keep(path, digest)
        else:
            content = make()
            self.write(
                path, digest, content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
            )

    def keep(self, path: str, digest: str) -> None:
        """Put the file that the old site holds."""
        target = self._place(path, digest)
        os.link(self.old / path, target)
        self.counts.kept += 1
        self.counts.bytes += target.stat().st_size

    def write(self, path: str, digest: str, content: bytes) -> None:
        """Put a new file, whatever the old site holds."""
        self._place(path, digest).write_bytes(content)
        self.counts.made += 1
        self.counts.bytes += len(content)

    def _place(self, path: str, digest: str) -> Path:
        """Return where a file with this digest is to stand."""
        self.digests[path] = digest
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def put_text(self, path: str, text: str) -> None:
        """Put a text into the site; the old file stays where it says the same."""
        data = text.encode("utf-8", "backslashreplace")
        self.put(path, digest_of(data), lambda: data)


def digest_of(*parts: str | bytes) -> str:
    """Return a digest of inputs.

    >>> digest_of("a", b"b") == digest_of("a", "b") != digest_of("ab")
    True
    """
    made = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "backslashreplace") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()[:24]


def read_state(folder: Path) -> State:
    """Return what an earlier build left in a folder; a fresh start where there is none. Raises InputError."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            return State(articles=data["articles"], before=tuple(data["before"]), first=data["first"])
        inputs = data.get("inputs", "")
        made = _read_made(data.get("pages"))
        return State(data["files"], data["articles"], tuple(data["before"]), data["first"], inputs, made)
    except FileNotFoundError:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(f"{folder}: is not empty and holds no site; give a new folder with -o") from None
        return State()
    except NotADirectoryError as error:
        raise InputError(f"{folder}: a file, not a folder; give a folder with -o") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder / MANIFEST}: cannot be read ({error}); give a new folder with -o") from error


def _read_made(pages: object) -> Mapping[str, Made]:
    """Return how pages were made; nothing where that cannot be read: then they are made anew."""
    try:
        return {
            path: Made(of, parts, tuple(Sketch(*one) for one in charts), tuple(shown))
            for path, (of, parts, charts, shown) in cast("Any", pages).items()
        }
    except (AttributeError, TypeError, ValueError):
        return {}


@contextmanager
def drafted(folder: Path, state: State) -> Iterator[Draft]:
    """Give a draft that takes the folder's place when the block ends without an exception. Raises InputError."""
    # A link to a folder stays a link: what it leads to is replaced.
    folder = folder.resolve()
    beside = folder.with_name(f".{folder.name}.new")
    gone = folder.with_name(f".{folder.name}.old")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        for left in (beside, gone):
            shutil.rmtree(left, ignore_errors=True)
        beside.mkdir()
        draft = Draft(beside, folder, state)
        try:
            yield draft
            draft.counts.removed = len(set(state.files) - set(draft.digests))
            (beside / MANIFEST).write_text(_manifest(draft), encoding="utf-8")
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        _put_in_place(beside, folder, gone)
        for left in (beside, gone):
            shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror or error}); give another with -o") from error


def _put_in_place(beside: Path, folder: Path, gone: Path) -> None:
    if not folder.exists():
        beside.rename(folder)
    elif not swap(beside, folder):
        folder.rename(gone)
        beside.rename(folder)


def _manifest(draft: Draft) -> str:
    data = {
        "format": _FORMAT,
        "inputs": draft.state.inputs,
        "articles": dict(sorted(draft.state.articles.items())),
        "before": list(draft.state.before),
        "first": draft.state.first,
        "files": dict(sorted(draft.digests.items())),
        "pages": dict(sorted(draft.made.items())),
    }
    # A line an entry: with an indent, Python's own encoder writes it, in ten times the time.
    lines = (f"{json.dumps(name)}: {_lines(value)}" for name, value in data.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _lines(value: object) -> str:
    spell = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    if not isinstance(value, dict):
        return spell(value)
    return "{\n" + ",\n".join(f"{spell(name)}: {spell(one)}" for name, one in value.items()) + "\n}"
