"""Citing: the articles that an answer rests on.

Enters: an answer and the store or server that gave it. Leaves: rows, one an article, with its title, outlet and day, to
stand below the answer.
"""

from __future__ import annotations

from kg.queries import prefixes
from kg.store import Answering, Rows, Term
from kg.terms import spell_term

_SOURCE = "source"
"""The column of a stored query that says by its id which article a row is from."""
_DAY = "published"
_MOST = 50
"""As many articles are cited; nobody reads on."""
_ARTICLES = """SELECT ?source ?title ?outlet ?published ?dated {{
  VALUES ?source {{ {ids} }} ?article pa:identifier ?source .
  OPTIONAL {{ ?article pa:title ?title }} OPTIONAL {{ ?article pa:outlet ?outlet }}
  OPTIONAL {{ ?article pa:published ?published }} OPTIONAL {{ ?article pa:dateSource ?dated }} }} ORDER BY ?source"""


def cited(store: Answering, answer: Rows) -> Rows | None:
    """Return the articles that the column ``source`` of an answer names, by their ids; None where none is to be told.

    ``dated`` says whether the page prints its day, who handed the article over gave it, or its words let deduce it.
    """
    if _SOURCE not in answer.columns or _DAY in answer.columns:
        return None  # of no article, or of articles themselves
    at = answer.columns.index(_SOURCE)
    ids = sorted({term.value for row in answer.rows if (term := row[at]) is not None})
    values = " ".join(spell_term(Term("literal", id)) for id in ids[:_MOST])
    found = store.ask(_ARTICLES.format(ids=values), prefixes=prefixes()) if ids else None
    if not isinstance(found, Rows) or not found.rows:
        return None
    return found._replace(cut=len(ids) > _MOST)
