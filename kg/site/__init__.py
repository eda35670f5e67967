"""A site without a server: a store as pages that open from a folder or any static host, in English and in Chinese.

Enters: a store. Leaves: a folder. Every page can be read without script, nothing is fetched from elsewhere, and what
stands on a page are claims with their quotes; texts of articles only where they are asked for.
"""

from kg.site.build import Built, build_site

__all__ = ["Built", "build_site"]
