"""Each rule of ``mappings/rules`` carries its proof: its examples and counterexamples run through the whole extraction.

An example is a case ``<rule>:<n>``. Its text is read as an article (``title`` and ``published`` may be given), the
fields in ``gives`` must be those of some fact found, and the rule must be among those that the facts come from or that
label the text. In the files of numbers the facts found must be those given and no more. A counterexample is a case
``<rule>:not-<n>``: no fact comes from the rule; ``gives`` says which facts there are all the same.

A rule with ``stage = "context"`` is named by no fact. It is taken away: an example's facts are others without it, a
counterexample's are the same.

Lines of furniture, what decides when an article was published and what is looked for in a phrase have bare strings for
examples: each is furniture, or what is looked for is found in it; a counterexample is not, or it is not found.
"""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.article import Article, article_of
from kg.errors import MappingError
from kg.extraction import find_facts
from kg.facts import cue
from kg.facts.campaign_order import Order, read_order
from kg.facts.jsonl import fact_to_dict
from kg.facts.timeline import read_timeline
from kg.mentions.cascade import find_mentions
from kg.mentions.frame import VALUES, find_frames
from kg.mentions.mention import Mention
from kg.mentions.rule import load_cues, load_rules, read_rules
from kg.resources import resource
from kg.text import Text, read_text, text_of
from kg.values.period import find_periods
from kg.values.place import find_divisions

Data = Mapping[str, Any]
MENTIONS = ("value", "word")
NUMBERS = (*MENTIONS, "frame", "indicator")
# What these labels cover is kept from being a number.
DECOYS = frozenset({"words", "skip", "items", "title", "quote", "bracket"})
# Mentions with these labels are among the rules of a fact; others only lend words to one.
TOLD = (VALUES - {"topish"}) | {"crown", "run", "turn", "move", "movenoun", "to", "of", "each", "yoy", "mom", "streak"}
NEVER = re.compile("(?!)")
NEAR = 6  # characters between what a rule of indicators cuts off and the indicator that is left


@dataclass(frozen=True, slots=True)
class Case:
    """An example or counterexample of a rule."""

    file: str
    rule: Data
    data: Data
    number: int
    positive: bool

    @property
    def name(self) -> str:
        return f"{self.rule['name']}:{'' if self.positive else 'not-'}{self.number}"

    @property
    def is_context(self) -> bool:
        return self.rule.get("stage") == cue.STAGE

    @property
    def is_decoy(self) -> bool:
        return self.file in MENTIONS and self.rule["label"] in DECOYS


def rule_files() -> dict[str, Sequence[Data]]:
    """Return the rules as they stand in the files, by file."""
    found = {}
    with resource("mappings", "rules").joinpath("parts.toml").open("rb") as parts:
        assert not tomllib.load(parts).get("rule"), "parts.toml holds parts alone"
    for path in sorted(resource("mappings", "rules").glob("*.toml")):
        rules = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
        if rules:
            found[path.stem] = rules
    return found


FILES = rule_files()
RULES = [(file, rule) for file, rules in FILES.items() for rule in rules]


def collect() -> Iterator[Case]:
    for file, rule in RULES:
        for kind in ("example", "counterexample"):
            for number, data in enumerate(rule.get(kind, []), 1):
                yield Case(file, rule, data, number, kind == "example")


CASES = list(collect())
TRACED = [case for case in CASES if case.file != "period" and not case.is_context]
EXAMPLES = [case for case in TRACED if case.positive]
COUNTEREXAMPLES = [case for case in TRACED if not case.positive]
CONTEXT = [case for case in CASES if case.is_context and case.file != "order"]
ORDERS = [case for case in CASES if case.file == "order"]
PERIODS = [case for case in CASES if case.file == "period"]


@cache
def article(text: str, title: str, published: str) -> Article:
    read = article_of(text, published=date.fromisoformat(published) if published else None)
    return replace(read, title=title) if title else read


def article_in(case: Case) -> Article:
    return article(case.data["text"], case.data.get("title", ""), str(case.data.get("published", "")))


@cache
def facts_of(read: Article) -> Sequence[Data]:
    return [fact_to_dict(fact) | {"rules": fact.derivation.rules} for fact in find_facts(read)]


def rows_in(text: Text) -> list[list[Mention]]:
    return [find_mentions(text.view, sentence.start, sentence.end) for sentence in text.sentences]


def mentions_in(text: Text) -> list[Mention]:
    return [mention for row in rows_in(text) for mention in row]


def frames_in(text: Text) -> set[str]:
    return {frame.rule.name for row in rows_in(text) for frame in find_frames(row)}


def agrees(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(agrees(found.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, int | float):
        return found is not None and bool(Decimal(str(found)) == Decimal(str(wanted)))
    if isinstance(wanted, str) and wanted == "null":
        return found is None
    return bool(str(found) == wanted)


def is_given(fact: Data, wanted: Data) -> bool:
    return agrees(fact, {"type": "Metric", **wanted})


def shown(facts: Sequence[Data]) -> str:
    silent = ("article", "evidence", "derivation")
    return "\n".join(str({k: v for k, v in f.items() if v is not None and k not in silent}) for f in facts)


def check_given(case: Case, facts: Sequence[Data]) -> None:
    """Check that each fact wanted is there, each another one, and in the files of numbers no number besides."""
    left = list(facts)
    for wanted in case.data["gives"]:
        match = next((fact for fact in left if is_given(fact, wanted)), None)
        assert match is not None, f"{case.data['text']}\nwanted {wanted}\nfound\n{shown(facts)}"
        left.remove(match)
    if case.file in NUMBERS:
        more = [fact for fact in left if fact["type"] == "Metric"]
        assert not more, f"{case.data['text']}\nfound besides\n{shown(more)}"


def check_trim(case: Case, facts: Sequence[Data]) -> None:
    """Check that a rule of indicators cuts something off beside an indicator, and that it is no part of one."""
    (regex,) = (rule.regex for rule in load_rules(case.file) if rule.name == case.rule["name"])
    assert regex is not None
    view = read_text(article_in(case)).view
    indicators = [str(fact["indicator"]) for fact in facts if fact["type"] == "Metric"]
    cut = _cut_before if case.rule["trim"] == "lead" else _cut_after
    assert any(cut(regex, view, indicator) for indicator in indicators), f"{view}: {indicators}"


def _cut_before(regex: re.Pattern[str], view: str, indicator: str) -> bool:
    near = (view[match.end() : match.end() + NEAR] for match in regex.finditer(view))
    return any(indicator[:2] in words for words in near)


def _cut_after(regex: re.Pattern[str], view: str, indicator: str) -> bool:
    matches = (regex.search(view[:end]) for end in range(1, len(view) + 1))
    return any(indicator[-2:] in view[max(0, match.start() - NEAR) : match.start()] for match in matches if match)


def test_the_cases_are_found() -> None:
    assert set(FILES) >= {"bureau", "campaign", "frame", "honor", "indicator", "period", "value", "word"}
    assert len(RULES) >= 140
    assert len(EXAMPLES) >= 200
    assert len(COUNTEREXAMPLES) >= 90
    assert len(PERIODS) >= 60
    assert len(CONTEXT) >= 1000
    assert len(ORDERS) >= 12
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.name)
def test_an_example_gives_its_facts_by_its_rule(case: Case) -> None:
    read = article_in(case)
    facts = facts_of(read)
    check_given(case, facts)
    name = case.rule["name"]
    if case.file == "indicator":
        check_trim(case, facts)
    elif case.file in MENTIONS and case.rule["label"] not in TOLD:
        assert name in {mention.rule for mention in mentions_in(read_text(read))}
    elif case.rule.get("kind") == "vague":
        assert name in frames_in(read_text(read))
    else:
        assert any(name in fact["rules"] for fact in facts), f"{case.data['text']}\n{shown(facts)}"


@pytest.mark.parametrize("case", COUNTEREXAMPLES, ids=lambda case: case.name)
def test_a_counterexample_gives_nothing_by_its_rule(case: Case) -> None:
    assert case.data["why"]
    read = article_in(case)
    facts = facts_of(read)
    name = case.rule["name"]
    if "gives" in case.data:
        check_given(case, facts)
    assert not [fact for fact in facts if name in fact["rules"]], shown(facts)
    if case.is_decoy and case.rule["label"] != "bracket":
        assert name in {mention.rule for mention in mentions_in(read_text(read))}
        assert "gives" in case.data or not [fact for fact in facts if fact["type"] == "Metric"], shown(facts)
    elif case.file in MENTIONS and "gives" not in case.data:
        assert not [fact for fact in facts if fact["type"] == "Metric"], shown(facts)


@contextmanager
def without(name: str) -> Iterator[None]:
    """Read as if a rule of context were not there."""
    known = cue.cues

    def others(file: str) -> dict[str, re.Pattern[str]]:
        return {other: NEVER if other == name else regex for other, regex in known(file).items()}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cue, "cues", others)
        cue.cue.cache_clear()
        yield
    cue.cue.cache_clear()


def told(facts: Sequence[Data]) -> list[str]:
    silent = ("evidence", "derivation", "rules")
    return [str({key: value for key, value in fact.items() if key not in silent}) for fact in facts]


@pytest.mark.parametrize("case", CONTEXT, ids=lambda case: case.name)
def test_a_rule_of_context_decides_on_its_examples_and_not_on_its_counterexamples(case: Case) -> None:
    read = article_in(case)
    facts = facts_of(read)
    if case.positive or "gives" in case.data:
        check_given(case, facts)
    with without(case.rule["name"]):
        rest = [fact_to_dict(fact) for fact in find_facts(read)]
    if case.positive:
        assert told(rest) != told(facts), shown(facts)
    else:
        assert case.data["why"]
        assert told(rest) == told(facts), shown(rest)


def order_in(case: Case) -> Order | None:
    text = case.data["text"]
    return read_order(text, text.index("“"), find_divisions(case.data["place"])[0])


@pytest.mark.parametrize("case", ORDERS, ids=lambda case: case.name)
def test_orders_are_given_by_their_rule(case: Case) -> None:
    order = order_in(case)
    with without(case.rule["name"]):
        rest = order_in(case)
    if not case.positive:
        assert case.data["why"]
        assert order is None
        assert rest is None
        return
    assert order is not None
    words = case.data["text"][order.start : order.end]
    assert [{"bodies": list(order.bodies), "words": words}] == case.data["gives"]
    assert rest != order


def found_by(case: Case) -> bool:
    """Tell whether a rule of periods makes a mention of the text, or gives one its role."""
    mentions = find_periods(case.data["text"])
    names = {mention.rule for mention in mentions}
    roles = {mention.role for mention in mentions}
    return case.rule["name"] in names or (case.rule["stage"] == "role" and case.rule["role"] in roles)


@pytest.mark.parametrize("case", PERIODS, ids=lambda case: case.name)
def test_periods_are_given_by_their_rule(case: Case) -> None:
    if not case.positive:
        assert case.data["why"]
        assert not found_by(case)
        return
    text = text_of(case.data["text"], published=date.fromisoformat(case.data["published"]))
    found = [governed.period for governed in read_timeline(text).governors if governed.period]
    assert [{"start": str(period.start), "end": str(period.end)} for period in found] == case.data["gives"]
    assert found_by(case) or case.rule["stage"] not in {"point", "role"}


LINES = tomllib.loads(resource("mappings", "rules", "furniture.toml").read_text(encoding="utf-8"))["line"]
PAGE_LINES = [(line["name"], number, text) for line in LINES for number, text in enumerate(line["examples"], 1)]
BODY = (
    "鹤峰县公安局召开工作会议,部署下一阶段任务。",
    "2019年,鹤峰县公安局破获刑事案件120起,抓获犯罪嫌疑人96名,追回赃款18万元。",
)


def test_lines_of_pages_are_found() -> None:
    assert len(PAGE_LINES) >= 50


@pytest.mark.parametrize(("name", "number", "example"), PAGE_LINES, ids=[f"{n}:{i}" for n, i, _ in PAGE_LINES])
def test_a_line_of_the_page_gives_no_fact(name: str, number: int, example: str) -> None:
    plain = facts_of(article("\n".join(BODY), "", "2020-01-09"))
    below = facts_of(article("\n".join((*BODY, example)), "", "2020-01-09"))
    assert len(plain) == 4
    assert [without_place(fact) for fact in below] == [without_place(fact) for fact in plain]


def without_place(fact: Data) -> Data:
    return {key: value for key, value in fact.items() if key not in ("evidence", "derivation")}


# Where code asks for the cues of a file.
ASKED_IN = {
    **{"publication": "article/dating", "imprint": "article", "line": "text"},
    **dict.fromkeys(("bureau", "timeline", "honor", "composition", "distribution"), "facts"),
    **dict.fromkeys(("indicator", "completion", "facet"), "facts"),
    "corpus": "corpus",
}
CUES = [(file, cue_) for file in ASKED_IN for kind in ("date", "cue") for cue_ in read_rules(file).get(kind, ())]
CUE_NAMES = [f"{file}-{cue_['name']}" for file, cue_ in CUES]
FOUND_BY = dict.fromkeys(("line", "text", "opening", "title", "before", "end"), re.Pattern.search) | {
    "after": re.Pattern.match,
    "start": re.Pattern.match,
    "between": re.Pattern.fullmatch,
    "whole": re.Pattern.fullmatch,
    "whole line": re.Pattern.fullmatch,
}


def cue_cases(kind: str) -> list[Any]:
    return [
        pytest.param(file, cue_, text, id=f"{file}-{cue_['name']}:{number}")
        for file, cue_ in CUES
        for number, text in enumerate(cue_[kind], 1)
    ]


def found_at_its_place(file: str, cue_: Data, text: str) -> bool:
    return FOUND_BY[cue_["place"]](load_cues(file)[cue_["name"]], text) is not None


def test_cues_of_lines_and_pages_are_found() -> None:
    assert len(CUES) >= 130
    assert [f"{file}-{name}" for file in ASKED_IN for name in load_cues(file)] == CUE_NAMES, "each a name of its own"


@pytest.mark.parametrize(("file", "cue_", "text"), cue_cases("examples"))
def test_a_cue_is_found_in_its_examples(file: str, cue_: Data, text: str) -> None:
    assert found_at_its_place(file, cue_, text)


@pytest.mark.parametrize(("file", "cue_", "text"), cue_cases("counterexamples"))
def test_a_cue_is_not_found_in_its_counterexamples(file: str, cue_: Data, text: str) -> None:
    assert not found_at_its_place(file, cue_, text)


@pytest.mark.parametrize(("file", "cue_"), CUES, ids=CUE_NAMES)
def test_every_cue_of_a_line_or_page_carries_its_proof(file: str, cue_: Data) -> None:
    assert cue_["note"]
    assert len(set(cue_["examples"])) >= 2, "two examples"
    assert cue_["counterexamples"], "a counterexample: what looks alike and is not"


@pytest.mark.parametrize(("file", "cue_"), CUES, ids=CUE_NAMES)
def test_every_cue_of_a_line_or_page_is_asked_for(file: str, cue_: Data) -> None:
    name = f"{file}-{cue_['name']}" if ASKED_IN[file] in ("facts", "corpus") else cue_["name"]
    paths = (Path(__file__).parent.parent / "kg" / ASKED_IN[file]).rglob("*.py")
    assert any(f'"{name}"' in path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.parametrize("rule", [rule for _, rule in RULES], ids=[rule["name"] for _, rule in RULES])
def test_every_rule_carries_its_proof(rule: Data) -> None:
    examples = {example["text"] for example in rule.get("example", [])}
    counterexamples = {example["text"] for example in rule.get("counterexample", [])}
    assert len(examples) >= 2, "two examples, from different articles"
    assert counterexamples, "a counterexample: what looks alike and is not"
    assert not examples & counterexamples, "no text is an example and a counterexample of one rule"


@pytest.mark.parametrize("line", LINES, ids=[line["name"] for line in LINES])
def test_every_line_of_the_page_carries_its_proof(line: Data) -> None:
    assert len(set(line["examples"])) >= 2, "two examples, from different pages"
    assert line.get("counterexamples"), "a counterexample: a line of text that looks alike"


def test_the_page_of_rules_is_current() -> None:
    root = Path(__file__).parent.parent
    spec = importlib.util.spec_from_file_location("make_rule_docs", root / "scripts" / "make_rule_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (root / "docs" / "rules.md").read_text(encoding="utf-8") == module.page(), "run make docs"


def test_every_cue_that_code_looks_for_stands_in_its_file() -> None:
    wanted = {
        (path.name, name)
        for path in Path(cue.__file__).parents[1].rglob("*.py")
        for name in re.findall(r'(?<![\w.])cue\("([a-z-]+)"\)', path.read_text(encoding="utf-8"))
    }
    assert len(wanted) > 100
    assert [(str(path), name) for path, name in sorted(wanted) if name not in cue.cues(name.partition("-")[0])] == []


def test_a_cue_of_no_file_is_told_with_its_file() -> None:
    with pytest.raises(MappingError, match=r"mappings/rules/speaker\.toml: has no cue speaker-nobody"):
        cue.cue("speaker-nobody")
