"""Commands that look after a store: what changed, what people say of its facts.

Imports stand inside the functions, as in ``kg.cli.commands``.
"""

from __future__ import annotations

import json
from argparse import Namespace

from kg.cli.output import emit

DONE = 0


def diff(said: Namespace) -> int:
    """Say which facts were gained, lost and changed between two stores or exports."""
    from kg.difference import compare, difference_json, difference_lines, read_any

    found = compare(read_any(said.before), read_any(said.after))
    if said.format == "json":
        emit(json.dumps(difference_json(found), ensure_ascii=False, indent=1) + "\n", said.output)
    else:
        emit("".join(f"{line}\n" for line in difference_lines(found)), said.output)
    return DONE
