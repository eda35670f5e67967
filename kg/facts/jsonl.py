"""Facts as JSON Lines, in the contract's spelling, and back.

Enters: facts, or lines that anybody wrote. Leaves: lines, or facts that are checked field by field. This is the one
module that knows the camel-case names. Fields it does not know are let pass; a field of the contract that is missing
or of another type is refused with file, line and what was expected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from kg.errors import InputError
from kg.facts.model import Bureau, Campaign, Derivation, Evidence, Fact, Honor, Metric, Period, Streak

Reader = Callable[[Any], Any]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_DIGITS = 40

LEVELS = ("ministry", "province", "prefecture", "county", "station", "unit")
AWARD_LEVELS = ("national", "provincial", "municipal", "county")
RECIPIENT_KINDS = ("bureau", "unit", "person", "initiative")
KINDS = ("count", "money", "share", "change", "rank", "duration")
BOUNDS = ("exact", "min", "max", "approx")
DIRECTIONS = ("up", "down")
COMPARISONS = ("yoy", "mom", "base")


class _WrongError(Exception):
    """What a reader expected; the caller knows where."""


def decimal_text(value: Decimal) -> str:
    """Return the one spelling of a number that all outputs use: no exponent, no idle zeros.

    >>> decimal_text(Decimal("1.50")), decimal_text(Decimal("1E+3")), decimal_text(Decimal("-0.0"))
    ('1.5', '1000', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongError("a text that is not empty")
    if _SURROGATE.search(value):
        raise _WrongError("a text without lone surrogates")
    return value


def _one_of(*choices: str) -> Reader:
    def read(value: Any) -> str:
        if value not in choices or not isinstance(value, str):
            raise _WrongError("one of " + ", ".join(choices))
        return value

    return read


def _or_null(reader: Reader) -> Reader:
    def read(value: Any) -> Any:
        return None if value is None else reader(value)

    return read


def _natural(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 10**15:
        raise _WrongError("a whole number from 0")
    return value


def _number(value: Any) -> Decimal:
    if type(value) is int:
        value = Decimal(value)
    if not isinstance(value, Decimal):
        raise _WrongError("a number")
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS or len(value.as_tuple().digits) > _MOST_DIGITS:
        raise _WrongError(f"a number of at most {_MOST_DIGITS} digits")
    return Decimal(decimal_text(value))


def _day(value: Any) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise _WrongError("a day as YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _WrongError("a day of the calendar as YYYY-MM-DD") from None


def _object(value: Any, **readers: Reader) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _WrongError("an object with " + ", ".join(readers))
    found = {}
    for name, reader in readers.items():
        if name not in value:
            raise _WrongError(f"an object with {name}")
        try:
            found[name] = reader(value[name])
        except _WrongError as wrong:
            raise _WrongError(f"{wrong} as {name}") from None
    return found


def _period(value: Any) -> Period:
    return Period(**_object(value, start=_day, end=_day))


def _streak(value: Any) -> Streak:
    return Streak(**_object(value, n=_natural, unit=_text))


def _evidence(value: Any) -> tuple[Evidence, ...]:
    if not isinstance(value, list) or not value:
        raise _WrongError("a list of at least one quote with its offsets")
    found = []
    for one in value:
        evidence = Evidence(**_object(one, start=_natural, end=_natural, quote=_text))
        if evidence.end - evidence.start != len(evidence.quote):
            raise _WrongError(f"end - start to be the length of the quote, {len(evidence.quote)}")
        found.append(evidence)
    return tuple(found)


def _derivation(value: Any) -> Derivation:
    if not isinstance(value, dict):
        raise _WrongError("an object with rules and context")
    try:
        rules = tuple(_text(rule) for rule in value.get("rules", []))
        context = tuple((_text(name), _text(source)) for name, source in value.get("context", []))
    except (TypeError, ValueError):
        raise _WrongError("rules as a list of texts, context as a list of pairs") from None
    return Derivation(rules, context)


_NAME = _or_null(_text)
_OF_EVERY_FACT: Mapping[str, Reader] = {"article": _text, "evidence": _evidence}
_READERS: Mapping[type[Fact], Mapping[str, Reader]] = {
    Bureau: {"name": _text, "level": _one_of(*LEVELS), "place": _NAME, "parent": _NAME, **_OF_EVERY_FACT},
    Campaign: {"name": _text, "bureau": _NAME, "period": _or_null(_period), **_OF_EVERY_FACT},
    Honor: {
        "title": _text,
        "recipient": _text,
        "recipientKind": _one_of(*RECIPIENT_KINDS),
        "bureau": _NAME,
        "grantor": _NAME,
        "level": _or_null(_one_of(*AWARD_LEVELS)),
        "period": _or_null(_period),
        "streak": _or_null(_streak),
        "times": _or_null(_natural),
        **_OF_EVERY_FACT,
    },
    Metric: {
        "bureau": _NAME,
        "indicator": _text,
        "kind": _one_of(*KINDS),
        "value": _or_null(_number),
        "unit": _NAME,
        "bound": _one_of(*BOUNDS),
        "direction": _or_null(_one_of(*DIRECTIONS)),
        "comparison": _or_null(_one_of(*COMPARISONS)),
        "baseline": _or_null(_period),
        "scope": _NAME,
        "streak": _or_null(_streak),
        "campaign": _NAME,
        "period": _or_null(_period),
        **_OF_EVERY_FACT,
    },
}
_UNKNOWN = Derivation()
_TYPES: Mapping[str, type[Fact]] = {kind.__name__: kind for kind in _READERS}


@cache
def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType({name: tuple(_READERS[kind]) for name, kind in _TYPES.items()})
"""The contract's fields of each type, in the order in which they are written (``type`` apart)."""


@cache
def _attributes(kind: str) -> tuple[tuple[str, str], ...]:
    """Return what a fact of a type claims: the contract's names, each with that of the attribute."""
    return tuple((name, _snake(name)) for name in FIELDS[kind] if name not in _OF_EVERY_FACT)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):  # as most are
        return value
    match value:
        case Period():
            return {"start": value.start.isoformat(), "end": value.end.isoformat()}
        case Streak():
            return {"n": value.n, "unit": value.unit}
        case _:
            return value


def claimed(fact: Fact) -> dict[str, Any]:
    """Return what a fact claims under the contract's names, without where it stands and how it came about."""
    kind = type(fact).__name__
    found: dict[str, Any] = {"type": kind, "article": fact.article}
    for name, attribute in _attributes(kind):
        found[name] = _plain(getattr(fact, attribute))
    return found


def fact_to_dict(fact: Fact) -> dict[str, Any]:
    """Return a fact under the contract's names; a number stays a Decimal, a null stays a null.

    >>> fact = Bureau(article="a", evidence=(Evidence(0, 4, "我市警方"),), name="南充市公安局", level="prefecture")
    >>> list(fact_to_dict(fact))
    ['type', 'article', 'name', 'level', 'place', 'parent', 'evidence']
    """
    found = claimed(fact)
    found["evidence"] = [{"quote": one.quote, "start": one.start, "end": one.end} for one in fact.evidence]
    if fact.derivation != _UNKNOWN:
        rules, context = fact.derivation.rules, fact.derivation.context
        found["derivation"] = {"rules": list(rules), "context": [list(pair) for pair in context]}
    return found


def _json(value: Any) -> str:
    match value:
        case Decimal():
            return decimal_text(value)
        case dict():
            return "{" + ", ".join(f"{json.dumps(name)}: {_json(one)}" for name, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(_json(one) for one in value) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def write_fact(fact: Fact) -> str:
    """Return a fact as one line of JSON, without the line's end; numbers have exactly the digits they have.

    >>> write_fact(Campaign(article="a", evidence=(Evidence(0, 2, "云剑"),), name="云剑"))
    '{"type": "Campaign", "article": "a", "name": "云剑", "bureau": null, "period": null, \
"evidence": [{"quote": "云剑", "start": 0, "end": 2}]}'
    """
    return _json(fact_to_dict(fact))


def fact_from_dict(data: Mapping[str, Any], where: str = "fact") -> Fact:
    """Return the fact that an object under the contract's names states.

    Raises InputError where a field is missing or of another type than the contract's.

    >>> fact_from_dict({"type": "Campain"})
    Traceback (most recent call last):
    kg.errors.InputError: fact: type is "Campain"; expected one of Bureau, Campaign, Honor, Metric
    """
    kind = _TYPES.get(data["type"]) if isinstance(data.get("type"), str) else None
    if kind is None:
        raise InputError(f"{where}: type is {_shown(data.get('type'))}; expected one of {', '.join(_TYPES)}")
    found: dict[str, Any] = {}
    readers = {**_READERS[kind], **({"derivation": _derivation} if "derivation" in data else {})}
    for name, reader in readers.items():
        if name not in data:
            raise InputError(f"{where}: {kind.__name__} without {name}; write null where nothing is known")
        try:
            found[_snake(name)] = reader(data[name])
        except _WrongError as wrong:
            raise InputError(f"{where}: {name} is {_shown(data[name])}; expected {wrong}") from None
    fact: Fact = kind(**found)
    return fact


def _shown(value: Any) -> str:
    text = _json(value).encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= 80 else text[:79] + "…"


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")


def read_fact(line: str, where: str = "fact") -> Fact:
    """Return the fact that one line of JSON states.

    Raises InputError where the line is no JSON object or breaks the contract.
    """
    try:
        data = json.loads(line, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise InputError(f"{where}: no JSON: {error}") from None
    if not isinstance(data, dict):
        raise InputError(f"{where}: found {_shown(data)}; expected a JSON object, one a line")
    return fact_from_dict(data, where)


def read_facts(lines: Iterable[str], name: str = "<facts>") -> Iterator[Fact]:
    """Return the facts of JSON Lines, one after the other; blank lines are jumped over.

    Raises InputError that names the file and the line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield read_fact(line, f"{name}, line {number}")
