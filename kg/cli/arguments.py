"""What may be said on the command line: commands, their arguments, their help."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from kg.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

DEFAULT_STORE = ".kg"
DEFAULT_ARTICLES = "seeds"
OTHER_TOOLS = ("nanopublications", "graphml", "neo4j", "tables", "parquet")
"""What kg export writes for other tools, besides RDF."""
EPILOG = """exit codes: 0 done; 1 the gate or a check said no; 2 wrong usage; 3 unusable input; 4 internal error;
130 interrupted. Settings: kg.toml in this folder, then KG_STORE and the like, then options."""


class _Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal.

    argparse makes one for each argument, and asks shutil how wide that is, which brings archives and compression along.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are UsageErrors: one line, with the nearest name where an option or choice is wrong.

    Options have no short forms but those that help shows: what is cut off may mean another option tomorrow.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_Formatter, **more)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Return what was said. Raises UsageError where something is left over, a command's options among them."""
        said, rest = super().parse_known_args(args, namespace)
        if rest:
            known = [option[2:] for action in self._actions for option in action.option_strings if option[1] == "-"]
            wrong = next((word[2:].partition("=")[0] for word in rest if word.startswith("--")), "")
            near = near_name(wrong, known)
            self.error(f"unrecognized arguments: {' '.join(rest)}" + (f"; did you mean --{near}?" if near else ""))
        return said, rest

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            near = near_name(str(value), action.choices)
            hint = f"did you mean {near}?" if near else f"there are {', '.join(map(str, action.choices))}"
            raise argparse.ArgumentError(action, f'"{value}" is no choice; {hint}')

    def error(self, message: str) -> NoReturn:
        """Raise UsageError."""
        raise UsageError(f"{message}; see {self.prog} --help")


def _columns() -> int:
    """Return how wide the terminal is, as shutil does."""
    said = os.environ.get("COLUMNS", "")
    if said.isdigit() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (OSError, ValueError):
        return 80


def near_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a wrong one may have meant.

    >>> near_name("bild", ["build", "check"])
    'build'
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, n=1, cutoff=0.5)), None)


def parse(arguments: list[str], defaults: Mapping[str, object]) -> argparse.Namespace:
    """Return what was said. Raises UsageError where it cannot be meant.

    >>> parse(["query", "bureaus", "--limit", "5"], {}).limit
    5
    """
    parser = build_parser(defaults, arguments[:1])
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        near = near_name(arguments[0], COMMANDS)
        hint = f"did you mean {near}?" if near else f"there are {', '.join(COMMANDS)}"
        raise UsageError(f'no command is called "{arguments[0]}"; {hint}')
    return parser.parse_args(arguments)


COMMANDS: Mapping[str, str] = {
    "build": "read articles into a store, through the gate; only what has changed",
    "facts": "print the facts of articles",
    "explain": "show how each fact of an article came about",
    "check": "run the gate alone, on articles, a store, or RDF from elsewhere",
    "infer": "make again, or drop, what follows from the ontology",
    "query": "ask a store a stored question, or SPARQL of your own",
    "queries": "list the stored questions and their parameters",
    "plot": "draw the answer to a question as a chart",
    "site": "make a site of a store that opens from a folder, in English and Chinese",
    "export": "write a store's graph as RDF or CSV",
    "evaluate": "compare facts with gold facts",
    "diff": "say which facts two stores or exports do not share",
    "push": "bring a store's graphs to a SPARQL server; only what has changed",
    "serve": "answer SPARQL over a store on this machine, read-only",
    "review": "reject or correct a fact, saying who and why; the next build applies it",
}


def build_parser(defaults: Mapping[str, object], first: Sequence[str] = ()) -> Parser:
    """Return the parser of all commands; ``defaults`` are those of kg.toml and the environment.

    Where ``first``, the first argument, names a command, there is that one alone: all of them take a tenth of the time
    of a short one.
    """
    parser = Parser(
        prog="kg",
        description="Public-security work reports as a knowledge graph of claims, each with its words.",
        epilog=EPILOG,
    )
    parser.add_argument("--version", action="store_true", help="print the version and leave")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser, prog=parser.prog)
    for name in [one for one in first if one in COMMANDS] or COMMANDS:
        help_ = COMMANDS[name]
        command = commands.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.")
        _ARGUMENTS[name](command)
        command.set_defaults(**{key: value for key, value in defaults.items() if command.get_default(key) is not None})
    return parser


def _day(text: str) -> date:
    from datetime import date  # a query without a day does without

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no day; write YYYY-MM-DD') from None


def _whole(least: int) -> Callable[[str], int]:
    """Return what reads whole numbers from ``least`` on."""

    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text) >= least):
            raise argparse.ArgumentTypeError(f'"{text}"; give a whole number from {least}')
        return int(text)

    return number


_natural, _positive = _whole(0), _whole(1)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of seconds')
    return value


class _Pairs(argparse.Action):
    """An option that may be given often, each time with another name: NAME=VALUE."""

    def __call__(self, parser: object, namespace: argparse.Namespace, values: Any, option_string: Any = None) -> None:
        """Add a pair. Raises ArgumentError where it is none, or its name was given before."""
        name, equals, value = values.partition("=")
        name, held = name.strip(), getattr(namespace, self.dest)
        if not (name and equals):
            raise argparse.ArgumentError(self, f'"{values}"; write {self.option_strings[0]} name=value')
        if name in dict(held):
            raise argparse.ArgumentError(self, f"{name} is given twice; give one value")
        setattr(namespace, self.dest, [*held, (name, value)])


def _format(parser: argparse.ArgumentParser, *choices: str, default: str | None = None) -> None:
    fallback = default or "table on a terminal, jsonl in a pipe"
    parser.add_argument("--format", choices=choices, default=default, help=f"default: {fallback}")


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file, whole or not at all")


def _store(parser: argparse._ActionsContainer, default: str | None = DEFAULT_STORE) -> None:
    parser.add_argument(
        "--store", metavar="DIR", default=default, help=f"the store's folder (default: {default or 'none'})"
    )


def _articles(parser: argparse.ArgumentParser, nargs: str, what: str) -> None:
    parser.add_argument("paths", nargs=nargs, metavar="ARTICLE", help=what)
    parser.add_argument("--published", type=_day, metavar="YYYY-MM-DD", help="the day the articles were published")
    parser.add_argument("--allow-empty", action="store_true", help="an article without facts is no failure")


_ANY = "text, Markdown, HTML, JSON Lines or Parquet; a folder; an address such as s3://...; - for standard input"


def _extractor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--extractor", metavar="NAME", default="kg", help="who finds the facts (default: kg)")


def _build(parser: argparse.ArgumentParser) -> None:
    _articles(parser, "*", f"{_ANY} (default: {DEFAULT_ARTICLES}/)")
    _extractor(parser)
    _store(parser)
    parser.add_argument("--reviews", metavar="FILE", help="what people said of facts (default: in the store's folder)")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="take articles in place of those of their ids from files that still stand elsewhere",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be read, and change nothing")
    parser.add_argument(
        "--workers",
        type=_natural,
        metavar="N",
        help="processes that read articles, at most 8 a core (default: one); 0: this one, without limits on an article",
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="a Dask scheduler whose workers read them, such as tcp://10.0.0.1:8786"
    )
    parser.add_argument(
        "--article-seconds",
        type=_seconds,
        default=60.0,
        metavar="S",
        help="time for one article (default: 60; 0: as long as it takes)",
    )
    parser.add_argument(
        "--article-memory", type=_positive, default=2048, metavar="MB", help="memory for one article (default: 2048)"
    )
    _format(parser, "text", "json", default="text")


def _facts(parser: argparse.ArgumentParser) -> None:
    _articles(parser, "+", _ANY)
    _extractor(parser)
    parser.add_argument(
        "--format",
        choices=("view", "table", "jsonl", "jsonld", "html"),
        help="default: view on a terminal, jsonl in a pipe; html is a page of one article that needs nothing else",
    )
    _language(parser, "view and html")
    _output(parser)


def _language(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help=f"the language of {what} (default: en)")


def _explain(parser: argparse.ArgumentParser) -> None:
    _articles(parser, "+", f"{_ANY}; or the key of a fact, as pages and kg review show it, in a store")
    parser.add_argument("--html", action="store_true", help="a page for a browser that needs nothing else")
    _language(parser, "--html")
    _store(parser)
    _output(parser)
    parser.add_argument("--at", type=_natural, metavar="OFFSET", help="only facts whose evidence covers this character")
    parser.add_argument("--about", metavar="WORDS", default="", help="only facts that contain these words")


def _check(parser: argparse.ArgumentParser) -> None:
    _articles(parser, "*", f"{_ANY}; a store's folder; .ttl, .nt, .nq, .trig or .jsonld from elsewhere")
    _store(parser, default=None)
    parser.add_argument(
        "--fail-on",
        choices=("violation", "warning", "info"),
        default="violation",
        help="the slightest finding that fails (default: violation)",
    )
    parser.add_argument(
        "--corpus", action="store_true", help="hold a store's articles against one another, instead of each alone"
    )
    _endpoint(parser, "with --corpus: a SPARQL 1.1 server, in place of a store")
    parser.add_argument(
        "--engine",
        choices=("setwise", "pyshacl"),
        default="setwise",
        help="what evaluates the shapes: as sets, or article by article as the reference does (default: setwise)",
    )
    parser.add_argument("--baseline", metavar="FILE", help="findings that are accepted, each with its reason, in TOML")
    _format(parser, "text", "json", "sarif", "junit", "github", "turtle", default="text")
    _output(parser)


def _infer(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("--drop", action="store_true", help="take out what was inferred; the next build makes it again")


def _query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="NAME|FILE|-", help="a stored query, a file of SPARQL, or standard input")
    _store_or_endpoint(parser)
    parser.add_argument("-p", "--param", action=_Pairs, default=[], metavar="NAME=VALUE", help="a parameter's value")
    _format(parser, "table", "json", "csv", "jsonl")
    parser.add_argument("--limit", type=_natural, default=100_000, metavar="N", help="rows at most (default: 100000)")
    _timeout(parser)
    _output(parser)


def _plot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="NAME|FILE|-", help="a stored query, a file of SPARQL, or standard input")
    _store_or_endpoint(parser)
    parser.add_argument("-p", "--param", action=_Pairs, default=[], metavar="NAME=VALUE", help="a parameter's value")
    parser.add_argument(
        "--measure", metavar='"KIND UNIT"', help='what is drawn, in one word such as "share %%" (default: most rows)'
    )
    parser.add_argument("--limit", type=_natural, default=60, metavar="N", help="rows at most (default: 60)")
    _timeout(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="a name in .svg, .png or .json for Vega-Lite (default: SVG)"
    )


def _site(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="the site's folder, new or made before")
    parser.add_argument(
        "--full-text",
        action="store_true",
        help="show whole articles too, for private use: they belong to their publishers",
    )
    parser.add_argument(
        "--charts", type=_natural, default=120, metavar="N", help="charts at most in each language (default: 120)"
    )


def _queries(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="one query: its questions, parameters and SPARQL")
    _format(parser, "text", "json", default="text")


def _export(parser: argparse.ArgumentParser) -> None:
    _store_or_endpoint(parser)
    parser.add_argument(
        "--format",
        choices=("turtle", "trig", "nquads", "jsonld", "rdfxml", "csv"),
        help="default: by the ending of -o (.ttl, .trig, .nq, .jsonld, .rdf, .csv), else turtle",
    )
    parser.add_argument(
        "--as",
        dest="view",
        choices=("claims", "data-cube", "owl-time", "prov", "void", *OTHER_TOOLS),
        default="claims",
        help="in the words of RDF Data Cube, OWL-Time or PROV-O, a description of the data set, nanopublications; or "
        "for other tools: GraphML; folders for Neo4j, of CSV with a CSVW description, of Parquet (default: claims)",
    )
    parser.add_argument("--article", metavar="ID", help="only this article's graph")
    parser.add_argument("--ontology", action="store_true", help="the ontology too")
    _output(parser)


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", nargs="+", metavar="GOLD", help="gold facts, JSON Lines")
    parser.add_argument("--system", nargs="+", metavar="FACTS", help="facts to compare, JSON Lines")
    parser.add_argument(
        "--articles", metavar="DIR", default="seeds", help="without --system: read the articles here (default: seeds)"
    )
    parser.add_argument("--misses", action="store_true", help="print every missed, extra and wrong fact")
    parser.add_argument("--type", choices=("Metric", "Honor", "Campaign", "Bureau"), help="facts of this type alone")
    _format(parser, "text", "json", default="text")


def _diff(parser: argparse.ArgumentParser) -> None:
    either = "a store's folder, RDF (.nq, .trig, .ttl, .nt, .jsonld), or facts as JSON Lines"
    parser.add_argument("before", metavar="A", help=either)
    parser.add_argument("after", metavar="B", help=f"what A became: {either}")
    _format(parser, "text", "json", default="text")
    _output(parser)


def _store_or_endpoint(parser: argparse.ArgumentParser) -> None:
    either = parser.add_mutually_exclusive_group()
    _store(either)
    _endpoint(parser, "a SPARQL 1.1 server, in place of the store", either)


def _endpoint(parser: argparse.ArgumentParser, help_: str, either: argparse._ActionsContainer | None = None) -> None:
    credentials = "a file of one line, USER:PASSWORD (default: what KG_ENDPOINT_CREDENTIALS holds)"
    (either or parser).add_argument("--endpoint", metavar="URL", help=help_)
    parser.add_argument("--credentials", metavar="FILE", help=credentials)
    parser.add_argument(
        "--default-graph", metavar="IRI", help="a graph to stand in for the default graph, for servers without one"
    )


def _timeout(parser: argparse.ArgumentParser, help_: str = "give up then; 0 never does (default: 60)") -> None:
    parser.add_argument("--timeout", type=_seconds, default=60.0, metavar="SECONDS", help=help_)


def _push(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    _endpoint(parser, "the SPARQL 1.1 server to bring them to")
    parser.add_argument(
        "--update", metavar="URL", help="where updates go (default: /update beside /query, or the same)"
    )
    parser.add_argument(
        "--prune", action="store_true", help="remove what an earlier push brought and the store has not"
    )
    _timeout(parser)


def _serve(parser: argparse.ArgumentParser) -> None:
    _store(parser)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=_natural, default=7878, help="the port to listen on (default: 7878)")
    _timeout(parser, "stop a query then; 0 never does (default: 60)")
    parser.add_argument(
        "--limit", type=_natural, default=100_000, metavar="N", help="rows of an answer at most (default: 100000)"
    )
    parser.add_argument(
        "--max-body", type=_natural, default=1_000_000, metavar="BYTES", help="of a request at most (default: 1000000)"
    )
    parser.add_argument(
        "--memory", type=_natural, default=1_000, metavar="MB", help="for one query; 0 is no limit (default: 1000)"
    )
    parser.add_argument(
        "--workers",
        type=_whole(2),
        default=8,
        metavar="N",
        help="queries at once, half of them slow (default: 8; from 2)",
    )
    parser.add_argument("--cors", action="store_true", help="let pages of other sites ask")


def _review(parser: argparse.ArgumentParser) -> None:
    actions = ("claims", "reject", "correct", "withdraw", "list")
    parser.add_argument("action", choices=actions, help="claims shows facts and their keys, list what was said of them")
    parser.add_argument("claim", nargs="?", metavar="KEY", help="the fact's key")
    _store(parser)
    parser.add_argument("--reviews", metavar="FILE", help="where reviews are kept (default: in the store's folder)")
    parser.add_argument("--by", metavar="WHO", help="who says so")
    parser.add_argument("--why", metavar="WHY", help="the reason")
    parser.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="the day it was said (default: today)")
    parser.add_argument("--set", action=_Pairs, default=[], metavar="FIELD=VALUE", help="what the fact should say")
    parser.add_argument("--about", default="", metavar="WORDS", help="only facts that contain these words")


_ARGUMENTS = {
    "build": _build,
    "facts": _facts,
    "explain": _explain,
    "check": _check,
    "infer": _infer,
    "query": _query,
    "queries": _queries,
    "plot": _plot,
    "site": _site,
    "export": _export,
    "evaluate": _evaluate,
    "diff": _diff,
    "push": _push,
    "serve": _serve,
    "review": _review,
}
