"""Public-security work reports as a knowledge graph of claims.

The stages, from Python::

    >>> from kg import article_of, find_facts, to_graph
    >>> article = article_of("镇安县公安局2023年破获刑事案件120起。", id="zhenan")
    >>> facts = find_facts(article)
    >>> metric = facts[-1]
    >>> metric.indicator, metric.value, "破获刑事案件120起" in metric.evidence[0].quote
    ('破获刑事案件', Decimal('120'), True)
    >>> len(to_graph(article, facts)) > 20
    True

Names are imported when they are first used, so that asking a store does not load the extraction.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing takes as long to import as the rest of this
if TYPE_CHECKING:
    from kg.article import Article, article_of, read_article, read_articles
    from kg.errors import KgError
    from kg.extraction import find_facts
    from kg.facts.model import Bureau, Campaign, Evidence, Fact, Honor, Metric, Period
    from kg.gate import Finding, Report, check
    from kg.graph import facts_of, to_dataset, to_graph
    from kg.pipeline import build
    from kg.queries import ask, find_query, read_query
    from kg.store import Rows, Store, Term, memory_store, open_store

__all__ = [
    "Article",
    "Bureau",
    "Campaign",
    "Evidence",
    "Fact",
    "Finding",
    "Honor",
    "KgError",
    "Metric",
    "Period",
    "Report",
    "Rows",
    "Store",
    "Term",
    "article_of",
    "ask",
    "build",
    "check",
    "facts_of",
    "find_facts",
    "find_query",
    "memory_store",
    "open_store",
    "read_article",
    "read_articles",
    "read_query",
    "to_dataset",
    "to_graph",
]

_HOME = {
    "kg.article": ("Article", "article_of", "read_article", "read_articles"),
    "kg.errors": ("KgError",),
    "kg.extraction": ("find_facts",),
    "kg.facts.model": ("Bureau", "Campaign", "Evidence", "Fact", "Honor", "Metric", "Period"),
    "kg.gate": ("Finding", "Report", "check"),
    "kg.graph": ("facts_of", "to_dataset", "to_graph"),
    "kg.pipeline": ("build",),
    "kg.queries": ("ask", "find_query", "read_query"),
    "kg.store": ("Rows", "Store", "Term", "memory_store", "open_store"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
