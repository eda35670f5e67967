"""What a site is made of, as one digest: where it is the same as last time, there is nothing to make.

Enters: a store, the digests of its graphs, and what else pages depend on. Leaves: a digest, in a hundredth of the time
that a site takes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from kg.examination import digest_of_package
from kg.resources import resource
from kg.site.checking import kept_reports
from kg.store import Store

_WRITERS = ("jinja2", "markupsafe", "pyoxigraph")


def digest_of_inputs(store: Store, digests: Mapping[str, str], *told: str) -> str:
    """Return a digest of all that the pages of a store depend on.

    ``digests`` are those of its graphs; ``told`` is what pages depend on besides.
    """
    return _digest_of(
        [json.dumps([told, sorted(digests.items())]).encode(), *_programs(), *_articles(store), *_files(store)]
    )


def digest_of_programs() -> str:
    """Return a digest of what makes pages of statements: this package, its texts, and what it rests on."""
    return _digest_of(_programs())


def _digest_of(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _programs() -> Iterator[bytes]:
    yield f"{digest_of_package()} {sys.version}".encode()
    yield from (f"{name} {version(name)}".encode() for name in _WRITERS)
    for folder in (resource("web"), resource("queries")):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


def _articles(store: Store) -> Iterator[bytes]:
    held = sorted(store.held.values(), key=lambda one: one.id)
    told = [(one.id, one.digest, one.graph, one.refused, sorted(one.counts.items())) for one in held]
    yield json.dumps(told).encode()


def _files(store: Store) -> Iterator[bytes]:
    """Give the files of articles that the gate looks at again, as far as they are there."""
    _, lacking = kept_reports(store)
    for source in sorted({store.held[id].source for id in lacking}):
        path = Path(source)
        yield path.read_bytes() if path.is_file() else b""
