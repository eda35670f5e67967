"""The folder of a store: its pointer, its generations, its locks.

Enters: a path. Leaves: which generation counts, what it remembers, the next one; all writes are by rename.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.model import FORMAT, Held, Pointer

DIGESTS = "graphs.json"
FOUND = "gate.jsonl"
PACKS = "turtle.txt"
DERIVED = "derived.txt"
_FILES = ("store.json", FOUND, PACKS, DERIVED, "reviews.jsonl")
_OWN = ("lock", *(f"{name}{new}" for name in _FILES for new in ("", ".new")))
_GENERATION = re.compile("g-[0-9]{6,}")


def read_pointer(folder: Path) -> Pointer | None:
    """Return which generation counts, or None where the folder holds no store. Raises StoreError for another format."""
    pointer = _named_pointer(folder)
    while pointer is not None:
        found = pointer._replace(generation=_whole_generation(folder, pointer.generation))
        if (folder / found.generation / "state.json").exists():
            return found
        moved = _named_pointer(folder)  # a writer may have swept the generation away since
        if moved == pointer:
            raise StoreError(
                f"{folder}: {found.generation}/state.json is gone, so nobody knows what the store holds; "
                "build anew: kg build --store NEW-FOLDER ARTICLE..."
            )
        pointer = moved
    return None


def _named_pointer(folder: Path) -> Pointer | None:
    """Return what store.json says."""
    path = folder / "store.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        pointer = Pointer(
            *(data[name] for name in ("format", "generation", "package")),
            *(data.get(name, "") for name in ("inferred_by", "vocabularies")),
        )
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise StoreError(f"{folder}: a file, not a folder; give the folder of a store") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: {_why_unread(error)}; give another folder, or build into a new one") from error
    if pointer.format != FORMAT:
        raise StoreError(
            f"{folder}: a store of format {pointer.format}, written by {pointer.package}; this version reads "
            f"format {FORMAT}. Build into a new folder, or use the version that wrote it"
        )
    if not isinstance(pointer.generation, str) or not _GENERATION.fullmatch(pointer.generation):
        raise StoreError(f"{folder}: store.json names no generation of a store; build into a new folder")
    return pointer


def _whole_generation(folder: Path, generation: str) -> str:
    """Return the generation that counts, or the one before where a copy of the folder was too early to have it whole.

    A copy takes time: store.json may be the new one while the generation that it names was copied half made.
    """
    if (folder / generation / "state.json").exists():
        return generation
    older = (path.parent.name for path in folder.glob("g-*/state.json") if path.parent.name < generation)
    return max(older, default=generation)


def read_state(generation: Path) -> Mapping[str, Held]:
    """Return what a generation remembers of its articles. Raises StoreError where it cannot be read."""
    path = generation / "state.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {
            row["id"]: Held(**{**row, **{key: tuple(row.get(key, ())) for key in ("refused", "refused_zh")}})
            for row in rows
        }
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: {_why_unread(error)}; build into a new folder") from error


def _why_unread(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return f"cannot be read ({reason or 'not what kg build writes'})"


def read_digests(generation: Path) -> dict[str, str]:
    """Return the digests of graphs that a generation has kept; none where they cannot be read: then they are made."""
    try:
        found = json.loads((generation / DIGESTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(graph): str(digest) for graph, digest in found.items()} if isinstance(found, dict) else {}


def hold_shared(generation: Path) -> BinaryIO | None:
    """Return a file of a generation with a shared lock on it, None where the generation is gone."""
    try:
        file = (generation / "state.json").open("rb")
    except OSError:
        return None
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def make_folder(folder: Path) -> None:
    """Make the folder of a store where there is none. Raises StoreError where something else stands there."""
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: a file, not a folder; give the folder of a store")
    folder.mkdir(parents=True, exist_ok=True)
    strangers = [p.name for p in folder.iterdir() if p.name not in _OWN and not p.name.startswith("g-")]
    if strangers and not (folder / "store.json").exists():
        raise StoreError(f"{folder}: holds other files ({min(strangers)}) and no store; give a new folder with --store")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's one writer's lock. The kernel frees it with the process, however that ends."""
    with (folder / "lock").open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(
                f"{folder}: another process is writing to this store; try again when it is done"
            ) from error
        yield


def next_generation(folder: Path, pointer: Pointer | None) -> Path:
    """Return a new generation's folder, its database a hard-linked copy of the one that counts."""
    number = 0 if pointer is None else int(pointer.generation[2:])
    sweep(folder, keep={pointer.generation if pointer else "", f"g-{number - 1:06}"})
    generation = folder / f"g-{number + 1:06}"
    generation.mkdir()
    if pointer is not None:
        ox.Store.read_only(str(folder / pointer.generation / "rdf")).backup(generation / "rdf")
    return generation


def sweep(folder: Path, keep: set[str]) -> None:
    """Remove generations that do not count and that no reader holds."""
    for generation in folder.glob("g-*"):
        if generation.name not in keep and not _is_held(generation):
            (generation / "state.json").unlink(missing_ok=True)
            remove_folder(generation)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it."""
    import shutil  # takes time that a query does not have

    shutil.rmtree(folder, ignore_errors=True)


def _is_held(generation: Path) -> bool:
    try:
        with (generation / "state.json").open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def write_state(generation: Path, held: Mapping[str, Held]) -> None:
    """Write what a generation remembers of its articles, which makes it whole."""
    spell = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
    rows = ",\n".join(spell(article._asdict()) for _, article in sorted(held.items()))
    replace_file(generation / "state.json", f"[\n{rows}\n]\n")


def replace_file(path: Path, text: str) -> None:
    """Write a file so that it is the old one or the new one at every moment, also after a power cut."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
