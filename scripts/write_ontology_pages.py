"""Write docs/ontology.en.html, docs/ontology.zh.html and docs/competency.{en,zh}.md from ontology/ and queries/.

pyLODE makes the pages of classes and properties; what it says itself is put into Chinese on the Chinese page. It walks
through sets, so the parts of a page are put in order here: the same ontology gives the same bytes.
tests/test_ontology_pages.py compares what stands there with what this would write.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import html
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from kg.gate.shapes import ontology
from kg.graph import ONTOLOGY
from kg.queries import GROUPS, catalogue

DOCS = Path(__file__).parent.parent / "docs"
LANGUAGES = ("en", "zh")
CHINESE: Mapping[str, str] = {
    "Metadata": "元数据", "Title": "标题", "License": "许可", "Version Iri": "版本 IRI", "Version Info": "版本",
    "Version IRI": "版本 IRI", "Description": "说明", "Classes": "类", "Object Properties": "对象属性",
    "Datatype Properties": "数据属性", "Functional Properties": "函数属性", "Annotation Properties": "注释属性",
    "Namespaces": "命名空间", "Legend": "图例", "Table of Contents": "目录", "Is Defined By": "定义于",
    "Sub Class Of": "上位类", "Super Class Of": "下位类", "Sub Property Of": "上位属性",
    "Super Property Of": "下位属性",
    "Domain": "定义域", "Range": "值域", "Domain Includes": "定义域", "Range Includes": "值域",
    "In domain of": "为其定义域",
    "In Domain Of": "为其定义域", "In range of": "为其值域", "In Range Of": "为其值域", "Inverse Of": "逆属性",
    "Disjoint With": "互斥于", "Property Chain Axiom": "属性链", "Named Individuals": "个体", "made by": "生成工具:",
    "with the": "按", "Overview": "概览", "Definition": "定义", "Classes (c)": "类", "and": "与",
}  # fmt: skip
"""What pyLODE says on a page, in Chinese."""
INTRODUCTION = {
    "en": ("Competency questions", "Written by `make docs`; do not edit. What the graph must be able to answer; each "
           "question is a stored query, which `kg query NAME` asks."),
    "zh": ("能力问题", "由 `make docs` 生成,请勿手改。本图谱须能回答的问题;"
           "每一问是一条预存查询,以 `kg query 名称` 提问。"),
}  # fmt: skip
GROUPS_ZH = {
    "indicators": "跨机关指标", "bureaus": "单个机关", "standing": "第一与荣誉", "campaigns": "专项行动",
    "claims": "权衡主张",
}  # fmt: skip


def own_terms(language: str) -> Graph:
    """Return what the ontology says of its own terms in one language, without the marks of languages."""
    about = URIRef(ONTOLOGY.rstrip("#"))
    chosen = Graph()
    for subject, predicate, value in ontology():
        if subject != about and not str(subject).startswith(ONTOLOGY):
            continue
        if isinstance(value, Literal) and value.language:
            if value.language == language:
                chosen.add((subject, predicate, Literal(str(value))))
        else:
            chosen.add((subject, predicate, value))
    return chosen


def ontology_page(language: str) -> str:
    """Return the page of the ontology in a language."""
    logging.disable(logging.INFO)  # pyLODE tells where its own files come from
    from pylode import OntPub

    page = html.fromstring(OntPub(ontology=own_terms(language)).make_html())
    page.set("lang", language)
    for script in page.xpath('//script[@type="application/ld+json"]'):
        script.getparent().remove(script)
    _named_by_iri(page, language)
    _put_in_order(page)
    if language == "zh":
        _into_chinese(page)
    text: str = html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    return re.sub(r"[ \t]*\n\s*", "\n", text) + "\n"


def _named_by_iri(page: html.HtmlElement, language: str) -> None:
    """Give each term's place on the page its local name; pyLODE makes none of a Chinese label."""
    local = {
        (str(label), (term, RDF.type, OWL.Class) in ontology()): str(term).removeprefix(ONTOLOGY)
        for term, label in own_terms(language).subject_objects(RDFS.label)
        if str(term).startswith(ONTOLOGY)
    }
    for entity in page.xpath("//div[contains(@class, 'entity')]"):
        (iri,) = entity.xpath(".//table//tr[1]//code/text()")
        entity.set("id", iri.removeprefix(ONTOLOGY))
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        if link.text_content().startswith("https:"):  # the version is no term of the page
            link.set("href", link.text_content())
            continue
        mark = link.getnext()  # a class and a property may have one label: what stands behind the link tells
        is_class = mark is not None and mark.get("class") == "sup-c"
        is_class = is_class or bool(link.xpath("ancestor::li[h4/a/@href='#classes']"))
        name = " ".join(link.text_content().split()), is_class
        if name in local:
            link.set("href", f"#{local[name]}")


def _put_in_order(page: html.HtmlElement) -> None:
    for parent in page.xpath("//*[ul or li or div[contains(@class, 'entity')]]"):
        _sorted_children(parent, "div", lambda one: "entity" in one.get("class", ""))
        _sorted_children(parent, "li", lambda _: True)


def _sorted_children(parent: html.HtmlElement, tag: str, chosen: Callable[[html.HtmlElement], bool]) -> None:
    some = [one for one in parent if one.tag == tag and chosen(one)]
    if len(some) < 2:
        return
    places = [parent.index(one) for one in some]
    ordered = sorted(some, key=lambda one: (one.get("id") or "", " ".join(one.text_content().split())))
    for one in some:
        one.tail = None
        parent.remove(one)
    for place, one in zip(places, ordered, strict=True):
        parent.insert(place, one)


def _into_chinese(page: html.HtmlElement) -> None:
    for node in page.iter():
        if not isinstance(node.tag, str):
            continue
        for part in ("text", "tail"):
            said = getattr(node, part)
            if said and said.strip() in CHINESE:
                setattr(node, part, said.replace(said.strip(), CHINESE[said.strip()]))


def competency_page(language: str) -> str:
    """Return the page of questions in a language, with the classes and properties that each asks about."""
    title, introduction = INTRODUCTION[language]
    labels = {
        str(term).removeprefix(ONTOLOGY): str(label)
        for term, label in ontology().subject_objects(RDFS.label)
        if isinstance(label, Literal) and label.language == language and str(term).startswith(ONTOLOGY)
    }
    lines = [f"# {title}", "", introduction, ""]
    for group, title in GROUPS.items():
        lines += [f"## {title if language == 'en' else GROUPS_ZH[group]}", ""]
        for query in (one for one in catalogue().values() if one.group == group):
            asks = sorted({name for name in re.findall(r"\bpa:(\w+)", query.sparql) if name in labels})
            terms = ("、" if language == "zh" else ", ").join(labels[name] for name in asks)
            question = query.question_zh if language == "zh" else query.question
            lines.append(f"- **`{query.name}`** {question}<br>{terms}")
        lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {
        **{f"ontology.{language}.html": ontology_page(language) for language in LANGUAGES},
        **{f"competency.{language}.md": competency_page(language) for language in LANGUAGES},
    }


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
