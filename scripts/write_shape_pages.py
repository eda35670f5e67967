"""Write docs/shapes.{en,zh}.md from ontology/shapes/: what the gate demands of each kind of node, and what follows.

tests/test_ontology_pages.py compares what stands in docs/ with what this would write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rdflib import RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.gate.shapes import ALWAYS, SHAPES, TARGETS, ontology, own_shapes, read_shapes
from kg.gate.subject import local
from kg.graph import ONTOLOGY
from kg.resources import resource

DOCS = Path(__file__).parent.parent / "docs"
LANGUAGES = ("en", "zh")
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "What the gate demands",
        "lead": "Written by `make docs` from `ontology/shapes/*.ttl`; do not edit. A violation refuses the article; a "
        "warning and a remark are reported. [How to add a shape](how-to/add-a-shape.md).",
        "count": "{shapes} shapes in {files} files.",
        "always": "Every article has one: where there is none, nothing was looked at, and the gate refuses.",
        "head": "| shape | looks at | demands | otherwise |",
        "Violation": "violation", "Warning": "warning", "Info": "remark",
        "node": "the whole", "with": "what has “{what}”", "its": "{path}, of {whose}",
    },
    "zh": {
        "title": "校验门的要求",
        "lead": "由 `make docs` 据 `ontology/shapes/*.ttl` 生成,请勿手改。违规则拒收该报道;警告与提示仅予报告。"
        "[如何添加形状](how-to/add-a-shape.md)(英文)。",
        "count": "共 {files} 个文件,{shapes} 个形状。",
        "always": "每篇报道必有其一:若无,即什么也未校验,校验门予以拒收。",
        "head": "| 形状 | 所看 | 要求 | 否则 |",
        "Violation": "违规", "Warning": "警告", "Info": "提示",
        "node": "整个节点", "with": "有“{what}”者", "its": "{whose}的{path}",
    },
}  # fmt: skip
PROVENANCE: Mapping[str, Mapping[str, str]] = {
    "en": {"Activity": "extraction", "wasGeneratedBy": "graph of an article", "SoftwareAgent": "program"},
    "zh": {"Activity": "抽取过程", "wasGeneratedBy": "报道的图", "SoftwareAgent": "程序"},
}
"""What PROV's terms stand for here."""


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {f"shapes.{language}.md": page(language) for language in LANGUAGES}


def page(language: str) -> str:
    """Return the page of all shapes in a language."""
    words = WORDS[language]
    files = sorted(resource("ontology", "shapes").glob("*.ttl"))
    sections = [list(_section(path.name, read_shapes([path]), language)) for path in files]
    count = sum(line.startswith("| `") for section in sections for line in section)
    lines = [f"# {words['title']}", "", words["lead"], "", words["count"].format(shapes=count, files=len(files)), ""]
    return "\n".join([*lines, *(line for section in sections for line in section)])


def _section(file: str, shapes: Graph, language: str) -> Iterator[str]:
    words = WORDS[language]
    named = sorted({shape for shape in shapes.subjects(SH.message) if isinstance(shape, URIRef)})
    # A file is named after its first shape, and the names of the others begin with that one's.
    first = min(shapes.subjects(SH.property), key=lambda shape: (len(str(shape)), str(shape)))
    title = _target(shapes, first, language)
    yield f"## {title[:1].upper()}{title[1:]}"
    yield from ("", f"`ontology/shapes/{file}`", "")
    if (first, ALWAYS, Literal(True)) in shapes:
        yield from (words["always"], "")
    yield words["head"]
    yield "| --- | --- | --- | --- |"
    for shape in named:
        severity = local(str(shapes.value(shape, SH.severity) or SH.Violation))
        demand = _in(shapes, shape, SH.message, language)
        looks = _looks_at(shapes, shape, language)
        yield f"| `{str(shape).removeprefix(SHAPES)}` | {looks} | {_cell(demand)} | {words[severity]} |"
    yield ""


def _target(shapes: Graph, shape: Node, language: str) -> str:
    (target,) = (value for kind in TARGETS for value in shapes.objects(shape, kind))
    return _name(target, language)


def _looks_at(shapes: Graph, shape: Node, language: str) -> str:
    words = WORDS[language]
    having = shapes.value(shape, SH.targetSubjectsOf)
    whose = words["node"] if having is None else words["with"].format(what=_name(having, language))
    path = shapes.value(shape, SH.path)
    if path is None:
        return whose
    steps = [path] if isinstance(path, URIRef) else Collection(shapes, path)
    said = " / ".join(_name(step, language) for step in steps)
    return said if having is None else words["its"].format(path=said, whose=whose)


def _name(term: Node, language: str) -> str:
    """Return what the ontology calls a term; those of other vocabularies stand by their names."""
    if str(term).startswith(ONTOLOGY):
        return _in(ontology(), term, RDFS.label, language)
    name = local(str(term))
    return PROVENANCE[language].get(name, f"`{name}`")


def _in(graph: Graph, subject: Node, predicate: URIRef, language: str) -> str:
    found = (one for one in graph.objects(subject, predicate) if isinstance(one, Literal))
    return next(str(one) for one in found if one.language == language)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the pages."""
    own_shapes()  # raises where they check nothing
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
