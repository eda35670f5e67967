"""Write docs/cli.md, queries.md, findings.md and the answer in README.md from parser, queries and articles.

tests/test_docs.py compares what stands there with what this would write.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from kg.article import read_article
from kg.cli.arguments import COMMANDS, EPILOG, build_parser
from kg.corpus import check_corpus
from kg.facts.jsonl import read_facts
from kg.gate.finding import Finding
from kg.graph import graph_iri, to_jsonld_text
from kg.inference import infer
from kg.pipeline import build, vocabularies
from kg.queries import Parameter, Query, ask, catalogue, grouped
from kg.store import Held, Rows, Store, memory_writer, open_store

ROOT = Path(__file__).parent.parent
SHOWN = 4
QUERIES_INTRODUCTION = """Written by `make docs`; do not edit. `kg queries` lists them too. The sample answers are those
of the facts that a careful reader finds in `seeds/`; what `kg build` finds there may differ by a row."""
FINDINGS_INTRODUCTION = """Written by `make docs`; do not edit. What `kg check --corpus` and two stored questions find
in the facts that a careful reader finds in `seeds/` and `tests/articles/` together, each with the words of both sides:
claims of one article, or of several, that do not fit each other as they stand (`contradiction`, `part-above-total` and
the like), numbers that nobody may add (`whole-beside-parts`, `parts-above-total`), and what is no longer reported. A
finding is a reason to read both sides, and no verdict: what 其中 is a part of is worked out from the sentence."""
START, END = "<!-- answer: written by make docs -->", "<!-- end of answer -->"


class Judged(NamedTuple):
    """A folder of articles, and that of the facts that a careful reader finds in them."""

    articles: Path
    gold: Path

    def texts(self) -> list[Path]:
        """Return the articles' files in the order of their names."""
        return sorted(path for path in self.articles.glob("*.txt") if (self.gold / f"{path.stem}.jsonl").exists())


SEEDS = Judged(ROOT / "seeds", ROOT / "tests" / "gold")
ARTICLES = Judged(ROOT / "tests" / "articles", ROOT / "tests" / "articles")


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {"cli.md": cli_page(), "queries.md": queries_page(), "findings.md": findings_page()}


def cli_page() -> str:
    """Return the page of commands and their options."""
    parser = build_parser({})
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction)).choices
    lines = ["# The command line", "", "Written by `make docs`; do not edit.", "", " ".join(EPILOG.split()), ""]
    for name, help_ in COMMANDS.items():
        lines += [f"## kg {name}", "", f"{help_[0].upper()}{help_[1:]}.", "", "| argument | meaning |", "| --- | --- |"]
        lines += [_row(action) for action in commands[name]._actions if action.dest != "help"]
        lines.append("")
    return "\n".join(lines)


def _row(action: argparse.Action) -> str:
    if not action.option_strings:
        name = str(action.metavar or action.dest)
    elif action.nargs == 0:
        name = ", ".join(action.option_strings)
    else:
        value = action.metavar or "|".join(map(str, action.choices or (action.dest.upper(),)))
        name = ", ".join(action.option_strings) + f" {value}"
    name, meaning = (text.replace("|", "\\|") for text in (name, str(action.help or "").replace("%%", "%")))
    return f"| `{name}` | {meaning} |"


def queries_page() -> str:
    """Return the page of stored queries."""
    lines = ["# The stored queries", "", QUERIES_INTRODUCTION, ""]
    store = _gold_store(SEEDS)
    lines += _overview(store)
    for title, queries in grouped().items():
        lines += [f"## {title}", ""]
        for query in queries:
            lines += _query_section(query, store)
    return "\n".join(lines)


def _overview(store: Store) -> list[str]:
    """Return how many rows each query has on the seeds, with its defaults."""
    lines = ["| query | asks | rows on the seeds |", "| --- | --- | ---: |"]
    for query in catalogue().values():
        needed = {p.name: query.sample[p.name] for p in query.parameters if p.default is None}
        answer = ask(store, query, needed)
        assert isinstance(answer, Rows)
        given = f" ({', '.join(f'{name}={value}' for name, value in needed.items())})" if needed else ""
        lines.append(f"| [{query.name}](#{query.name}) | {query.question} | {len(answer.rows)}{given} |")
    return [*lines, ""]


def findings_page() -> str:
    """Return the page of what seeds and tests' articles say that does not go together."""
    store = _gold_store(SEEDS, ARTICLES)
    texts = {path.stem: read_article(path).text for folder in (SEEDS, ARTICLES) for path in folder.texts()}
    lines = ["# What does not go together", "", FINDINGS_INTRODUCTION, ""]
    by_check = defaultdict[str, list[Finding]](list)
    for finding in check_corpus(store, texts).findings:
        by_check[finding.constraint].append(finding)
    for check, findings in sorted(by_check.items()):
        lines += [f"## {check}", "", "| article | found | expected |", "| --- | --- | --- |"]
        lines += [f"| {_of(f)} | {_cell(f.fact)}: {_cell(f.found)} | {_cell(f.expected_en)} |" for f in findings]
        lines.append("")
    for name in ("contradictions", "inconsistencies"):
        answer = ask(store, name)
        assert isinstance(answer, Rows)
        lines += [f"## kg query {name}", "", _rows(len(answer.rows)).partition(",")[0], ""]
        if answer.rows:
            shown = [answer.columns.index(column) for column in ("bureau", "indicator", "value", "quote", "source")]
            lines += ["| bureau | indicator | value | quote | article |", "| --- | --- | --- | --- | --- |"]
            for row in answer.rows:
                cells = (term.value if term else "" for term in (row[index] for index in shown))
                lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _of(finding: Finding) -> str:
    return finding.place.article if finding.place else ""


def _gold_store(*folders: Judged) -> Store:
    """Return a store of the facts that a careful reader finds in articles."""
    writer = memory_writer()
    for name, data in vocabularies():
        writer.put_graph(name, data, "turtle")
    for folder in folders:
        for path in folder.texts():
            article = read_article(path)
            with (folder.gold / f"{path.stem}.jsonl").open(encoding="utf-8") as lines:
                facts = list(read_facts(lines, path.stem))
            held = Held(article.id, path.name, "", graph_iri(article.id), {})
            writer.put_article(held, to_jsonld_text(article, facts).encode(), "jsonld")
    infer(writer, None)
    return writer.reading()


def _sample(query: Query, store: Store) -> list[str]:
    """Return a sample answer: the command, the first rows, and how many there are."""
    given = " ".join(f"-p {name}={value}" for name, value in query.sample.items())
    answer = ask(store, query, query.sample)
    assert isinstance(answer, Rows)
    cells = [["" if term is None else _cell(term.value) for term in row] for row in answer.rows]
    rule = ["---"] * len(answer.columns)
    lines = [f"`kg query {query.name}{' ' * bool(given)}{given}`: {_rows(len(cells))}", ""]
    if cells:
        lines += [f"| {' | '.join(row)} |" for row in [list(answer.columns), rule, *cells[:SHOWN]]]
        lines.append("")
    return lines


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _rows(count: int) -> str:
    if count > SHOWN:
        return f"{count} rows, the first {SHOWN}"
    return {0: "no row", 1: "1 row"}.get(count, f"{count} rows")


def _query_section(query: Query, store: Store) -> list[str]:
    lines = [f"### {query.name}", "", f"**{query.title}.** {query.question} {query.question_zh}", ""]
    if query.parameters:
        lines += ["| parameter | type | default | meaning |", "| --- | --- | --- | --- |"]
        lines += [_parameter_row(parameter) for parameter in query.parameters]
        lines.append("")
    lines += _sample(query, store)
    return [*lines, "```sparql", query.sparql.split("\n\n", 1)[1].strip(), "```", ""]


def _parameter_row(parameter: Parameter) -> str:
    kind = " or ".join(parameter.choices) or parameter.type
    default = "must be given" if parameter.default is None else parameter.default or "any"
    return f"| `{parameter.name}` | {kind} | {default} | {parameter.meaning} |"


def answer_table(store: Store) -> str:
    """Return the answer to the README's question as a Markdown table."""
    answer = ask(store, "criminal-cases")
    assert isinstance(answer, Rows)
    lines = [
        "| bureau | indicator | fell by | period | against | in these words |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in answer.rows:
        said = {name: term.value if term else "" for name, term in zip(answer.columns, row, strict=True)}
        fall = f"{said['value']}{said['unit']}" or "not stated"
        period = f"{said['from']} to {said['to']}"
        words = f"{said['quote']} ({said['source']})"
        cells = (said["bureau"], said["indicator"], fall, period, said["against"], words)
        lines.append(f"| {' | '.join(cell.replace('|', ' ') for cell in cells)} |")
    return "\n".join(lines)


def in_chinese(table: str) -> str:
    """Return the answer's table with its headings and phrases in Chinese."""
    _, _, rows = table.partition("\n")
    table = f"| 机关 | 指标 | 下降 | 时段 | 对比 | 原文 |\n{rows}"
    phrases = {
        "same period a year before": "上年同期",
        "the period before": "上一期",
        "a period not stated": "未说明的时期",
        "not stated": "未说明",
        " to ": " 至 ",
    }
    for english, chinese in phrases.items():
        table = table.replace(english, chinese)
    return table


def readme_with(table: str, readme: str) -> str:
    """Return the README with this answer in its place."""
    before, _, rest = readme.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{table}\n{END}{after}"


def main() -> None:
    """Write all of it."""
    for name, text in pages().items():
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")
        print(f"docs/{name}")
    with tempfile.TemporaryDirectory() as folder:
        build([str(ROOT / "seeds")], f"{folder}/store")
        table = answer_table(open_store(f"{folder}/store"))
    readme = ROOT / "README.md"
    readme.write_text(readme_with(table, readme.read_text(encoding="utf-8")), encoding="utf-8")
    chinese = ROOT / "README.zh.md"
    chinese.write_text(readme_with(in_chinese(table), chinese.read_text(encoding="utf-8")), encoding="utf-8")
    print("README.md, README.zh.md")


if __name__ == "__main__":
    main()
