"""A site built again is the one that would be built from scratch: no page is left as it was that would be another."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kg.difference import store_facts
from kg.facts.model import Metric
from kg.pages.wording import wording
from kg.pipeline import build, infer_again
from kg.review import Review, review_line, sentence_of
from kg.site import build_site
from kg.site.agencies import agency_pages
from kg.site.build import Built
from kg.site.campaigns import campaign_pages
from kg.site.corpus import Corpus, read_corpus
from kg.site.indicators import indicator_pages
from kg.site.ingredients import ingredients
from kg.site.outline import Outline, Plan
from kg.site.sources import source_pages
from kg.store import open_store

CHARTS = 2
"""So few that a change decides which are drawn."""


@pytest.fixture
def folder(site_store: Path, tmp_path: Path) -> Path:
    """Return a folder with ``articles``, their ``store`` and a ``site`` of it."""
    shutil.copytree(site_store.parent / "articles", tmp_path / "articles")
    (tmp_path / "articles" / "binzhou-2020.txt").unlink()  # half of the time
    build([str(tmp_path / "articles")], str(tmp_path / "store"))
    build_site(str(tmp_path / "store"), str(tmp_path / "site"), charts=CHARTS)
    return tmp_path


def _rewrite(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "articles" / f"{name}.txt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _change_a_figure(folder: Path) -> None:
    _rewrite(folder, "taizhou-1", "抓获犯罪嫌疑人70名", "抓获犯罪嫌疑人75名")


def _end_a_contradiction(folder: Path) -> None:
    _rewrite(folder, "wenzhou-2", "450起", "120起")


def _change_what_is_drawn(folder: Path) -> None:
    text = "".join(f"{year}年破获刑事案件{year - 1900}起," for year in range(2012, 2022))
    _rewrite(folder, "taizhou-0", "2022年破获", f"{text}2022年破获")


def _change_a_headline(folder: Path) -> None:
    _rewrite(folder, "wenzhou-1", "平安答卷", "另一份答卷")


def _add_an_article(folder: Path) -> None:
    text = "台州市公安局路桥分局2024年破获刑事案件95起。开展“云剑”“净网”专项行动。荣获全国优秀公安局称号。\n"
    (folder / "articles" / "taizhou-2.txt").write_text(f"新报道\n\n2025-01-05\n\n{text}", encoding="utf-8")


def _remove_an_article(folder: Path) -> None:
    (folder / "articles" / "taizhou-1.txt").unlink()


def _refuse_an_article(folder: Path) -> None:
    (folder / "articles" / "wenzhou-1.txt").write_text("平安答卷\n\n2024-01-05\n\n天气很好。\n", encoding="utf-8")


def _correct_a_figure(folder: Path) -> None:
    (fact,) = (
        fact
        for fact in store_facts(open_store(folder / "store"))
        if isinstance(fact, Metric) and fact.article == "taizhou-1" and fact.value == 70
    )
    text = (folder / "articles" / "taizhou-1.txt").read_text(encoding="utf-8")
    corrected = replace(fact, value=Decimal(71))
    review = Review(fact, sentence_of(text, fact), "correct", "李审核", date(2024, 3, 1), "原文印错", corrected)
    (folder / "store" / "reviews.jsonl").write_text(review_line(review) + "\n", encoding="utf-8")


def _forget_what_is_inferred(folder: Path) -> None:
    infer_again(str(folder / "store"), keep=False)


def _damage_statements(folder: Path) -> None:
    _remove_an_article(folder)
    for path in (folder / "site" / "data" / "graph").iterdir():
        path.unlink()  # the file is linked into other sites
        path.write_bytes(b"// 0123\n")


def _damage_what_is_remembered(folder: Path) -> None:
    _change_a_figure(folder)
    path = folder / "site" / "site.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"pages": {"en/index.html": [1]}}), encoding="utf-8")


def _lose_files(folder: Path) -> None:
    for path in [*(folder / "site" / "charts").iterdir(), *(folder / "site" / "en" / "bureau").iterdir()][::2]:
        path.unlink()


_CHANGES = (
    _change_a_figure, _end_a_contradiction, _change_what_is_drawn, _change_a_headline, _add_an_article,
    _remove_an_article, _refuse_an_article, _correct_a_figure, _forget_what_is_inferred, _damage_statements,
    _damage_what_is_remembered, _lose_files,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "graphs"),
    [(_change_a_figure, 48), *(pytest.param(change, 4, marks=pytest.mark.long) for change in _CHANGES)],
)
def test_built_again_is_built_anew(
    folder: Path, graphs: int, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.site.parts.GRAPHS", graphs)
    if graphs != 48:
        build_site(str(folder / "store"), str(folder / "site"), charts=CHARTS)
    before = _read_all(folder / "site")
    change(folder)
    if change is not _forget_what_is_inferred:
        build([str(folder / "articles")], str(folder / "store"))
    _remember_history_alone(folder / "site", folder / "fresh")
    again = _build(folder, "site")
    fresh = _build(folder, "fresh")
    assert fresh.counts.kept == 0
    assert _read_all(folder / "site") == _read_all(folder / "fresh")
    if change not in (_damage_statements, _damage_what_is_remembered, _lose_files):
        assert _read_all(folder / "site") != before
        assert again.counts.made < again.counts.kept
    assert (again.pages, again.articles, again.counts.bytes) == (fresh.pages, fresh.articles, fresh.counts.bytes)


def _build(folder: Path, site: str) -> Built:
    return build_site(str(folder / "store"), str(folder / site), charts=CHARTS)


def _remember_history_alone(site: Path, fresh: Path) -> None:
    """Make a site that knows which articles there were before, and holds nothing."""
    data = json.loads((site / "site.json").read_text(encoding="utf-8"))
    fresh.mkdir()
    forgotten = {"files": {}, "pages": {}, "inputs": ""}
    (fresh / "site.json").write_text(json.dumps(data | forgotten), encoding="utf-8")


def _read_all(folder: Path) -> Mapping[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_an_unchanged_page_is_not_laid_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _change_a_figure(folder)
    build([str(folder / "articles")], str(folder / "store"))
    made = json.loads((folder / "site" / "site.json").read_text(encoding="utf-8"))["pages"]
    built = _build(folder, "site")
    assert 0 < built.counts.made < 30
    after = json.loads((folder / "site" / "site.json").read_text(encoding="utf-8"))["pages"]
    changed = {path for path in after if path.startswith("en/") and after[path] != made.get(path)}
    assert "en/article/taizhou-1.html" in changed and len(changed) < 8 < len(after) / 8


# --- what pages are made of -------------------------------------------------------------------------------------------

_OTHER: Mapping[type, Callable[[object], object]] = {
    str: lambda old: f"{old}x",
    bool: lambda old: not old,
    int: lambda old: f"{old}1" and 7,
    tuple: lambda old: ("2001-01-01", "2001-12-31"),
    dict: lambda old: {"en": "other", "zh": "别的"},
    Decimal: lambda old: Decimal("98765"),
    type(None): lambda old: Decimal("98765"),
}


def _varied(one: object) -> Iterator[object]:
    """Give a thing of a corpus with one field after the other changed, but what it is known by."""
    for field in fields(one):  # type: ignore[arg-type]
        if field.name in ("iri", "key"):
            continue
        old = getattr(one, field.name)
        yield replace(one, **{field.name: _OTHER[type(old)](old)})  # type: ignore[type-var]


def _variants(corpus: Corpus) -> Iterator[Corpus]:
    """Give corpora that differ from one in a field of one thing, or lack it."""
    for name in ("sources", "agencies", "topics", "drives"):
        things = getattr(corpus, name)
        for iri in [*things][:: max(1, len(things) // 4)]:
            for other in _varied(things[iri]):
                yield replace(corpus, **{name: things | {iri: other}})
            yield replace(corpus, **{name: {key: one for key, one in things.items() if key != iri}})
    for name in ("figures", "awards", "parts"):
        claims = getattr(corpus, name)
        for at in range(0, len(claims), max(1, len(claims) // 4)):
            for other in _varied(claims[at]):
                yield replace(corpus, **{name: (*claims[:at], other, *claims[at + 1 :])})
            yield replace(corpus, **{name: (*claims[:at], *claims[at + 1 :])})
    for series in corpus.series:
        yield replace(corpus, series={**corpus.series, series: "别的行动"})


def _pages(corpus: Corpus) -> Mapping[str, tuple[str, str]]:
    """Return by path of a planned page what it is made of, and the page."""
    outline = Outline(corpus, wording("en"))
    made_of = ingredients(outline)
    found = {}
    for give in (indicator_pages, campaign_pages, source_pages, lambda one: agency_pages(one, {})):
        try:
            plans = [page for page in give(outline) if isinstance(page, Plan)]
            found |= {plan.path: (made_of[plan.path], repr(plan.make())) for plan in plans}
        except (KeyError, ValueError):  # a thing that is gone, or days that are none, stop some pages
            continue
    return found


@pytest.mark.long
def test_a_page_that_would_be_another_is_made_of_something_else(folder: Path) -> None:
    store = open_store(folder / "store")
    corpus = read_corpus(store, store.held.values())
    before = _pages(corpus)
    assert len(before) > 50
    differing, count = set[str](), 0
    for variant in _variants(corpus):
        count += 1
        for path, (made_of, page) in _pages(variant).items():
            old = before.get(path)
            if old and old[1] != page:
                differing.add(path)
                assert made_of != old[0], path
    assert count > 300 and len(differing) > len(before) / 2
