"""Pages as people use them, in a real browser: nothing fetched from outside, nothing wrong on the console."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from kg.article import read_article
from kg.extraction import find_facts
from kg.gate import check
from kg.graph import ONTOLOGY
from kg.pages import article_page

Open = Callable[..., Any]

WRITE = "text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)"
SEEN = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; }"
SEED = Path(__file__).parent.parent.parent / "seeds" / "binzhou-2025.txt"
KINDS = {
    "home": "index.html",
    "bureaus": "bureaus.html",
    "bureau": "bureau/330300.html",
    "indicators": "indicators.html",
    "indicator": "indicator/crime.solved.html",
    "campaigns": "campaigns.html",
    "campaign": "campaign/*.html",
    "honors": "honors.html",
    "honors-of-a-year": "honors/2020.html",
    "coverage": "coverage.html",
    "coverage-of-a-province": "coverage/*.html",
    "contradictions": "contradictions.html",
    "questions": "questions.html",
    "question": "question/criminal-cases.html",
    "articles": "articles.html",
    "article": "article/bozhou-2024.html",
    "hostile": "article/hostile.html",
    "gate": "gate.html",
    "sparql": "sparql.html",
    "search": "search.html",
}
# Lists and leaves made by the same templates as those that every change opens.
_ALIKE = {
    "articles",
    "bureaus",
    "campaigns",
    "contradictions",
    "coverage-of-a-province",
    "honors",
    "honors-of-a-year",
    "questions",
}


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of an article with its facts."""
    article = read_article(SEED)
    facts = find_facts(article)
    path = tmp_path_factory.mktemp("reader") / "facts.html"
    path.write_text(article_page(article, facts, check(article, facts), language="zh"), encoding="utf-8")
    return path


def serious(page: Any) -> list[str]:
    """Return what axe-core finds that keeps people from using a page."""
    options = {
        "preload": False,  # it would read style sheets by XMLHttpRequest
        "checks": {"color-contrast": {"options": {"ignoreLength": True}}},  # most cells of a matrix are one digit
    }
    found = Axe().run(page, options=options)
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found.response["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(
    ("kind", "path"),
    [pytest.param(*one, id=one[0], marks=[pytest.mark.long] if one[0] in _ALIKE else []) for one in KINDS.items()],
)
def test_every_kind_of_page_opens_and_may_be_used_by_anybody(kind: str, path: str, site: Path, visit: Open) -> None:
    # Light in English, dark in Chinese, and as narrow as a small phone: what is said of one holds of the other.
    path = min(one.relative_to(site / "en").as_posix() for one in (site / "en").glob(path))
    light = visit(site / "en" / path)
    light.shot(f"{kind}-en")
    assert serious(light.page) == []
    dark = visit(site / "zh" / path, color_scheme="dark", viewport={"width": 360, "height": 740})
    dark.shot(f"{kind}-zh-phone")
    assert serious(dark.page) == []
    assert dark.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_first_page_offers_both_languages(site: Path, visit: Open) -> None:
    one = visit(site / "index.html")
    one.shot("start")
    assert serious(one.page) == []
    assert one.page.locator("a[hreflang=en], a[hreflang=zh]").count() == 2


def test_no_kind_of_page_is_left_out(site: Path) -> None:
    opened = {path.split("/")[0] for path in KINDS.values()}
    assert {path.relative_to(site / "en").parts[0] for path in (site / "en").rglob("*.html")} == opened


@pytest.mark.parametrize("width", [360, 2400])
@pytest.mark.parametrize("page", ["home", "coverage"])
def test_the_cells_of_a_matrix_can_be_read_in_the_dark(page: str, width: int, site: Path, visit: Open) -> None:
    # On a wide screen no cell is scrolled out of sight, where axe-core does not look.
    one = visit(site / "en" / KINDS[page], color_scheme="dark", viewport={"width": width, "height": 1200})
    assert one.page.locator("td.some").count() > 5
    one.shot(f"{page}-dark-{width}")
    assert serious(one.page) == []


def test_choosing_a_fact_shows_its_mark_and_the_other_way_round(reader: Path, visit: Open) -> None:
    one = visit(reader)
    page = one.page
    assert serious(page) == []
    mark = page.locator("mark.metric").nth(5)
    number = mark.get_attribute("data-facts").split()[0]
    mark.locator("sup a").first.click()
    assert page.locator(f"#f{number}.chosen").is_visible()
    assert page.locator("mark.chosen").count() >= 1
    card = page.locator(".card.honor").first
    card.locator("a.number").click()
    assert "chosen" in card.get_attribute("class")
    page.wait_for_timeout(600)  # it scrolls smoothly
    assert page.locator("mark.honor.chosen").first.evaluate(SEEN)
    page.locator("label[for=show-bureau]").click()
    assert page.locator(".card.bureau").first.is_hidden()
    one.shot("reader")


def test_the_page_of_one_fact_opens_at_its_words(visit: Open, tmp_path: Path) -> None:
    article = read_article(SEED)
    facts = find_facts(article)
    path = tmp_path / "fact.html"
    path.write_text(article_page(article, facts, check(article, facts), only=[facts[-30]]), encoding="utf-8")
    page = visit(path, reduced_motion="reduce").page
    assert page.locator(".card.chosen").is_visible()
    assert page.locator("mark.chosen").first.evaluate(SEEN)


def test_a_page_of_facts_works_without_script(reader: Path, visit: Open) -> None:
    page = visit(reader, java_script_enabled=False).page
    link = page.locator("mark.metric sup a").first
    target = link.get_attribute("href")
    link.click()
    assert page.url.endswith(target)
    assert page.locator(target).is_visible()


def test_switching_the_language_stays_on_the_page(site: Path, visit: Open) -> None:
    page = visit(site / "en" / "bureau" / "330300.html").page
    page.locator("p.speak a").click()
    assert page.url.endswith("/zh/bureau/330300.html")
    assert page.locator("html").get_attribute("lang") == "zh"


def test_a_table_is_sorted_and_filtered(site: Path, visit: Open) -> None:
    page = visit(site / "en" / "bureau" / "371600.html").page
    table = page.locator("#figures table")
    rows = table.locator("tbody tr")
    everything = rows.count()
    head = table.locator("th", has_text="value")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    values = [
        float(v) for v in rows.locator("td.number").evaluate_all("all => all.map(e => e.dataset.sort)") if v.strip()
    ]
    assert values == sorted(values)
    head.locator("button").click()
    values = [
        float(v) for v in rows.locator("td.number").evaluate_all("all => all.map(e => e.dataset.sort)") if v.strip()
    ]
    assert values == sorted(values, reverse=True)
    page.locator("#figures input[type=search]").fill("命案")
    shown = table.locator("tbody tr:visible")
    assert 0 < shown.count() < everything
    assert "命案" in shown.first.inner_text()


def test_everything_can_be_reached_by_keyboard(site: Path, visit: Open) -> None:
    page = visit(site / "en" / "index.html").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Indicators"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/indicators.html")
    page.locator("th button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort]").count() == 1


def test_search_finds_names_and_quotes(site: Path, visit: Open) -> None:
    one = visit(site / "zh" / "search.html")
    page = one.page
    page.locator("#sought").fill("温州")
    page.wait_for_selector("#quotes li")
    assert "温州市公安局" in page.locator("#names").inner_text()
    assert page.locator("#quotes li").first.is_visible()
    page.locator("#names a").first.click()
    assert "温州" in page.locator("h1").inner_text()
    plain = visit(site / "zh" / "search.html", java_script_enabled=False).page
    assert plain.get_by_role("link", name="温州市公安局").first.is_visible()


def test_sparql_runs_in_the_page_and_gives_a_table_and_csv(site: Path, visit: Open) -> None:
    one = visit(site / "en" / "sparql.html")
    page = one.page
    page.evaluate(WRITE, f"PREFIX pa: <{ONTOLOGY}> SELECT ?i ?v {{ ?m pa:indicator ?i ; pa:value ?v }} LIMIT 7")
    page.locator("#run").click()
    page.wait_for_selector("#answer table", timeout=60_000)
    assert page.locator("#answer tbody tr").count() == 7
    assert page.locator("#status").inner_text() == "7 rows"
    with page.expect_download() as download:
        page.locator("#csv").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["i", "v"] and len(rows) == 8
    one.shot("sparql-answer")
    page.locator("#example").select_option(index=3)
    page.locator("#run").click()
    page.wait_for_function("document.querySelectorAll('#answer table').length === 1", timeout=60_000)
    page.evaluate(WRITE, "SELEKT")
    page.locator("#run").click()
    page.wait_for_function("/could not be answered/.test(document.getElementById('status').textContent)")


def test_a_page_prints(site: Path, visit: Open, reader: Path) -> None:
    for path in (site / "en" / "bureau" / "371600.html", reader):
        page = visit(path).page
        page.emulate_media(media="print")
        assert page.locator("nav, .skip, .filter, .toggle").evaluate_all(
            "all => all.every(e => getComputedStyle(e).display === 'none')"
        )
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
        assert page.locator("th").evaluate_all("all => all.every(e => e.innerText.trim())")
        assert len(page.pdf()) > 20_000


def test_hostile_content_runs_nowhere(site: Path, visit: Open) -> None:
    for path in ("article/hostile.html", "bureaus.html", "articles.html", "campaigns.html"):
        page = visit(site / "en" / path).page
        assert page.evaluate("window.alerted") is None
    page = visit(site / "en" / "search.html").page
    page.locator("#sought").fill("alert(1)")
    page.wait_for_selector("#quotes li")
    assert "<script>alert(1)</script>" in page.locator("#quotes").inner_text()
    assert page.locator("#quotes script").count() == 0


def test_a_chart_is_downloaded_as_svg_and_png(site: Path, visit: Open) -> None:
    page = visit(site / "en" / "indicator" / "crime.solved.html").page
    image = page.locator("figure img").first
    # Charts that nobody has scrolled to are there as well: a printed page shows them.
    assert page.locator("figure img").evaluate_all("all => all.every(e => e.complete && e.naturalWidth > 300)")
    assert page.locator("figure a[href$='.svg']").count() >= 1
    for name, first in (("SVG", b"<svg"), ("Vega-Lite", b"{")):
        link = page.locator("figure a", has_text=name).first
        file = site / "en" / "indicator" / link.get_attribute("href")
        assert file.read_bytes().startswith(first)
        assert link.get_attribute("download")
    for _ in range(2):  # the second time the script is there already
        with page.expect_download() as saved:
            page.locator("figure button", has_text="PNG").first.click()
        png = Path(saved.value.path()).read_bytes()
        assert png.startswith(b"\x89PNG") and saved.value.suggested_filename.endswith(".png")
        assert int.from_bytes(png[16:20], "big") == 2 * image.evaluate("e => e.naturalWidth")
