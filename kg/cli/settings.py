"""Settings that stand below the options: kg.toml in the current folder, then the environment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import UsageError
from kg.handed import read_handed

SETTINGS: Mapping[str, type] = {"store": str, "limit": int, "timeout": float}
"""What kg.toml may set; in the environment KG_STORE, KG_LIMIT, KG_TIMEOUT."""

_SPELLED: Mapping[type, type | tuple[type, ...]] = {str: str, int: int, float: (int, float)}
"""How TOML spells a setting of a type."""


_SLIP = 0.85
"""How much of two names agrees where one is a slip of the other: KG_STOR, but not KG_SERVERS."""


def settings(folder: Path, environment: Mapping[str, str]) -> dict[str, object]:
    """Return the defaults that kg.toml and the environment give. Raises UsageError where they cannot be meant.

    >>> settings(Path("/nowhere"), {"KG_STORE": "elsewhere"})
    {'store': 'elsewhere'}
    """
    return {**_from_file(folder / "kg.toml"), **_from_environment(environment)}


def _from_file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    import tomllib

    try:
        data = tomllib.loads(read_handed(path, "settings are TOML in UTF-8", UsageError))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path.name}: no TOML: {error}") from error
    for name, value in data.items():
        where, kind = f"{path.name}: {name}", SETTINGS.get(name)
        if kind is None:
            raise UsageError(f"{where} is no setting; there are {', '.join(SETTINGS)}")
        if not isinstance(value, _SPELLED[kind]) or not _can_be_meant(value):
            raise UsageError(f"{where} is {value!r}; expected {kind.__name__}")
    return {name: SETTINGS[name](value) for name, value in data.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    _refuse_slips(environment)
    found: dict[str, object] = {}
    for name, kind in SETTINGS.items():
        where = f"KG_{name.upper()}"
        if value := environment.get(where):
            try:
                found[name] = kind(value)
            except ValueError:
                found[name] = None
            if not _can_be_meant(found[name]):
                raise UsageError(f"{where} is {value!r}; expected {kind.__name__}")
    return found


def _refuse_slips(environment: Mapping[str, str]) -> None:
    """Raise UsageError for a variable that is spelled nearly as a setting; others that begin so are not kg's.

    >>> _refuse_slips({"KG_STOR": "elsewhere", "KG_VENV": "here"})
    Traceback (most recent call last):
    kg.errors.UsageError: KG_STOR in the environment is no setting; did you mean KG_STORE?
    """
    wanted = [f"KG_{name.upper()}" for name in SETTINGS]
    for name in sorted(environment):
        if name.startswith("KG_") and name not in wanted:
            from difflib import get_close_matches

            if near := get_close_matches(name, wanted, n=1, cutoff=_SLIP):
                raise UsageError(f"{name} in the environment is no setting; did you mean {near[0]}?")


def _can_be_meant(value: object) -> bool:
    """Tell whether a value is text or a number that is neither negative nor beyond all measure."""
    return isinstance(value, str) or (
        isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1_000_000_000
    )
