"""The site without a server: every page leads somewhere, speaks one language, shows text as text, is the same again."""

from __future__ import annotations

import filecmp
import json
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html
from site_material import HOSTILE

from kg.audit import audit_graph, audit_store
from kg.corpus import check_corpus
from kg.errors import InputError
from kg.gate import check_graph, read_triples
from kg.pages.wording import wording
from kg.pipeline import build, infer_again
from kg.queries import ask, catalogue
from kg.site import build_site
from kg.site.agencies import agency_pages
from kg.site.answering import answer_table
from kg.site.checking import start_checking
from kg.site.corpus import read_corpus
from kg.site.findings import contradictions, contradictions_page
from kg.site.indicators import _key, indicator_pages
from kg.site.inputs import digest_of_inputs
from kg.site.outline import NAVIGATION, Outline, laid_out
from kg.site.parts import Kept, lengthened, make_scripts, parts_of, script_of, shortened
from kg.site.splitting import split
from kg.site.statements import Statements, read_statements
from kg.site.swapping import swap
from kg.store import Rows, memory_store, open_store
from kg.workers import Processes

Trees = dict[Path, html.HtmlElement]


@pytest.fixture(scope="module")
def trees(site: Path) -> Trees:
    found = {path: html.document_fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))}
    assert len(found) > 200
    return found


def test_both_languages_have_the_same_pages(site: Path) -> None:
    english, chinese = ({p.relative_to(site / lang) for p in (site / lang).rglob("*.html")} for lang in ("en", "zh"))
    assert english == chinese
    for name in NAVIGATION:
        assert Path(f"{name}.html") in english
    for kind in ("bureau", "indicator", "campaign", "honors", "coverage", "question", "article"):
        assert any(path.parts[0] == kind for path in english), kind
    assert len([path for path in english if path.parts[0] == "question"]) == len(catalogue())


def test_every_link_arrives_inside_the_site(site: Path, trees: Trees) -> None:
    ids = {
        path: {e.get("id") for e in tree.iter() if isinstance(e.tag, str) and e.get("id")}
        for path, tree in trees.items()
    }
    seen = 0
    for path, tree in trees.items():
        for attribute in ("href", "src", "data-quotes"):
            for element in tree.xpath(f"//*[@{attribute}]"):
                link = element.get(attribute)
                if link.startswith("data:") or link == "#":
                    continue
                assert not re.match(r"[a-z]+:|//", link), f"{path}: {link} leads outside"
                file, fragment = urldefrag(link)
                target = (path.parent / unquote(file)).resolve() if file else path
                assert target.is_file(), f"{path}: {link}"
                if fragment and target.suffix == ".html":
                    assert fragment in ids[target], f"{path}: {link}"
                seen += 1
    assert seen > 5_000
    for name in ("style.css", "site.js", "sparql.js", "reader.js"):
        assert not re.search(r"https?://|url\(", (site / "assets" / name).read_text(encoding="utf-8"))


def test_every_page_says_its_language_and_has_its_parts(trees: Trees, site: Path) -> None:
    for path, tree in trees.items():
        where = path.relative_to(site)
        if len(where.parts) > 1:
            assert tree.get("lang") == where.parts[0]
            other = tree.xpath("//p[@class='speak']/a")[0]
            assert (path.parent / other.get("href")).resolve().is_file()
        assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), where
        assert tree.xpath("string(//title)")
        assert tree.xpath("//meta[@name='viewport']")
        assert all(element.get("alt") for element in tree.iter("img"))
        for table in tree.iter("table"):
            assert table.find("caption") is not None
            assert all(head.get("scope") == "col" for head in table.find("thead").iter("th"))


def test_headings_and_labels_keep_to_the_language(trees: Trees, site: Path) -> None:
    chinese, english = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]{4,}")
    allowed = re.compile("SPARQL|pingan-kg|Vega-Lite|English|" + re.escape(HOSTILE))
    looked = 0
    for path, tree in trees.items():
        where = path.relative_to(site)
        if len(where.parts) == 1:
            continue
        strange = chinese if where.parts[0] == "en" else english
        for element in tree.xpath("//th[not(@lang)] | //h2 | //p[@class='lead'] | //nav//a | //button | //label"):
            if element.xpath("ancestor-or-self::*[@lang][not(self::html)]"):
                continue
            if element.xpath(".//*[@lang]"):
                continue
            text = allowed.sub("", "".join(element.itertext()))
            if element.tag == "h2" and where.parts[1] in ("indicator", "bureau", "article"):
                continue  # units, scopes and names are the article's
            if element.tag == "p" and where.parts[1] == "article":
                continue
            assert not strange.search(text), f"{where}: {text}"
            looked += 1
    assert looked > 2_000


def test_hostile_content_is_text(site: Path, trees: Trees) -> None:
    shown = 0
    for path, tree in trees.items():
        text = path.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert "\u202e" not in text
        shown += "&lt;script&gt;alert(1)" in text
        assert not [e for e in tree.iter("img") if e.get("onerror")]
        assert all(e.get("src") or e.get("type") == "application/json" for e in tree.iter("script"))
    assert shown > 4
    for name in ("en/search/names.js", "en/search/quotes.js"):
        script = (site / name).read_text(encoding="utf-8")
        assert len(json.loads(script[script.index("=") + 1 : script.rindex(";")])) > 5


def test_contradictions_stand_with_both_quotes(site: Path) -> None:
    tree = html.document_fromstring((site / "en" / "contradictions.html").read_bytes())
    quotes = tree.xpath("//div[@class='pair'][1]//blockquote")
    said = "".join("".join(quote.itertext()) for quote in quotes)
    assert "破获刑事案件120起" in said
    assert "破获刑事案件450起" in said
    bureau = html.document_fromstring((site / "zh" / "bureau" / "330300.html").read_bytes())
    assert len(bureau.xpath("//section[@id='contradictions']//blockquote")) == 2


def test_figures_of_no_known_indicator_stand_last(site: Path) -> None:
    for language in ("en", "zh"):
        tree = html.document_fromstring((site / language / "bureau" / "371600.html").read_bytes())
        rows = tree.xpath("//section[@id='figures']//tbody/tr")
        known = [bool(row.xpath("./*[1]//a")) for row in rows]
        assert 0 < sum(known) < len(known)
        assert known == sorted(known, reverse=True)


def test_a_row_of_an_answer_leads_to_its_words(site: Path) -> None:
    path = site / "en" / "question" / "criminal-cases.html"
    tree = html.document_fromstring(path.read_bytes())
    links = tree.xpath("//td[@class='quote']/a")
    assert links
    for link in links:
        file, fragment = urldefrag(link.get("href"))
        article = html.document_fromstring((path.parent / file).read_bytes())
        claim = article.get_element_by_id(fragment)
        assert "".join(link.itertext()) == "".join(claim.find("blockquote").itertext())


def test_an_answer_speaks_the_language_of_its_page(site: Path, site_store: Path) -> None:
    store = open_store(site_store)
    for query in catalogue().values():
        answer = ask(store, query, query.sample)
        assert isinstance(answer, Rows)
        for language in ("en", "zh"):
            unknown = {name for name in answer.columns if f"query_column.{name}" not in wording(language).texts}
            assert not unknown, (query.name, unknown)
    code = re.compile("[a-z]{3,}")
    pa = "https://w3id.org/pingan/ontology#"
    printed = {words for (words,) in store.strings(f"SELECT ?t {{ ?a a <{pa}Article> ; <{pa}title>|<{pa}outlet> ?t }}")}
    looked = 0
    for path in sorted((site / "zh" / "question").glob("*.html")):
        for cell in html.document_fromstring(path.read_bytes()).xpath("//td[not(.//a)]"):
            text = "".join(cell.itertext())
            if "|" not in text and text not in printed:  # a slot is the same in all languages, and a title too
                assert not code.search(text), f"{path.name}: {text}"
                looked += 1
    assert looked > 500
    english = (site / "en" / "question" / "compare-indicator.html").read_text(encoding="utf-8")
    assert "telecom and online fraud" in english and "电信网络诈骗</bdi></td>" not in english


def test_a_number_of_an_answer_stands_with_its_unit_and_its_bound(site: Path, site_store: Path) -> None:
    store = open_store(site_store)
    query = catalogue()["compare-indicator"]
    given = {**query.sample, "subject": "刑事案件"}
    answer = ask(store, query, given)
    assert isinstance(answer, Rows)
    corpus = read_corpus(store, store.held.values())
    table = answer_table(Outline(corpus, wording("en")), answer, "../")
    heads = [column.label for column in table.columns]
    assert {"unit", "bound", "direction", "from", "to"}.isdisjoint(heads)
    assert len(table.rows) == len(answer.rows) > 5
    said = {row[heads.index("value")].text for row in table.rows}
    assert {"at least 90 起", "120 起"} <= said
    assert {row[heads.index("period")].text for row in table.rows} >= {"2021", "2022", "2023"}


def test_what_stands_on_one_chart_may_be_compared(site_store: Path) -> None:
    store = open_store(site_store)
    corpus = read_corpus(store, store.held.values())
    outline = Outline(corpus, wording("en"))
    solved = [one for one in corpus.figures if one.indicator == "破获刑事案件"]
    keys = {(outline.agency_name(one.agency), one.period, one.value): _key(outline, one) for one in solved}
    assert len({key for (name, _, _), key in keys.items() if name in ("温州市公安局", "台州市公安局")}) == 1
    for figure in corpus.figures:
        key = _key(outline, figure)
        if key and figure.kind in ("count", "money"):
            assert corpus.agencies[figure.agency].level in key
    assert all(not _key(outline, one) for one in corpus.figures if not one.period[0] or one.value is None)


def test_changes_against_other_years_stand_apart(tmp_path: Path) -> None:
    texts = (
        "温州市公安局2023年刑事案件立案数较2019年下降20%。",
        "台州市公安局2022年刑事案件立案数较2018年下降30%。",
        "衢州市公安局2021年刑事案件立案数较2016年下降40%。",
        "嘉兴市公安局2021年刑事案件立案数较2020年下降5%。",
        "金华市公安局2022年刑事案件立案数同比下降6%。",
    )
    for number, text in enumerate(texts):
        (tmp_path / f"made-{number}.txt").write_text(f"平安答卷\n\n2024-01-05\n\n{text}\n", encoding="utf-8")
    build([str(tmp_path / f"made-{number}.txt") for number in range(len(texts))], str(tmp_path / "store"))
    store = open_store(tmp_path / "store")
    corpus = read_corpus(store, store.held.values())
    together: dict[str, set[str]] = {}
    for language in ("en", "zh"):
        outline = Outline(corpus, wording(language))
        (page,) = (one for one in laid_out(indicator_pages(outline)) if one.path == "indicator/crime.filed.html")
        for section in page.sections:
            if section.chart and section.table:
                together[section.heading] = {row[0].text for row in section.table.rows}
    assert together == {
        "change · % · whole years · against: the same period 4 years before": {"温州市公安局", "台州市公安局"},
        "change · % · whole years · against: same period a year before": {"嘉兴市公安局", "金华市公安局"},
        "变化 · % · 整年 · 对比：4 年前同期": {"温州市公安局", "台州市公安局"},
        "变化 · % · 整年 · 对比：上年同期": {"嘉兴市公安局", "金华市公安局"},
    }


def test_charts_stand_beside_tables_that_say_the_same(site: Path) -> None:
    path = site / "en" / "indicator" / "crime.solved.html"
    tree = html.document_fromstring(path.read_bytes())
    chart = tree.xpath("//figure//img")[0]
    svg = (path.parent / chart.get("src")).read_text(encoding="utf-8")
    section = chart.xpath("ancestor::section")[0]
    values = ["".join(cell.itertext()) for cell in section.xpath(".//td[@class='number']")]
    assert values
    for value in values:
        assert value in svg
    assert "at least 90 起" in values
    assert section.xpath(".//a[@download][contains(@href, '.svg')]")


def test_what_is_not_reported_is_shown(site: Path) -> None:
    matrix = html.document_fromstring((site / "en" / "coverage.html").read_bytes()).xpath("//table[@class='matrix']")[0]
    cells = ["".join(cell.itertext()) for cell in matrix.xpath(".//td")]
    assert "–" in cells
    assert any(cell.isdigit() for cell in cells)


@pytest.mark.long
def test_the_same_store_gives_the_same_bytes_and_makes_nothing_anew(
    site: Path, site_store: Path, tmp_path: Path
) -> None:
    again = build_site(str(site_store), str(tmp_path / "again"))
    assert again.counts.kept == 0
    compared = filecmp.dircmp(site, tmp_path / "again")
    _same(compared)
    copy = tmp_path / "copy"
    shutil.copytree(site, copy)
    second = build_site(str(site_store), str(copy))
    assert (second.counts.made, second.counts.removed) == (0, 0)
    assert second.counts.kept == again.counts.made
    assert (second.pages, second.articles, second.counts.bytes) == (again.pages, again.articles, again.counts.bytes)
    _same(filecmp.dircmp(site, copy))
    (copy / "zh" / "gate.html").unlink()
    third = build_site(str(site_store), str(copy))
    assert (third.counts.made, third.counts.kept) == (1, again.counts.made - 1)
    _same(filecmp.dircmp(site, copy))


@pytest.mark.long
def test_what_a_site_is_made_of_is_the_store_s_content(site_store: Path, tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    shutil.copytree(site_store.parent / "articles", articles)
    build([str(articles)], str(store), runner=Processes(2))
    inputs = _inputs(store)
    assert inputs == _inputs(site_store) != _inputs(store, "5 charts")
    infer_again(str(store), keep=False)
    assert _inputs(store) != inputs
    infer_again(str(store))
    assert _inputs(store) == inputs
    (store / "gate.jsonl").unlink()  # so that the gate looks at the files again
    looking = _inputs(store)
    (articles / "wenzhou-1.txt").unlink()
    assert _inputs(store) != looking


def _inputs(store: Path, *told: str) -> str:
    opened = open_store(store)
    return digest_of_inputs(opened, opened.digests(), *told)


def _same(compared: filecmp.dircmp[str]) -> None:
    assert not compared.left_only and not compared.right_only
    _, different, odd = filecmp.cmpfiles(compared.left, compared.right, compared.common_files, shallow=False)
    assert not different and not odd
    for inside in compared.subdirs.values():
        _same(inside)


@pytest.mark.long
def test_a_changed_article_changes_its_pages_alone(site: Path, site_store: Path, tmp_path: Path) -> None:
    articles, store, copy = tmp_path / "articles", tmp_path / "store", tmp_path / "site"
    shutil.copytree(site_store.parent / "articles", articles)
    build([str(articles)], str(store))
    build_site(str(store), str(copy))
    text = "台州市公安局2024年破获刑事案件95起。\n"
    (articles / "taizhou-2.txt").write_text(f"新报道\n\n2025-01-05\n\n{text}", encoding="utf-8")
    build([str(articles)], str(store))
    built = build_site(str(store), str(copy))
    assert 0 < built.counts.made < built.counts.kept / 2
    home = (copy / "en" / "index.html").read_text(encoding="utf-8")
    assert "last built from other articles: 1." in home
    assert "article/taizhou-2.html" in home
    before = {p: p.stat().st_ino for p in copy.rglob("*.html")}
    assert build_site(str(store), str(copy)).counts.made == 0
    assert {p: p.stat().st_ino for p in copy.rglob("*.html")} == before
    (articles / "taizhou-2.txt").unlink()
    build([str(articles)], str(store))
    assert build_site(str(store), str(copy)).counts.removed > 0
    assert not (copy / "en" / "article" / "taizhou-2.html").exists()


@pytest.mark.parametrize("graphs", [48, 4])
def test_the_data_of_the_sparql_page_are_the_store_s(
    site_store: Path, graphs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.site.parts.GRAPHS", graphs)
    store = open_store(site_store)
    made = make_scripts(store, parts_of(store.digests()))
    lines = [line for _, script in made for line in _statements_of(script)]
    told = {line for line in store.statements().decode().splitlines() if not _left_out(line)}
    assert set(lines) == told
    assert (len(made), len(lines) == len(told)) == ((1, True) if graphs == 48 else (8, False))
    loaded = memory_store(["\n".join(lines).encode()], "ntriples")
    for name in ("criminal-cases", "honors-by-level", "everything-about-bureau"):
        from kg.queries import spelled_out

        query = catalogue()[name]
        assert loaded.ask(spelled_out(query, query.sample)) == ask(store, query, query.sample)


def test_what_was_kept_is_what_the_store_states(site_store: Path) -> None:
    store = open_store(site_store)
    kept = Kept(dict(store.packs()), dict(store.derived(store.graphs())))
    assert len(kept.packs) == 7
    assert len(kept.derived) > 14
    for graph in (*kept.packs, *kept.derived):
        assert script_of(store, [graph], kept) == script_of(store, [graph])


def test_a_term_with_rare_characters_is_the_same_in_a_script() -> None:
    terms = ["<urn:𠮷𠮷𠮷𠮷1>", "<urn:𠮷𠮷𠮷𠮷2>", "<urn:警情警情警情>", "<urn:警情警情警情2>"]
    short = shortened(terms)
    assert lengthened(short) == terms
    assert short == [*terms[:3], 8, "情警情2>"]


def _left_out(line: str) -> bool:
    _, link, value = line.split(" ", 2)
    ours = "<https://w3id.org/pingan/ontology#"
    annotation = "<http://www.w3.org/ns/oa#"
    dropped = {f"{ours}{name}>" for name in ("sketch", "textHash", "characters")}
    return link.startswith(annotation) or link in dropped or (link.endswith("#type>") and value.startswith(annotation))


def test_statements_read_once_say_what_queries_say(site_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.site.parts.GRAPHS", 4)
    store = open_store(site_store)
    statements = Statements(store, [script for _, script in make_scripts(store, parts_of(store.digests()))])
    assert read_corpus(statements, store.held.values()) == read_corpus(store, store.held.values())
    assert check_corpus(statements) == check_corpus(store)
    quotes = "SELECT ?s ?o WHERE { ?s <https://w3id.org/pingan/ontology#quote> ?o }"
    assert sorted(statements.strings(quotes)) == sorted(store.strings(quotes))
    types = "SELECT ?s ?o WHERE { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?o }"
    assert len(statements.strings(types)) == len(set(statements.strings(types)))


def _statements_of(script: bytes) -> Iterator[str]:
    text = script.decode().partition("\n")[2]
    graph = text[len("(window.kgGraph = window.kgGraph || []).push(") : -len(");\n")]
    read = json.loads(graph.replace("{terms:", '{"terms":').replace("\nlinks:", '\n"links":'))
    terms = lengthened(read["terms"])
    for property_, *pairs in read["links"]:
        subject = 0
        for step, value in zip(*[iter(pairs)] * 2, strict=True):
            subject += step
            yield f"{terms[subject]} {terms[property_]} {terms[value]} ."


def test_the_gate_sees_in_a_store_s_statements_what_it_sees_in_a_dataset(site_store: Path) -> None:
    store = open_store(site_store)
    graphs = {held.graph for held in store.held.values()} & set(store.graphs())
    assert len(graphs) == 7
    for graph in graphs:
        assert check_graph(read_triples(store.triples(graph))) == audit_graph(store.dump(graph), graph)


def test_the_gate_s_report_is_the_one_kept_with_the_store(site_store: Path, tmp_path: Path) -> None:
    shutil.copytree(site_store, tmp_path / "store")
    store = open_store(site_store)
    (tmp_path / "store" / "gate.jsonl").unlink()
    with ThreadPoolExecutor() as pool:
        kept, made = start_checking(store, pool), start_checking(open_store(tmp_path / "store"), pool)
        assert (len(kept.known), len(kept.made)) == (7, 0)
        assert (len(made.known), len(made.made)) == (0, 1)
        report = made.done()
    assert kept.done() == report == audit_store(store)
    assert len(report.findings) > 20 and len(report.articles) == 7


def test_a_site_in_use_is_never_away(site_store: Path, site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(site, copy)
    swapped = tmp_path / "swapped"
    shutil.copytree(site, swapped)
    stop = Event()
    seen: list[bool] = []

    def look() -> None:
        while not stop.is_set():
            seen.append((copy / "assets" / "style.css").is_file())

    with ThreadPoolExecutor() as pool:
        looking = pool.submit(look)
        try:
            while len(seen) < 200 and not looking.done():
                assert swap(copy, swapped) and swap(copy, swapped)
        finally:
            stop.set()
        looking.result()
    assert len(seen) >= 200 and all(seen)
    assert swap(copy / "assets", tmp_path / "nowhere") is False


@pytest.mark.long
def test_full_texts_only_where_asked_for(site: Path, site_store: Path, tmp_path: Path) -> None:
    words = "省公安厅"
    sentence = "新时代赋予新使命"
    assert sentence not in (site / "zh" / "article" / "bozhou-2024.html").read_text(encoding="utf-8")
    build_site(str(site_store), str(tmp_path / "full"), full_text=True, charts=0)
    page = (tmp_path / "full" / "zh" / "article" / "bozhou-2024.html").read_text(encoding="utf-8")
    assert sentence in page and words in page
    assert page.count('<article class="card') > 50


def test_pages_are_small(site: Path) -> None:
    sizes = {path: path.stat().st_size for path in site.rglob("*.html")}
    assert max(sizes.values()) < 500_000


def test_another_folder_is_left_alone(site_store: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="holds no site"):
        build_site(str(site_store), str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("room", [2_000, 9_000, 40_000])
def test_long_pages_are_split_and_lose_nothing(site_store: Path, room: int) -> None:
    statements = read_statements(open_store(site_store))
    corpus = read_corpus(statements, ())
    report = check_corpus(statements)
    for language in ("en", "zh"):
        outline = Outline(corpus, wording(language))
        odd = contradictions(outline, report)
        paths: list[str] = []
        pages = [*laid_out(indicator_pages(outline)), *laid_out(agency_pages(outline, {}))]
        pages.append(contradictions_page(outline, odd))
        for page in pages:
            parts = split(page, outline.words, room, few=0)
            paths += [part.path for part in parts]
            assert [part.first for part in parts] == [page.path if len(parts) > 1 else ""] * len(parts)
            for name in ("pairs", "chips", "links"):
                whole = [one for section in page.sections for one in getattr(section, name)]
                assert [one for part in parts for section in part.sections for one in getattr(section, name)] == whole
            for what in (lambda s: s.table.rows if s.table else (), lambda s: (s.chart,) if s.chart else ()):
                whole = [one for section in page.sections for one in what(section)]
                assert [one for part in parts for section in part.sections for one in what(section)] == whole
            anchors = [section.anchor for part in parts for section in part.sections if section.anchor]
            assert anchors == [section.anchor for section in page.sections if section.anchor]
            for at, part in enumerate(parts if len(parts) > 1 else ()):
                assert [href for _, href in part.parts].index("") == at
        assert len(set(paths)) == len(paths) > len(pages)
