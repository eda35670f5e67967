"""An article says the same in every form: scripts, widths, line breaks, blanks, invisible characters, markup, bytes.

A fact is the same where all its fields are and each evidence covers the same characters of the article. Articles whose
lines are broken by width already are left out where lines are broken anew.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import pytest
from forms.articles import ARTICLES
from forms.variants import (
    Change,
    Form,
    corner_quotes,
    encodable,
    form_of,
    full_width,
    full_width_digits,
    half_width,
    html,
    letter_spaced,
    markdown,
    page_breaks,
    script,
    soft_hyphens,
    spaced_numbers,
    stray_spaces,
    then,
    unchanged,
    wrapped,
    zero_width,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.article import Article, read_article
from kg.extraction import find_facts
from kg.facts.jsonl import fact_to_dict
from kg.facts.model import Fact

Claims = Counter[tuple[str, tuple[tuple[int, ...], ...]]]


@dataclass(frozen=True)
class Case:
    """A change of form, the bytes and the name that the changed article has, and what share of facts it keeps."""

    change: Change
    encoding: str = "utf-8"
    ending: str = ".txt"
    kept: float = 1.0
    breaks_lines: bool = False


taiwan = script("s2tw")
FORMS: Mapping[str, Case] = {
    "traditional": Case(script("s2t")),
    "taiwan": Case(taiwan),
    "hong-kong": Case(script("s2hk")),
    # OpenCC's words are those of computing: 項目 becomes 專案, 社區 社群, 運行 執行, and nothing leads back.
    "taiwan-words": Case(script("s2twp"), kept=0.9),
    "full-width": Case(full_width),
    "full-width-digits": Case(full_width_digits),
    "half-width": Case(half_width),
    "corner-quotes": Case(corner_quotes),
    # A title cut in two is two lines, of which the second is no title; a paragraph that ends where the line does has
    # no end.
    "wrapped-20": Case(wrapped(20, 20), kept=0.99, breaks_lines=True),
    "wrapped-30": Case(wrapped(30, 30), kept=0.99, breaks_lines=True),
    "wrapped-40": Case(wrapped(40, 40), kept=0.99, breaks_lines=True),
    "wrapped-20-40": Case(wrapped(20, 40), kept=0.99, breaks_lines=True),
    "wrapped-between-blank-lines": Case(wrapped(30, 30, blank=True), kept=0.99, breaks_lines=True),
    "wrapped-indented": Case(wrapped(30, 30, indent="　　"), kept=0.99, breaks_lines=True),
    # A break in the first words of a paragraph leaves what could be a heading.
    "page-breaks": Case(page_breaks(300), kept=0.99, breaks_lines=True),
    "form-feeds": Case(page_breaks(300, "\f"), kept=0.99, breaks_lines=True),
    "letter-spaced": Case(letter_spaced),
    "stray-spaces": Case(stray_spaces(0.2)),
    "spaced-numbers": Case(spaced_numbers),
    "zero-width": Case(zero_width),
    "soft-hyphens": Case(soft_hyphens),
    "html": Case(html(), ending=".html", breaks_lines=True),
    "html-breaks": Case(html(breaks=True), ending=".html", breaks_lines=True),
    "html-inline-tags": Case(html(inline=0.1), ending=".html", breaks_lines=True),
    "html-references": Case(html(entities=0.3), ending=".html", breaks_lines=True),
    "markdown": Case(markdown, ending=".md", breaks_lines=True),
    "gb18030": Case(unchanged, encoding="gb18030"),
    "big5": Case(then(taiwan, encodable("big5hkscs")), encoding="big5hkscs"),
    "utf-16": Case(unchanged, encoding="utf-16"),
    "taiwan-zero-width": Case(then(taiwan, zero_width)),
    "taiwan-wrapped": Case(then(taiwan, wrapped(30, 30)), kept=0.99, breaks_lines=True),
    "taiwan-html": Case(then(taiwan, html()), ending=".html", breaks_lines=True),
}
# Forms that go together: what is done to characters first, then to lines, then the markup.
LETTERS = [taiwan, script("s2hk"), full_width_digits, half_width, corner_quotes, unchanged]
BLANKS = [stray_spaces(0.1), spaced_numbers, zero_width, soft_hyphens, unchanged]
PAGES = [(html(), ".html"), (html(breaks=True, inline=0.05), ".html"), (markdown, ".md"), (unchanged, ".txt")]


@cache
def plain(path: Path) -> tuple[Article, Claims]:
    article = read_article(path)
    return article, claims(article, form_of(article.text))


def claims(article: Article, form: Form) -> Claims:
    return Counter((fields(fact), evidence(article, fact, form)) for fact in find_facts(article))


def fields(fact: Fact) -> str:
    said = fact_to_dict(fact)
    told = {name: value for name, value in said.items() if name not in ("evidence", "derivation")}
    return json.dumps(told, ensure_ascii=False, default=str)


def evidence(article: Article, fact: Fact, form: Form) -> tuple[tuple[int, ...], ...]:
    for place in fact.evidence:
        assert article.text[place.start : place.end] == place.quote
    return tuple(sorted(tuple(sorted(form.origins(place.start, place.end))) for place in fact.evidence))


def is_broken(text: str) -> bool:
    """Tell whether an article's lines are broken by width as it stands."""
    return max(map(len, text.splitlines())) <= 60


def reread(path: Path, case: Case, random: Random, folder: Path) -> tuple[Claims, Claims]:
    """Return an article's facts and those of its changed form."""
    article, expected = plain(path)
    form = case.change(form_of(article.text, article.title), random)
    changed = folder / f"{path.stem}{case.ending}"
    changed.write_bytes(form.text.encode(case.encoding))
    found = read_article(changed)
    assert found.text == form.text
    return expected, claims(found, form)


def test_articles_are_found() -> None:
    assert len(ARTICLES) >= 20
    assert sum(plain(path)[1].total() for path in ARTICLES) > 900


@pytest.mark.parametrize("name", FORMS)
def test_facts_are_the_same_in_another_form(name: str, tmp_path: Path) -> None:
    case = FORMS[name]
    lost: dict[str, list[str]] = {}
    total = kept = 0
    for path in ARTICLES:
        if case.breaks_lines and is_broken(plain(path)[0].text):
            continue
        expected, found = reread(path, case, Random(path.stem), tmp_path)
        total += expected.total()
        kept += (expected & found).total()
        if expected != found:
            lost[path.stem] = [told for told, _ in (expected - found) + (found - expected)]
    assert total > 800
    if case.kept == 1.0:
        assert not lost
    assert kept >= case.kept * total, lost


@settings(
    max_examples=40,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    path=st.sampled_from(ARTICLES),
    letters=st.sampled_from(LETTERS),
    blanks=st.sampled_from(BLANKS),
    page=st.sampled_from(PAGES),
    seed=st.integers(0, 2**32),
)
def test_forms_go_together(
    tmp_path: Path, path: Path, letters: Change, blanks: Change, page: tuple[Change, str], seed: int
) -> None:
    change, ending = page
    if ending != ".txt" and is_broken(plain(path)[0].text):
        change, ending = unchanged, ".txt"
    case = Case(then(letters, blanks, change), ending=ending)
    expected, found = reread(path, case, Random(seed), tmp_path)
    assert found == expected
