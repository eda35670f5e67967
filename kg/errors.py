"""Exception tree.

- KgError                 exit 4 unless a branch says otherwise
  - UsageError            exit 2: unknown command, query name or parameter
  - InputError            exit 3: what was handed over cannot be used
    - ArticleError        an article that cannot be read
    - QueryError          a query that does not parse, or would update or reach outside
  - MappingError          a rule, lexicon or vocabulary of our own is wrong
  - GraphError            facts that cannot become RDF
  - StoreError            exit 3: the store cannot be opened, is busy, or of another version
  - EndpointError         exit 3: a server that does not answer, or not as a SPARQL endpoint does

A message says what, where and how to mend, in one line. Only ``kg.cli`` catches these.
"""

from __future__ import annotations


class KgError(Exception):
    """Something this package can explain in one line."""

    exit_code = 4


class UsageError(KgError):
    """The call itself is wrong: unknown name, missing or ill-typed parameter."""

    exit_code = 2


class InputError(KgError):
    """What was handed over cannot be used."""

    exit_code = 3


class ArticleError(InputError):
    """An article that cannot be read."""


class QueryError(InputError):
    """A query that does not parse, or would update or reach outside."""


class MappingError(KgError):
    """A rule, lexicon or vocabulary of this package is wrong."""


class GraphError(KgError):
    """Facts that cannot become RDF."""


class StoreError(KgError):
    """A store that cannot be opened, is busy, or is of another version."""

    exit_code = 3


class EndpointError(KgError):
    """A server that does not answer, or not as a SPARQL endpoint does."""

    exit_code = 3
