"""Write into docs/extraction.md how well extraction does on the gold, and which rules lose most.

``python scripts/confusion.py`` scores the seeds and the articles of tests/articles, round by round; ``--print`` writes
nothing. All numbers are computed by ``kg.evaluation``, as ``kg evaluate`` prints them.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.article import Article, read_article
from kg.evaluation import Report, evaluate
from kg.explanation import Silence, explain
from kg.extraction import find_facts
from kg.facts.jsonl import write_fact
from kg.facts.model import Fact

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "extraction.md"
SEEDS = ROOT / "seeds"
OWN = ROOT / "tests" / "articles"
TYPES = ("Metric", "Honor", "Campaign", "Bureau")
WORST = 12

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles with their gold facts and those found."""

    name: str
    articles: Mapping[str, Article]
    gold: Sequence[Data]
    system: Sequence[Data]

    def report(self) -> Report:
        """Return how what is found agrees with the gold."""
        return evaluate(self.gold, self.system)


@dataclass(slots=True)
class Tally:
    """What one rule did: how many facts, how many that the gold lacks, how many with a wrong field, which fields."""

    facts: int = 0
    extra: int = 0
    wrong: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    @property
    def lost(self) -> int:
        """How many facts the rule got wrong, one way or the other."""
        return self.extra + self.wrong


def read_collection(name: str, texts: Path, gold: Iterable[Path]) -> Collection:
    """Return the articles that gold files speak of, with what extraction finds in them."""
    articles, wanted, found = {}, [], []
    for path in sorted(gold):
        article = read_article(texts / f"{path.stem}.txt")
        articles[article.id] = article
        wanted += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        found += [_as_data(fact) for fact in find_facts(article)]
    return Collection(name, articles, wanted, found)


def _as_data(fact: Fact) -> Data:
    return {**json.loads(write_fact(fact)), "rules": fact.derivation.rules}


def collections() -> list[Collection]:
    """Return the seeds, and the articles of our own by the round in which they were written."""
    with (OWN / "rounds.tsv").open(encoding="utf-8", newline="") as rows:
        rounds = {row["article"]: row["round"] for row in csv.DictReader(rows, delimiter="\t")}
    sets = [read_collection("Seeds", SEEDS, (ROOT / "tests" / "gold").glob("*.jsonl"))]
    for number in sorted(set(rounds.values()), key=int):
        gold = [OWN / f"{name}.jsonl" for name, own in rounds.items() if own == number]
        sets.append(read_collection(f"Round {number}", OWN, gold))
    return sets


def score_lines(sets: Sequence[Collection]) -> Iterator[str]:
    """Give the table of scores, a type of fact a row."""
    yield "| set | type | gold | found P | found R | found F1 | right F1 |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for each in sets:
        scores = each.report().scores
        for kind in (*TYPES, "All"):
            if score := scores.get(kind):
                found, right = score.figures(score.found), score.figures(score.right)
                figures = (found.precision, found.recall, found.f1, right.f1)
                cells = " | ".join(f"{figure:.3f}" for figure in figures)
                yield f"| {each.name}, {len(each.articles)} | {kind} | {score.gold} | {cells} |"


def rule_lines(sets: Sequence[Collection]) -> Iterator[str]:
    """Give the table of rules that lose most: facts that the gold lacks, and facts with a wrong field."""
    tallies = _tallies(sets)
    yield "| rule | facts | not in the gold | wrong | fields that are wrong |"
    yield "| --- | --- | --- | --- | --- |"
    for name, tally in sorted(tallies.items(), key=lambda item: (-item[1].lost, item[0])):
        if tally.lost:
            fields = ", ".join(f"{name} {count}" for name, count in tally.fields.most_common(5))
            yield f"| {name} | {tally.facts} | {tally.extra} | {tally.wrong} | {fields} |"


def _tallies(sets: Sequence[Collection]) -> dict[str, Tally]:
    """Return a tally for the first rule of each fact, the one that made it."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for each in sets:
        for fact in each.system:
            tallies[_rule(fact)].facts += 1
        seen = set()
        for miss in each.report().misses:
            if miss.system is None or miss.field == "campaign":
                continue
            tally = tallies[_rule(miss.system)]
            if miss.field is None:
                tally.extra += 1
                continue
            tally.fields[miss.field] += 1
            if id(miss.system) not in seen:
                seen.add(id(miss.system))
                tally.wrong += 1
    return dict(tallies)


def _rule(fact: Data) -> str:
    return str(fact["rules"][0]) if fact["rules"] else f"{fact['type']}, no rule"


def reason_lines(sets: Sequence[Collection]) -> Iterator[str]:
    """Give the table of reasons for which numbers of the gold are not found."""
    reasons: Counter[str] = Counter()
    samples: dict[str, str] = {}
    for each in sets:
        for miss in each.report().misses:
            if miss.type == "Metric" and miss.system is None and miss.gold is not None:
                reason = _reason(each.articles[miss.article], miss.gold)
                reasons[reason] += 1
                samples.setdefault(reason, " ".join(str(miss.gold["evidence"][0]["quote"]).split())[:40])
    yield "| why a number is not found | how often | for instance |"
    yield "| --- | --- | --- |"
    for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:WORST]:
        yield f"| {reason} | {count} | {samples[reason]} |"


def _reason(article: Article, gold: Data) -> str:
    """Return why extraction is silent where the gold has a number, without the words of the sentence."""
    reasons = [
        re.sub('"[^"]*" ', "", silence.reason).split(":")[0]
        for place in gold["evidence"]
        for silence in explain(article, place["start"]).silences
        if silence.start < place["end"] and place["start"] < silence.end and _may_be(silence, gold["value"])
    ]
    return next(iter(reasons), "read, but as another value or another fact")


def _may_be(silence: Silence, value: object) -> bool:
    """Tell whether a silent number can be the value of the gold; 12345 of a hotline is not 1."""
    return not silence.reason.startswith("decoy") or str(value) == silence.words


def field_lines(sets: Sequence[Collection]) -> Iterator[str]:
    """Give the share of found metrics whose field agrees, the worst field first."""
    yield "| field of Metric | " + " | ".join(each.name for each in sets) + " |"
    yield "| --- |" + " --- |" * len(sets)
    scores = [each.report().scores["Metric"] for each in sets]
    fields = {miss.field for each in sets for miss in each.report().misses if miss.type == "Metric" and miss.field}
    shares = {name: [score.agree[name] / max(1, score.found) for score in scores] for name in sorted(fields)}
    for name, cells in sorted(shares.items(), key=lambda item: min(item[1])):
        yield f"| {name} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |"


def report_lines(sets: Sequence[Collection]) -> Iterator[str]:
    """Give the whole report."""
    for table in (score_lines, field_lines, rule_lines, reason_lines):
        yield from table(sets)
        yield ""


def replaced(page: str, name: str, lines: Iterable[str]) -> str:
    """Return a page with what stands between two marks replaced. Raises ValueError where a mark is missing."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    head, _, rest = page.partition(begin)
    _, mark, tail = rest.partition(end)
    if not mark:
        raise ValueError(f"{PAGE}: no marks {begin.strip()} and {end}")
    return f"{head}{begin}\n" + "".join(f"{line}\n" for line in lines) + mark + tail


def main() -> None:
    """Score and write, or print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--print", action="store_true", help="print, and leave the page as it is")
    said = parser.parse_args()
    lines = list(report_lines(collections()))
    if said.print:
        print("\n".join(lines))
        return
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), "confusion", lines), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main()
