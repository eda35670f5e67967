"""Chromium as Debian ships it, driven by Playwright; a site, built once."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from site_material import write_articles

SHOTS = Path(__file__).parent.parent.parent / "build" / "screenshots"
_CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "/usr/bin/chromium"
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site."""
    from kg.pipeline import build
    from kg.site import build_site

    folder = tmp_path_factory.mktemp("browser")
    build([str(write_articles(folder / "articles"))], str(folder / "store"))
    build_site(str(folder / "store"), str(folder / "site"), charts=20)
    return folder / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield made
        made.close()


class Visit:
    """A page, with what went wrong on it: messages on the console, errors, requests to anywhere else."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda message: self._note(message.type in ("error", "warning"), message.text))
        self.page.on("pageerror", lambda error: self._note(True, str(error)))
        self.page.on("requestfailed", lambda request: self._note(True, f"failed: {request.url[:200]}"))
        self.page.on("request", self._request)

    def _request(self, request: Any) -> None:
        self._note(not request.url.startswith(("file:", "data:", "blob:")), f"outside: {request.url[:200]}")

    def _note(self, is_wrong: bool, text: str) -> None:
        if is_wrong:
            self.wrong.append(text)

    def shot(self, name: str) -> None:
        """Keep a picture for people to look at."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Any]:
    """Return a function that opens a page: its address, and options of the browser's context."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def open_page(path: Path, **options: Any) -> Visit:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "accept_downloads": True, **options}
        )
        contexts.append(context)
        made = Visit(context)
        visits.append(made)
        made.page.goto(path.as_uri())
        return made

    yield open_page
    for one in visits:
        assert not one.wrong, one.wrong
    for context in contexts:
        context.close()
