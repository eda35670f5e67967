"""A site, built once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from site_material import write_articles


@pytest.fixture(scope="session")
def site_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the store that the site is made of; its articles are in ``articles`` beside it."""
    from kg.pipeline import build

    folder = tmp_path_factory.mktemp("site")
    summary = build([str(write_articles(folder / "articles"))], str(folder / "store"))
    assert summary.count("added") == 7, summary
    return folder / "store"


@pytest.fixture(scope="session")
def site(site_store: Path) -> Path:
    """Return the folder of a site."""
    from kg.site import build_site

    built = build_site(str(site_store), str(site_store.parent / "site"))
    assert built.articles == 7
    return site_store.parent / "site"
