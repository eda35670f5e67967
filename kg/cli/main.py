"""Run a command; whatever happens, one clear line and the exit code that says what kind of thing it was."""

from __future__ import annotations

import errno
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from kg.cli.arguments import build_parser, parse
from kg.cli.output import say
from kg.cli.settings import settings
from kg.errors import KgError

INTERRUPTED = 130
USAGE = 2
UNUSABLE = 3
INTERNAL = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    _speak_utf8()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except KgError as error:
        say(f"kg: {_one_line(str(error))}")
        return error.exit_code
    except BrokenPipeError:
        # The reader had enough, as with "kg query ... | head"; Python would complain again when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say("kg: interrupted; nothing was changed")
        return INTERRUPTED
    except OSError as error:
        say(f"kg: {_one_line(_told(error))}")
        _forget_output()
        return UNUSABLE
    except Exception as error:
        # The last line of defence: exit code 1 would mean that the gate said no.
        if os.environ.get("KG_DEBUG"):
            import traceback

            traceback.print_exc()
        say(f"kg: internal error, {type(error).__name__}: {_one_line(str(error))}; KG_DEBUG=1 shows where")
        return INTERNAL
    return code


def _run(arguments: list[str]) -> int:
    defaults = settings(Path.cwd(), os.environ)
    said = parse(arguments, defaults)
    if said.command is None and not said.version:
        sys.stderr.write(build_parser(defaults).format_help())
        return USAGE
    from kg.cli import commands

    run: Callable[[Namespace], int] = getattr(commands, "version" if said.version else said.command)
    return run(said)


def _told(error: OSError) -> str:
    """Return what an error of the system means to a person."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}No space left where this is written; free some, or write elsewhere, and run it again"
    return str(error)


def _one_line(message: str) -> str:
    printable = "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in message)
    return " ".join(printable.split("\n"))


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_output() -> None:
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
