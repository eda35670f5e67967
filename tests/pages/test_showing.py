"""The commands that show facts to people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parent.parent.parent / "seeds" / "bozhou-2024.txt"


def test_facts_as_a_page(kg: Any, tmp_path: Path) -> None:
    assert kg("facts", SEED, "--format", "html", "-o", "page.html").returncode == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="zh">' in kg("facts", SEED, "--format", "html", "--lang", "zh").stdout
    two = kg("facts", SEED, SEED.parent / "binzhou-2020.txt", "--format", "html")
    assert (two.returncode, two.stdout) == (2, "")
    assert "kg site" in two.stderr


def test_facts_as_a_terminal_shows_them(kg: Any) -> None:
    shown = kg("facts", SEED, "--format", "view").stdout
    assert "58 facts" in shown or "facts" in shown.splitlines()[0]
    assert "\x1b" not in shown


def test_a_fact_explained_as_a_page_by_its_words_and_by_its_key(kg: Any) -> None:
    page = kg("explain", SEED, "--about", "刑事案件立案数", "--html").stdout
    assert page.count('<article class="card') == 1
    assert "刑事案件立案数" in page
    assert kg("build", SEED).returncode == 0
    key = kg("review", "claims", "--about", "刑事案件立案数").stdout[:12]
    assert f"<code>{key}</code>" in page
    assert kg("explain", key, "--html").stdout == page
    assert "刑事案件立案数" in kg("explain", key).stdout
    assert kg("explain", "0123456789ab").returncode == 2
    assert kg("explain", SEED, "--about", "没有这样的话", "--html").returncode == 2


def test_a_fact_whose_article_has_changed_since_is_not_explained_by_other_words(kg: Any, tmp_path: Path) -> None:
    article = tmp_path / SEED.name
    article.write_bytes(SEED.read_bytes())
    assert kg("build", article).returncode == 0
    key = kg("review", "claims", "--about", "刑事案件立案数").stdout[:12]
    article.write_text(
        article.read_text(encoding="utf-8").replace("刑事案件立案数", "治安案件立案数"), encoding="utf-8"
    )
    for form in ((), ("--html",)):
        done = kg("explain", key, *form)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
        assert article.name in done.stderr and "kg build" in done.stderr


@pytest.mark.parametrize("arguments", [("facts", "-", "--format", "html"), ("explain", "-", "--html")])
def test_nothing_to_show_is_said(kg: Any, arguments: tuple[str, ...]) -> None:
    done = kg(*arguments, stdin="")
    assert done.returncode == 3
    assert done.stdout == ""


def test_an_answer_as_a_chart(kg: Any, seed_store: Path, tmp_path: Path) -> None:
    done = kg("plot", "honors-per-year", "--store", seed_store, "-o", "honors.svg")
    assert done.returncode == 0
    assert (tmp_path / "honors.svg").read_text(encoding="utf-8").startswith("<svg")
    few = kg("plot", "criminal-cases", "--store", seed_store)
    assert few.stdout.startswith("<svg") and few.stderr == ""
    odd = kg("plot", "criminal-cases", "--store", seed_store, "-o", "chart.gif")
    assert odd.returncode == 2 and ".svg" in odd.stderr
