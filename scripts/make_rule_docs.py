"""Write docs/rules.md from the rules: what each looks for, its examples, and what it must leave alone.

tests/test_rules.py compares what stands in docs/ with what this would write.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RULES = ROOT / "mappings" / "rules"
PAGE = ROOT / "docs" / "rules.md"
# In the order in which extraction runs them.
FILES = {
    "furniture": "Lines of a page that are no part of the article",
    "imprint": "Who published and who wrote",
    "publication": "When an article was published",
    "line": "Lines of a text",
    "period": "Periods",
    "timeline": "Which days a number is of",
    "office": "What decides on the full name of an agency",
    "home": "Whose report an article is",
    "speaker": "Who speaks at a press conference",
    "bureau": "Bureaus",
    "campaign": "Campaigns",
    "order": "Who ordered a campaign",
    "honor": "Honors",
    "value": "Values",
    "word": "Function words",
    "frame": "Frames",
    "composition": "What the words around a value make of it",
    "distribution": "Which indicators a list of values is of",
    "indicator": "What an indicator leaves off",
    "completion": "What a clause leaves out",
    "facet": "What words tell of facets",
    "corpus": "Numbers held against each other",
}
KINDS = {"kind": "composed as", "label": "label", "trim": "end", "stage": "stage", "role": "role", "place": "where"}


def page() -> str:
    """Return the page of all rules."""
    lines = [
        "# The rules",
        "",
        "Written by `make docs` from `mappings/rules/*.toml`; do not edit. Each example and counterexample is a test",
        "case of the rule that it stands under. [How to add a rule](adding-a-rule.md).",
        "",
        "| file | rules | examples | counterexamples |",
        "| --- | --- | --- | --- |",
        *(_row(file, rules(file)) for file in FILES),
        "",
    ]
    for file, title in FILES.items():
        lines += [f"## {title}", "", f"`mappings/rules/{file}.toml`", ""]
        for rule in rules(file):
            lines += _section(rule)
    return "\n".join(lines)


def rules(file: str) -> list[Mapping[str, Any]]:
    """Return the rules of a file as they stand there."""
    data = tomllib.loads((RULES / f"{file}.toml").read_text(encoding="utf-8"))
    return [rule for kind in ("rule", "line", "date", "cue") for rule in data.get(kind, [])]


def _row(file: str, found: list[Mapping[str, Any]]) -> str:
    counts = [sum(len(_cases(rule, kind)) for rule in found) for kind in ("example", "counterexample")]
    return f"| [{file}](#{FILES[file].lower().replace(' ', '-')}) | {len(found)} | {counts[0]} | {counts[1]} |"


def _cases(rule: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    """Return the examples of a rule; what is looked for on the page has its own as bare strings."""
    return [*rule.get(kind, []), *({"text": text} for text in rule.get(f"{kind}s", []))]


def _section(rule: Mapping[str, Any]) -> list[str]:
    marks = ", ".join(f"{meaning} `{rule[key]}`" for key, meaning in KINDS.items() if key in rule)
    note = " ".join(str(rule.get("note", "")).split())
    lines = [f"### {rule['name']}", ""]
    if note or marks:
        lines += [" ".join(part for part in (note, f"({marks})" if marks else "") if part), ""]
    if "pattern" in rule:
        lines += [f"`{rule['pattern'].strip()}`", ""]
    for case in _cases(rule, "example"):
        lines += [f"- {_text(case)}", *(f"  - {fact}" for fact in _facts(case))]
    for case in _cases(rule, "counterexample"):
        why = f": {case['why']}" if case.get("why") else ""
        lines += [f"- not {_text(case)}{why}", *(f"  - {fact}" for fact in _facts(case))]
    return [*lines, ""]


def _text(case: Mapping[str, Any]) -> str:
    published = f" (published {case['published']})" if "published" in case else ""
    return f"`{' '.join(case['text'].split())}`{published}"


def _facts(case: Mapping[str, Any]) -> Iterator[str]:
    for gives in case.get("gives", []):
        words = (f"{key} {_value(value)}" for key, value in gives.items() if key != "type")
        kind = "Period" if "start" in gives else "Order" if "bodies" in gives else "Metric"
        yield f"{gives.get('type', kind)}: {', '.join(words)}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "–".join(map(str, value.values())) if "start" in value else " ".join(map(str, value.values()))
    if isinstance(value, list):
        return " and ".join(value)
    return "none" if value == "null" else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
