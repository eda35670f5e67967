"""Settings that stand below the options: kg.toml in the current folder, then the environment."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from kg.errors import UsageError

SETTINGS: Mapping[str, type] = {"store": str, "limit": int, "timeout": float}
"""What kg.toml may set; in the environment KG_STORE, KG_LIMIT, KG_TIMEOUT."""


def settings(folder: Path, environment: Mapping[str, str]) -> dict[str, object]:
    """Return the defaults that kg.toml and the environment give. Raises UsageError where they cannot be meant.

    >>> settings(Path("/nowhere"), {"KG_STORE": "elsewhere"})
    {'store': 'elsewhere'}
    """
    return {**_from_file(folder / "kg.toml"), **_from_environment(environment)}


def _from_file(path: Path) -> dict[str, object]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path.name}: cannot be read ({error})") from error
    return {name: _setting(name, value, f"{path.name}: {name}") for name, value in data.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    given = {name: environment.get(f"KG_{name.upper()}") for name in SETTINGS}
    return {name: _setting(name, value, f"KG_{name.upper()}") for name, value in given.items() if value}


def _setting(name: str, value: object, where: str) -> object:
    kind = SETTINGS.get(name)
    if kind is None:
        raise UsageError(f"{where} is no setting; there are {', '.join(SETTINGS)}")
    try:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return kind(value)
    except ValueError:
        pass
    raise UsageError(f"{where} is {value!r}; expected {kind.__name__}")
