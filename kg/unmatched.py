"""Unmatched words: why an answer may have no rows, where an argument names what is not there.

Enters: a query, its arguments and the store or server that was asked. Leaves: UsageError for a word that its
vocabulary does not have, which no store can answer; sentences for a name that this store does not have, where silence
is an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.errors import UsageError
from kg.queries import Parameter, Query, prefixes
from kg.store import Answering, Rows

_LABELS = """SELECT DISTINCT (STR(?word) AS ?name) {{ ?concept skos:inScheme <{scheme}> .
  {{ ?concept skos:prefLabel|skos:altLabel ?word }} UNION {{ BIND(STRAFTER(STR(?concept), "#") AS ?word) }} }}"""
_NAMES = "SELECT DISTINCT (STR(?called) AS ?name) {{ VALUES ?kind {{ {kinds} }} ?one a ?kind ; rdfs:label ?called }}"
_NAMED = {
    "bureau": ("agency", _NAMES.format(kinds="pa:Bureau")),
    "campaign": ("campaign", _NAMES.format(kinds="pa:Campaign pa:CampaignSeries")),
}
_SHOWN = 80
"""As many characters of an argument stand in a message."""
_SCHEMES = {"subject": "https://w3id.org/pingan/subject", "aspect": "https://w3id.org/pingan/aspect"}


def unmatched(store: Answering, query: Query, arguments: Mapping[str, str]) -> Iterator[str]:
    """Give a sentence for each argument that is in the name of nothing that the store has.

    Raises UsageError for an argument that its vocabulary does not have.
    """
    for parameter in query.parameters:
        if words := arguments.get(parameter.name):
            if parameter.type in _SCHEMES:
                _check_concept(store, query.name, parameter, words)
            elif parameter.type in _NAMED:
                what, names = _NAMED[parameter.type]
                if not any(words in name for name in _strings(store, names)):
                    yield f'no {what} here has "{_in_line(words)}" in its name{_simplified(words)}'


def _check_concept(store: Answering, where: str, parameter: Parameter, words: str) -> None:
    known = _strings(store, _LABELS.format(scheme=_SCHEMES[parameter.type]))
    if not known or words in known:
        return
    from difflib import get_close_matches

    near = get_close_matches(words[:_SHOWN], known, n=3, cutoff=0.5)
    hint = f"near it are {', '.join(near)}" if near else "ontology/indicators.ttl has them"
    raise UsageError(f'{where}: no {parameter.name} is called "{_in_line(words)}"{_simplified(words)}; {hint}')


def _in_line(words: str) -> str:
    r"""Return words for one line of a message.

    >>> _in_line("滨\n州")
    '滨 州'
    """
    return "".join(char if char.isprintable() else " " for char in words[:_SHOWN])


def _simplified(words: str) -> str:
    """Return a hint where words are in Traditional characters, which no name of the graph is in."""
    from kg.text import text_of
    from kg.text.script import is_traditional

    simple = _in_line(text_of(words[:_SHOWN]).view.strip())
    return f" (names are in Simplified characters: {simple})" if is_traditional(words) else ""


def _strings(store: Answering, sparql: str) -> list[str]:
    answer = store.ask(sparql, prefixes=prefixes())
    return [row[0].value for row in answer.rows if row[0] is not None] if isinstance(answer, Rows) else []
