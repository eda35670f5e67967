"""What the articles of a store say beside one another."""

from kg.corpus.report import check_corpus

__all__ = ["check_corpus"]
