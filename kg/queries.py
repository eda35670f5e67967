"""The catalogue of stored queries, and asking: a query and its parameters in, an answer out.

A stored query is a file of ``queries/``: a header of comments, then SPARQL::

    # title: Homicide clearance
    # group: indicators
    # question: What share of its homicides does a bureau say it has cleared?
    # 问题: 各公安局的命案破案率是多少？
    # param bureau: bureau = "" -- words that the bureau's name contains
    # param direction: down|up|any = down -- which way the indicator moves
    # sample: bureau=南充市公安局

``sample`` gives the arguments of the answer that the documentation shows. A parameter without a default must be given.
A ``bureau`` or ``campaign`` is a string that names contain, a ``subject`` or ``aspect`` one that its vocabulary has:
where an answer has no rows, ``kg.unmatched`` says which of them is nowhere. In the SPARQL a parameter stands as
``$bureau``, wherever an expression may stand. The value never becomes part of the query: the place calls a function
that gives the RDF term.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kg.errors import InputError, MappingError, QueryError, UsageError
from kg.handed import decode_handed
from kg.reach import service_call
from kg.resources import resource
from kg.store import Answering, Rows, Term
from kg.terms import spell_term

MAX_LENGTH = 1_000_000
MAX_DEPTH = 200
MAX_WORDS = 4_000
"""Words, numbers and signs of a query: the parser runs as deep as they are many, and out of its stack at some 5,000."""

MOST_ROWS = "rows"
"""The parameter that says how many rows a stored query gives at most; with as many the answer counts as cut."""
_ALL_ROWS = 1_000_000_000  # no store has more, and servers take no number that is longer than a machine's

GROUPS: Mapping[str, str] = {
    "indicators": "Indicators across bureaus",
    "bureaus": "One bureau",
    "standing": "First places and honors",
    "campaigns": "Campaigns",
    "claims": "Weighing claims",
}
"""The groups of stored queries, in the order in which they are listed, with their titles."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PARAMETER_IRI = "urn:pingan:parameter:"
_PARAM = re.compile(
    r"(?P<name>[A-Za-z]\w*)\s*:\s*(?P<type>[^\s=]+)\s*(?:=\s*(?P<default>\"[^\"]*\"|[^\s\"]+)\s*)?--\s*(?P<meaning>.+)"
)
_TYPES = ("string", "integer", "decimal", "date", "iri", "bureau", "campaign", "subject", "aspect")
_TOKEN = re.compile(
    r"""
      (?P<blank>\s+|\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z0-9-]+)
    | (?P<prefixed>(?P<prefix>[\w.-]*):(?:[\w.:%-]|\\.)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_SPARQL_WORDS = frozenset(
    """BASE PREFIX SELECT CONSTRUCT DESCRIBE ASK DISTINCT REDUCED AS WHERE GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET
    VALUES UNDEF OPTIONAL GRAPH BIND MINUS UNION FILTER EXISTS NOT IN TRUE FALSE COUNT SUM MIN MAX AVG SAMPLE
    GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN
    UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS
    TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK
    ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE E LANGDIR STRLANGDIR HASLANG HASLANGDIR ISTRIPLE TRIPLE SUBJECT PREDICATE
    OBJECT LATERAL ADJUST VERSION""".split()  # noqa: SIM905 -- a hundred literals read worse
)


class Parameter(NamedTuple):
    """One parameter of a stored query. ``choices`` is empty where any value of ``type`` will do."""

    name: str
    type: str
    meaning: str
    default: str | None = None
    choices: tuple[str, ...] = ()


class Query(NamedTuple):
    """SPARQL and what its header says."""

    name: str
    sparql: str
    title: str = ""
    question: str = ""
    question_zh: str = ""
    parameters: tuple[Parameter, ...] = ()
    group: str = ""
    sample: Mapping[str, str] = MappingProxyType({})


# --- the catalogue ----------------------------------------------------------------------------------------------------


@cache
def catalogue() -> Mapping[str, Query]:
    """Return the stored queries by name, in the order of their names.

    Raises MappingError where a file lacks its title, questions or group.

    >>> "falling-or-rising" in catalogue()
    True
    """
    return MappingProxyType({name: _stored(name) for name in stored_names()})


@cache
def stored_names() -> tuple[str, ...]:
    """Return the names of the stored queries in their order, without reading them."""
    return tuple(sorted(path.stem for path in resource("queries").glob("*.rq")))


@cache
def _stored(name: str) -> Query:
    query = read_query(resource("queries", f"{name}.rq").read_text(encoding="utf-8"), name)
    if not (query.title and query.question and query.question_zh):
        raise MappingError(f"queries/{name}.rq: the header needs title, question and 问题")
    if query.group not in GROUPS:
        raise MappingError(f'queries/{name}.rq: group is one of {", ".join(GROUPS)}, not "{query.group}"')
    return query


def grouped() -> Mapping[str, tuple[Query, ...]]:
    """Return the stored queries by the title of their group, groups and names in their order.

    >>> list(grouped())[0]
    'Indicators across bureaus'
    """
    return {title: tuple(q for q in catalogue().values() if q.group == group) for group, title in GROUPS.items()}


def read_query(text: str, name: str) -> Query:
    r"""Return the query that a text spells, with the header that its first comments give.

    Raises QueryError where a parameter is declared in a way that cannot be read.

    >>> read_query("# title: All\n# param n: integer = 5 -- how many\nSELECT * {}", "all").parameters[0].default
    '5'
    """
    header: dict[str, str] = {}
    parameters = []
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        if not line.startswith("#"):
            break
        comment = line.lstrip("# ").rstrip()
        key, colon, value = comment.partition(":")
        if comment.startswith("param "):
            parameters.append(_read_parameter(comment.removeprefix("param "), f"{name}, line {number}"))
        elif colon:
            header[key.strip()] = value.strip()
    return Query(
        name,
        text.lstrip("\ufeff"),
        header.get("title", ""),
        header.get("question", ""),
        header.get("问题", ""),
        tuple(parameters),
        header.get("group", ""),
        MappingProxyType(dict(_read_sample(header.get("sample", ""), name))),
    )


def _read_sample(arguments: str, where: str) -> Iterator[tuple[str, str]]:
    for one in filter(None, map(str.strip, arguments.split(","))):
        name, equals, value = one.partition("=")
        if not equals:
            raise QueryError(f'{where}: a sample is given as "# sample: NAME=VALUE, NAME=VALUE"')
        yield name.strip(), value.strip()


def _read_parameter(declaration: str, where: str) -> Parameter:
    match = _PARAM.fullmatch(declaration.strip())
    if match is None:
        raise QueryError(f'{where}: a parameter is declared as "# param NAME: TYPE = DEFAULT -- what it means"')
    kind, default = match["type"], match["default"]
    choices = tuple(kind.split("|")) if "|" in kind else ()
    if not choices and kind not in _TYPES:
        raise QueryError(f'{where}: type "{kind}" is not known; there are {", ".join(_TYPES)} and one|another')
    default = None if default is None else default.strip('"')
    return Parameter(match["name"], "choice" if choices else kind, match["meaning"].strip(), default, choices)


def find_query(name: str) -> Query:
    """Return the stored query of that name. Raises UsageError, with the nearest name, where there is none.

    >>> find_query("homicide-clearance").title
    'Homicide clearance'
    """
    known = stored_names()
    if name in known:
        return _stored(name)
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else "kg queries lists them"
    raise UsageError(f'no stored query is called "{name}"; {hint}')


def read_query_file(path: Path) -> Query:
    """Return the query in a file. Raises InputError where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; give a stored query's name, a file, or -") from error
    return decode_query(data, str(path))


def decode_query(data: bytes, where: str) -> Query:
    """Return the query that the bytes spell in UTF-8. Raises QueryError where they are too many or no text."""
    if len(data) > MAX_LENGTH:
        raise QueryError(f"{where}: a query of {len(data):,} bytes; the limit is {MAX_LENGTH:,}")
    text = decode_handed(data, where, "save it again as UTF-8", QueryError)
    if not text.strip():
        raise QueryError(f"{where}: empty; give SPARQL, such as SELECT * WHERE {{ ?s ?p ?o }} LIMIT 5")
    return read_query(text, where)


# --- asking -----------------------------------------------------------------------------------------------------------


def ask(
    store: Answering, query: Query | str, arguments: Mapping[str, str] | None = None, *, limit: int | None = None
) -> Rows | bool | bytes:
    """Return the answer to a query, or to the stored query of a name.

    Rows for SELECT, a bool for ASK, N-Triples for CONSTRUCT and DESCRIBE.

    Raises UsageError for an unknown, missing or ill-typed argument; QueryError where the query does not parse, would
    update, or would reach outside the store.
    """
    query = find_query(query) if isinstance(query, str) else query
    terms = bind(query, arguments or {})
    # What the query's own header says is part of it, and a term compares sooner than the call of a function.
    own = {
        p.name
        for p in query.parameters
        # A number is written out too, since LIMIT takes no call.
        if p.choices or p.type == "integer" or (arguments or {}).get(p.name, p.default) == p.default
    }
    functions = {_PARAMETER_IRI + name: term for name, term in terms.items() if name not in own}
    written = tuple((name, spell_term(terms[name])) for name in sorted(own))
    sparql = _ready(query.sparql, query.name, frozenset(terms.keys() - own), written)
    try:
        answer = store.ask(sparql, prefixes=prefixes(), functions=functions, limit=limit)
    except QueryError as error:
        stray = _stray_word(query.sparql, query.name)
        raise QueryError(stray or f"{query.name}, {error}") from error
    most = terms.get(MOST_ROWS)
    if isinstance(answer, Rows) and most is not None and len(answer.rows) >= int(most.value) > 0:
        return answer._replace(cut=True)
    return answer


@lru_cache(maxsize=64)
def _ready(sparql: str, where: str, called: frozenset[str], written: tuple[tuple[str, str], ...]) -> str:
    """Return a query as it is asked, its parameters calls or written out. Raises QueryError as refuse_foreign does."""
    refuse_foreign(sparql, where)
    return _call_parameters(sparql, called, dict(written))


@cache
def prefixes() -> Mapping[str, str]:
    """Return the prefixes that a query may use without declaring them: those of ``mappings/context.jsonld``.

    >>> prefixes()["pa"]
    'https://w3id.org/pingan/ontology#'
    """
    context = json.loads(resource("mappings", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return {
        key: value
        for key, value in context.items()
        if isinstance(value, str) and not key.startswith("@") and value.endswith(("#", "/"))
    }


def bind(query: Query, arguments: Mapping[str, str]) -> Mapping[str, Term]:
    """Return the RDF terms of a query's parameters.

    Raises UsageError for an argument the query has no parameter for, a missing one, and one of another type.
    """
    names = [parameter.name for parameter in query.parameters]
    for name in arguments:
        if name not in names:
            has = f"it has {', '.join(names)}" if names else "it has none"
            raise UsageError(f'{query.name} has no parameter "{name}"; {has}')
    terms = {}
    for parameter in query.parameters:
        value = arguments.get(parameter.name, parameter.default)
        if value is None:
            raise UsageError(f"{query.name} needs -p {parameter.name}=... ({parameter.type}: {parameter.meaning})")
        terms[parameter.name] = _term(parameter, value, query.name)
    return terms


def _term(parameter: Parameter, value: str, where: str) -> Term:
    try:
        return _typed(parameter, value)
    except (ValueError, ArithmeticError) as error:
        least = f" from 1 to {_ALL_ROWS}" if parameter.name == MOST_ROWS else ""
        wanted = f"one of {', '.join(parameter.choices)}" if parameter.choices else f"of type {parameter.type}{least}"
        raise UsageError(f'{where}: {parameter.name} is {wanted}, not "{value}"') from error


def _typed(parameter: Parameter, value: str) -> Term:
    """Return a value as a term of the parameter's type. Raises ValueError where it is of another."""
    match parameter.type:
        case "integer" if parameter.name == MOST_ROWS and not 1 <= int(value) <= _ALL_ROWS:
            raise ValueError(value)
        case "integer":
            return Term("literal", str(int(value)), _XSD + "integer")
        case "decimal":
            from decimal import Decimal

            number = Decimal(value)
            if not number.is_finite():
                raise ValueError(value)
            return Term("literal", f"{number:f}", _XSD + "decimal")
        case "date":
            from datetime import date

            return Term("literal", date.fromisoformat(value).isoformat(), _XSD + "date")
        case "iri":
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20]+", value):
                raise ValueError(value)
            return Term("uri", value)
        case "choice" if value not in parameter.choices:
            raise ValueError(value)
        case _:
            return Term("literal", value)


def _call_parameters(sparql: str, names: frozenset[str], written: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return SPARQL in which ``$name`` is a call of the function that gives the parameter, or what is written for it.

    >>> _call_parameters('FILTER(?n > $least && ?s != "$least")', frozenset({"least"}))
    'FILTER(?n > <urn:pingan:parameter:least>() && ?s != "$least")'
    """
    spelling = {**{name: f"<{_PARAMETER_IRI}{name}>()" for name in names}, **written}
    return "".join(
        spelling.get(token[0][1:], token[0]) if token.lastgroup == "variable" and token[0][0] == "$" else token[0]
        for token in _TOKEN.finditer(sparql)
    )


def spelled_out(query: Query, arguments: Mapping[str, str]) -> str:
    r"""Return a query as plain SPARQL, its parameters as literals and all prefixes declared, for other programs.

    Raises UsageError as ``bind`` does.

    >>> print(spelled_out(read_query("# param n: integer = 5 -- how many\nASK { FILTER($n > 4) }", "q"), {}))
    ASK { FILTER(5 > 4) }
    """
    terms = bind(query, arguments)
    body = "\n".join(line for line in query.sparql.split("\n") if not line.startswith("#")).strip()
    text = "".join(
        spell_term(terms[token[0][1:]])
        if token.lastgroup == "variable" and token[0][0] == "$" and token[0][1:] in terms
        else token[0]
        for token in _TOKEN.finditer(body)
    )
    used = {token["prefix"] for token in _TOKEN.finditer(body) if token["prefixed"]}
    declared = set(re.findall(r"(?im)^\s*PREFIX\s+([\w.-]*):", body))
    missing = sorted(used & set(prefixes()) - declared)
    return "".join(f"PREFIX {name}: <{prefixes()[name]}>\n" for name in missing) + text


def refuse_foreign(sparql: str, where: str) -> None:
    """Raise QueryError where SPARQL would update, read anything but the store, or is nested absurdly.

    >>> refuse_foreign("SELECT * FROM <file:///etc/passwd> {}", "q")
    Traceback (most recent call last):
    kg.errors.QueryError: q, line 1, column 10: FROM reaches outside the store; kg asks only the store it is given
    """
    refuse_excess(sparql, where)
    for token in _words(sparql):
        word = (token["prefix"] if token["prefixed"] else token[0]).upper()
        if token["other"] or not word:
            continue
        # The parser needs no blank after it: "FROM:x" and "FROMNAMED" are read as FROM.
        if word.startswith("FROM"):
            raise _outside("FROM", token.start(), sparql, where)
        if word in _UPDATES and token["word"]:
            raise QueryError(
                f"{_place(token.start(), sparql, where)}: {word} is an update; "
                "kg query only asks (kg build changes a store)"
            )


def refuse_excess(sparql: str, where: str) -> None:
    """Raise QueryError where SPARQL calls another server, is nested absurdly, or longer than the parser can bear.

    >>> refuse_excess("SELECT * { SERVICE <http://example.org/> {} }", "q")
    Traceback (most recent call last):
    kg.errors.QueryError: q, line 1, column 12: SERVICE reaches outside the store; kg asks only the store it is given
    """
    called = service_call(sparql)
    if called is not None:
        raise _outside("SERVICE", called, sparql, where)
    depth = 0
    for count, token in enumerate(_words(sparql)):
        place = token.start()
        if count == MAX_WORDS:
            raise QueryError(f"{_place(place, sparql, where)}: more than {MAX_WORDS:,} words and signs; ask for less")
        depth += (token[0] in "({[") - (token[0] in ")}]") if token["other"] else 0
        if depth > MAX_DEPTH:
            raise QueryError(f"{_place(place, sparql, where)}: more than {MAX_DEPTH} brackets inside each other")


def _outside(word: str, start: int, sparql: str, where: str) -> QueryError:
    place = _place(start, sparql, where)
    return QueryError(f"{place}: {word} reaches outside the store; kg asks only the store it is given")


def _stray_word(sparql: str, where: str) -> str | None:
    """Return what is wrong with the first word that SPARQL does not have, or prefix that nobody declared.

    The parser's own place for such an error is often some words further on.

    >>> _stray_word("SELEKT * {}", "q")
    'q, line 1, column 1: SPARQL has no word "SELEKT"'
    """
    declared = {*prefixes(), "_"}
    before = ""
    for token in _TOKEN.finditer(sparql):
        if token["prefixed"]:
            if before == "PREFIX":
                declared.add(token["prefix"])
            elif token["prefix"] not in declared:
                return f"{_place(token.start(), sparql, where)}: prefix {token['prefix']}: is not declared"
        elif token["word"] and token["word"].upper() not in _SPARQL_WORDS and token["word"] != "a":
            return f'{_place(token.start(), sparql, where)}: SPARQL has no word "{token["word"][:40]}"'
        before = before if token["blank"] else (token["word"] or "").upper()
    return None


def _words(sparql: str) -> Iterator[re.Match[str]]:
    return (token for token in _TOKEN.finditer(sparql) if token["word"] or token["prefixed"] or token["other"])


def _place(start: int, sparql: str, where: str) -> str:
    before = sparql[:start]
    return f"{where}, line {before.count(chr(10)) + 1}, column {start - before.rfind(chr(10))}"
