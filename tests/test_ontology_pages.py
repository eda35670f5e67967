"""The pages of the ontology and of the competency questions are current, whole, and the same on every run."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from lxml import html
from rdflib import OWL, RDF, RDFS, SH, SKOS, Literal, URIRef

from kg.gate.shapes import SHAPES, ontology, own_shapes
from kg.graph import ONTOLOGY
from kg.queries import catalogue
from kg.resources import resource

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "write_ontology_pages.py"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


def load(script: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    return load(SCRIPT)


@pytest.fixture(scope="module")
def pages(writer: ModuleType) -> dict[str, str]:
    made: dict[str, str] = {**writer.pages(), **load(SCRIPT.with_name("write_shape_pages.py")).pages()}
    return made


def test_the_pages_are_current(pages: dict[str, str]) -> None:
    assert len(pages) == 6
    for name, text in pages.items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, f"docs/{name}: run make docs"


def test_the_labels_of_the_schemes_are_those_of_the_lexicons() -> None:
    turtle = resource("ontology", "indicators.ttl").read_text(encoding="utf-8")
    assert load(SCRIPT.with_name("write_labels.py")).with_labels(turtle) == turtle, "run make docs"


def test_another_order_of_sets_gives_the_same_page() -> None:
    program = f"import runpy; print(runpy.run_path({str(SCRIPT)!r})['ontology_page']('zh'))"
    made = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONHASHSEED": "7", "PATH": ""},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert made.stdout.strip() == (ROOT / "docs" / "ontology.zh.html").read_text(encoding="utf-8").strip(), made.stderr


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_term_is_on_its_page_with_label_and_definition(pages: dict[str, str], language: str) -> None:
    page = html.fromstring(pages[f"ontology.{language}.html"])
    places = {entity.get("id"): entity.text_content() for entity in page.xpath("//div[contains(@class, 'entity')]")}
    terms = {
        term
        for kind in KINDS
        for term in ontology().subjects(RDF.type, kind)
        if isinstance(term, URIRef) and term.startswith(ONTOLOGY)
    }
    assert len(terms) > 70
    for term in terms:
        shown = " ".join(places[str(term).removeprefix(ONTOLOGY)].split())
        for predicate in (RDFS.label, SKOS.definition):
            (text,) = [
                str(one)
                for one in ontology().objects(term, predicate)
                if isinstance(one, Literal) and one.language == language
            ]
            assert " ".join(text.split()) in shown, (term, predicate)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_link_leads_to_a_place_on_the_page(pages: dict[str, str], language: str) -> None:
    page = html.fromstring(pages[f"ontology.{language}.html"])
    places = set(page.xpath("//@id"))
    links = [link[1:] for link in page.xpath("//a/@href") if link.startswith("#")]
    assert len(links) > 200
    assert not set(links) - places


def test_the_chinese_page_speaks_chinese(pages: dict[str, str]) -> None:
    page = html.fromstring(pages["ontology.zh.html"])
    said = {" ".join(one.text_content().split()) for one in page.xpath("//h2|//h3|//th")} - {"IRI"}
    assert {"类", "对象属性", "数据属性", "目录"} <= said
    assert not [words for words in said if not re.search("[一-龥]", words)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_stored_query_is_a_competency_question(pages: dict[str, str], language: str) -> None:
    page = pages[f"competency.{language}.md"]
    for query in catalogue().values():
        question = query.question_zh if language == "zh" else query.question
        assert f"- **`{query.name}`** {question}<br>" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_demand_of_the_gate_is_on_its_page(pages: dict[str, str], language: str) -> None:
    rows = [line.strip("| ").split(" | ") for line in pages[f"shapes.{language}.md"].splitlines() if "| `" in line]
    said = {shape.strip("`"): (demand, otherwise) for shape, _, demand, otherwise in rows}
    messages = [one for one in own_shapes().subject_objects(SH.message) if isinstance(one[1], Literal)]
    told = {str(shape).removeprefix(SHAPES): str(text) for shape, text in messages if text.language == language}
    assert len(rows) == len(said) == len(told) > 130
    assert {shape: demand for shape, (demand, _) in said.items()} == told
    refusing = {"en": "violation", "zh": "违规"}[language]
    lenient = {str(shape).removeprefix(SHAPES) for shape in own_shapes().subjects(SH.severity)}
    assert {shape for shape, (_, otherwise) in said.items() if otherwise == refusing} == set(told) - lenient
