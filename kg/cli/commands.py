"""What each command does: call the stages, write what they give, return the exit code.

Imports stand inside the functions: a query needs pyoxigraph and little else, and ``kg --help`` nothing at all.
"""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.arguments import DEFAULT_ARTICLES, DEFAULT_STORE, OTHER_TOOLS
from kg.cli.asking import find_query, time_limit
from kg.cli.output import default_format, emit, say
from kg.cli.progress import progress_bar, stopping
from kg.cli.reading import Complaints, read_facts
from kg.cli.remote import check_endpoint, export_endpoint, opened
from kg.cli.remote import push as push
from kg.cli.remote import serve as serve
from kg.cli.showing import explain as explain
from kg.cli.showing import plot as plot
from kg.cli.showing import site as site
from kg.cli.showing import write_page, write_view
from kg.cli.taking import format_of, take_away
from kg.cli.upkeep import diff as diff
from kg.cli.upkeep import review as review
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.article import Article
    from kg.facts.model import Fact
    from kg.gate import Report
    from kg.pipeline import Outcome, Summary
    from kg.queries import Query
    from kg.store import Answering, Store
    from kg.workers import Runner

DONE, REFUSED, UNUSABLE, INTERRUPTED = 0, 1, 3, 130
_MORE_ARTICLES = "(more articles; kg query articles has them)"


def version(_: Namespace) -> int:
    """Print the version."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as version_of

    try:
        emit(f"kg {version_of('pingan-kg')}\n")
    except PackageNotFoundError:
        emit("kg, not installed\n")
    return DONE


# --- facts ------------------------------------------------------------------------------------------------------------


def facts(said: Namespace) -> int:
    """Print the facts of articles."""
    complaints = Complaints()
    chosen = said.format or ("view" if default_format() == "table" else "jsonl")
    code = _FACTS[chosen](said, read_facts(said, complaints))
    return UNUSABLE if complaints.count else code


def _write_lines(said: Namespace, found: Iterator[tuple[Article, list[Fact], int]]) -> int:
    from kg.facts.jsonl import write_fact

    code, lines = DONE, []
    for _, some, deserved in found:
        code = max(code, deserved)
        text = "".join(f"{write_fact(fact)}\n" for fact in some)
        if said.output:
            lines.append(text)
        else:
            emit(text)
    if said.output:
        emit("".join(lines), said.output)
    return code


def _write_jsonld(said: Namespace, found: Iterator[tuple[Article, list[Fact], int]]) -> int:
    from kg.graph import to_jsonld_text

    code, documents = DONE, []
    for article, some, deserved in found:
        code = max(code, deserved)
        documents.append(to_jsonld_text(article, some))
    text = documents[0] if len(documents) == 1 else "[\n" + ",\n".join(documents) + "\n]"
    emit(text + "\n", said.output)
    return code


def _write_table(said: Namespace, found: Iterator[tuple[Article, list[Fact], int]]) -> int:
    from kg.answers import table
    from kg.facts.jsonl import fact_to_dict
    from kg.store import Rows, Term

    code, rows = DONE, []
    for _, some, deserved in found:
        code = max(code, deserved)
        rows += [_cells(fact_to_dict(fact)) for fact in some]
    terms = tuple(tuple(None if cell is None else Term("literal", cell) for cell in row) for row in rows)
    emit(table(Rows(("article", "type", "bureau", "what", "value", "period", "quote"), terms)), said.output)
    return code


def _cells(fact: dict[str, object]) -> tuple[str | None, ...]:
    what = fact.get("indicator") or fact.get("title") or fact.get("name")
    value = " ".join(str(fact[name]) for name in ("direction", "value", "unit", "level") if fact.get(name) is not None)
    period, evidence = fact.get("period"), fact["evidence"]
    days = f"{period['start']}/{period['end']}" if isinstance(period, dict) else None
    quote = str(evidence[0]["quote"]) if isinstance(evidence, list) else None
    bureau = fact.get("bureau") or fact.get("parent")
    return (str(fact["article"]), str(fact["type"]), bureau and str(bureau), str(what), value, days, quote)  # type: ignore[return-value]


_FACTS = {
    "jsonl": _write_lines,
    "jsonld": _write_jsonld,
    "table": _write_table,
    "view": write_view,
    "html": write_page,
}


# --- the store --------------------------------------------------------------------------------------------------------


def build(said: Namespace) -> int:
    """Bring the store up to date with articles."""
    from kg import pipeline

    if not said.paths and not Path(DEFAULT_ARTICLES).exists():
        raise UsageError(f"name an article or a folder; the default {DEFAULT_ARTICLES}/ is not here")
    complaints = Complaints()
    with stopping() as stopped, progress_bar() as on_progress:
        summary = pipeline.build(
            said.paths or [DEFAULT_ARTICLES],
            said.store,
            published=said.published,
            allow_empty=said.allow_empty,
            dry_run=said.dry_run,
            replace_others=said.replace,
            extractor=said.extractor,
            reviews=said.reviews,
            on_error=complaints,
            runner=_runner(said),
            on_progress=on_progress,
            stopped=stopped,
        )
    if complaints.count and not summary.outcomes and not summary.interrupted:
        return UNUSABLE
    if said.format == "json":
        emit(_summary_json(summary))
    elif summary.outcomes:
        emit(_plan_text(summary) if said.dry_run else _summary_text(summary))
    if summary.interrupted:
        kept = "what was read is in the store, and the next build goes on from there"
        say(f"kg: interrupted; {kept if summary.changed else 'nothing was changed'}")
        return INTERRUPTED
    return UNUSABLE if complaints.count else REFUSED if summary.count("refused") else DONE


def _runner(said: Namespace) -> Runner:
    from kg.workers import Here, Limits, Processes, processors

    limits = Limits(said.article_seconds, said.article_memory)
    if said.cluster is None and said.workers == 0:
        return Here()
    if said.cluster is None:
        return Processes(said.workers or processors(), limits)
    if said.workers is not None:
        raise UsageError("--cluster has its own workers; leave out --workers")
    from kg.cluster import Cluster

    return Cluster(said.cluster, limits)


def _plan_text(summary: Summary) -> str:
    """Say what a build would read; what it would find there, nobody knows yet."""
    articles = len(summary.outcomes) - summary.count("retracted")
    wanted = summary.count("added") + summary.count("changed")
    lines = [f"dry run, nothing is written: {wanted} of {articles} articles would be read into {summary.store}"]
    lines += [f"{outcome.did:9}{outcome.id}" for outcome in summary.outcomes if outcome.did != "unchanged"]
    return "\n".join(lines) + "\n"


def _summary_text(summary: Summary) -> str:
    lines = [_outcome_line(outcome) for outcome in summary.outcomes if outcome.did != "unchanged"]
    lines += [f"         {reason}" for o in summary.outcomes if o.did == "refused" for reason in o.reasons]
    reopened = [one for outcome in summary.outcomes for one in outcome.reopened]
    lines += [f"reopened {one.key}  what {one.by} said of it no longer fits" for one in reopened]
    counts = {did: summary.count(did) for did in ("added", "changed", "unchanged", "refused", "retracted")}
    lines.append(f"read     {len(summary.outcomes) - counts['retracted']} articles: " + _list(counts))
    lines.append(f"found    {sum(summary.facts().values())} facts: {_list(summary.facts())}")
    lines.append(f"refused  {counts['refused']} articles")
    lines.append(f"store    {summary.store}")
    if not summary.changed and not summary.interrupted:
        lines.append("Nothing has changed; nothing to do.")
    return "\n".join(lines) + "\n"


def _list(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items() if number) or "none"


def _outcome_line(outcome: Outcome) -> str:
    return f"{outcome.did:9}{outcome.id}  {_list(dict(outcome.counts))}"


def _summary_json(summary: Summary) -> str:
    data = {
        "store": summary.store,
        "changed": summary.changed,
        "articles": [
            {
                "id": o.id,
                "did": o.did,
                "facts": dict(o.counts),
                "reasons": list(o.reasons),
                "reopened": [one.key for one in o.reopened],
            }
            for o in summary.outcomes
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def check(said: Namespace) -> int:
    """Run the gate alone."""
    from kg.audit import audit, audit_corpus
    from kg.gate import ENGINES, apply_baseline, read_baseline, render

    accepted = read_baseline(Path(said.baseline)) if said.baseline else None
    complaints = Complaints()
    store = said.store or (None if said.paths else DEFAULT_STORE)
    if said.endpoint:
        report, files = check_endpoint(said, complaints)
    elif said.corpus:
        report, files = audit_corpus(said.paths, store=store)
    else:
        report, files = audit(
            said.paths,
            store=store,
            published=said.published,
            allow_empty=said.allow_empty,
            on_error=complaints,
            engine=ENGINES[said.engine],
        )
    if complaints.count and said.format == "text" and not said.output and _read_nothing(report):
        return UNUSABLE  # that nothing was checked follows from what was said
    if accepted is not None:
        report = apply_baseline(report, accepted)
    emit(render(report, said.format, files, said.fail_on), said.output)
    return UNUSABLE if complaints.count else DONE if report.conforms(said.fail_on) else REFUSED


def _read_nothing(report: Report) -> bool:
    return [(finding.shape, finding.constraint) for finding in report.findings] == [("Vacuous", "articles")]


def infer(said: Namespace) -> int:
    """Make again, or drop, what follows from the ontology."""
    from kg.pipeline import infer_again

    articles = infer_again(said.store, keep=not said.drop)
    done = "dropped what was inferred" if said.drop else f"inferred anew from {articles} articles"
    emit(f"{done}\nstore    {said.store}\n")
    return DONE


def query(said: Namespace) -> int:
    """Ask a store."""
    from kg.answers import render, table
    from kg.citing import cited
    from kg.queries import ask, bind
    from kg.store import Rows, Store

    asked = find_query(said.query)
    arguments = dict(said.param)
    bind(asked, arguments)  # a wrong parameter is said before a missing store
    store = opened(said)
    with time_limit(said.timeout):
        answer = ask(store, asked, arguments, limit=said.limit)
        empty = isinstance(answer, Rows) and not answer.rows
        remarks = _why_empty(store, asked, arguments) if empty else []
        chosen = said.format or default_format()
        below = cited(store, answer) if isinstance(answer, Rows) and chosen == "table" else None
    emit(render(answer, chosen) + (f"\n{table(below, _MORE_ARTICLES)}" if below else ""), said.output)
    if isinstance(answer, Rows) and answer.cut and chosen != "table":  # a table says so itself
        say("kg: more rows; raise --limit or -p rows=")
    for remark in remarks:
        say(f"kg: {remark}")
    if empty and isinstance(store, Store) and _lacks_inference(store.graphs()):
        say(
            "nothing is inferred in this store, on which many questions build;"
            f" make it with: kg infer --store {said.store}"
        )
    return DONE


def _why_empty(store: Answering, asked: Query, arguments: Mapping[str, str]) -> list[str]:
    from kg.unmatched import unmatched

    return list(unmatched(store, asked, arguments))


def _lacks_inference(graphs: Iterable[str]) -> bool:
    """Tell whether articles stand in a store without what follows from them."""
    names = list(graphs)
    return bool(names) and not any(name.endswith("/inferred") for name in names)


def queries(said: Namespace) -> int:
    """List the stored queries, or show one."""
    from kg.queries import find_query, grouped

    groups = {"": (find_query(said.name),)} if said.name else grouped()
    if said.format == "json":
        listed = [_query_json(one) for some in groups.values() for one in some]
        emit(json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
        return DONE
    parts = [f"# {title}\n\n" * bool(title) + "\n".join(map(_query_text, some)) for title, some in groups.items()]
    emit("\n".join(parts))
    if said.name:
        emit("\n" + groups[""][0].sparql)
    return DONE


def _query_text(asked: Query) -> str:
    lines = [asked.name, f"  {asked.question}", f"  {asked.question_zh}"]
    for one in asked.parameters:
        default = "needed" if one.default is None else f'"{one.default}" unless given' if one.default else "not needed"
        lines.append(f"  -p {one.name}=  {'|'.join(one.choices) or one.type}: {one.meaning} ({default})")
    return "\n".join(lines) + "\n"


def _query_json(asked: Query) -> dict[str, object]:
    return {
        "name": asked.name,
        "title": asked.title,
        "group": asked.group,
        "question": {"en": asked.question, "zh": asked.question_zh},
        "parameters": [
            {
                "name": one.name,
                "type": one.type,
                "choices": list(one.choices),
                "default": one.default,
                "meaning": one.meaning,
            }
            for one in asked.parameters
        ],
    }


def export(said: Namespace) -> int:
    """Write a store's graphs."""
    from kg import exports
    from kg.review import reviews_graph
    from kg.store import open_store

    said.format = format_of(said)
    if said.view in OTHER_TOOLS:
        return take_away(said)
    if said.view != "claims" and said.endpoint:
        raise UsageError(f"--as {said.view} is made from a store on disk; leave out --endpoint")
    if said.endpoint:
        return export_endpoint(said)
    store = open_store(said.store)
    held = {article.id: article.graph for article in store.held.values()}
    if said.article is not None and said.article not in held:
        from difflib import get_close_matches

        near = get_close_matches(said.article, held, n=1, cutoff=0.5)
        raise UsageError(
            f'{said.store} holds no article "{said.article}"' + (f"; did you mean {near[0]}?" if near else "")
        )
    shown = {said.article} if said.article else set(held)
    chosen = {held[article] for article in shown} | (
        {reviews_graph(article) for article in shown} & set(store.graphs())
    )
    if said.ontology:
        chosen |= set(store.graphs()) - set(held.values())
    if said.view == "claims" and said.format in exports.STREAMED:
        emit(exports.stream_store(store, chosen, said.format), said.output)
    else:
        emit(exports.export(_viewed(store, chosen, said.view), said.format), said.output)
    return DONE


def _viewed(store: Store, graphs: set[str], view: str) -> bytes:
    """Return the statements of graphs, in the words that a view has for them."""
    from kg.pipeline import vocabularies
    from kg.projections import project

    # Codes of a cube stand in schemes of concepts, which no article's graph holds.
    schemes = {name for name, _ in vocabularies()} if view == "data-cube" else set()
    nquads = b"".join(store.dump(graph) for graph in sorted(graphs | schemes))
    return nquads if view == "claims" else project(nquads, view)


# --- scores -----------------------------------------------------------------------------------------------------------


def evaluate(said: Namespace) -> int:
    """Compare facts with gold facts."""
    from kg import evaluation

    gold = [fact for path in said.gold for fact in _facts_in(path)]
    if not gold:
        raise InputError(f"{', '.join(said.gold)}: no gold fact to compare with; give facts as JSON Lines")
    system = [fact for path in said.system for fact in _facts_in(path)] if said.system else _found(said, gold)
    if said.type:
        gold, system = ([fact for fact in some if fact["type"] == said.type] for some in (gold, system))
    report = evaluation.evaluate(gold, system)
    if said.misses:
        emit("".join(f"{evaluation.miss_line(miss)}\n" for miss in report.misses))
    emit(evaluation.report_json(report) if said.format == "json" else evaluation.report_table(report))
    return DONE


def _facts_in(path: str) -> list[dict[str, object]]:
    from kg.evaluation import read_lines
    from kg.handed import decode_handed, read_handed

    wanted = "give facts as JSON Lines in UTF-8"
    piped = path == "-"
    text = (
        decode_handed(sys.stdin.buffer.read(), "standard input", wanted) if piped else read_handed(Path(path), wanted)
    )
    return list(read_lines(text.split("\n"), path))


def _found(said: Namespace, gold: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the facts that are found in the articles of a folder that the gold facts speak of.

    Where files are named after those articles they alone are read: gold facts of others may lie beside them.
    """
    from kg.extraction import find_facts
    from kg.facts.jsonl import write_fact
    from kg.pipeline import read_sources

    wanted = {str(fact["article"]) for fact in gold}
    folder, facts = Path(said.articles), {Path(path).resolve() for path in said.gold}
    named = [path for path in sorted(folder.rglob("*")) if path.stem in wanted and path.resolve() not in facts]
    sources = [str(path) for path in named] if wanted <= {path.stem for path in named} else [str(folder)]
    articles = {article.id: article for _, article in read_sources(sources) if article.id in wanted}
    missing = sorted(wanted - set(articles))
    if missing:
        raise UsageError(f"{folder}: has no article {missing[0]}; give --articles DIR, or --system FACTS")
    return [json.loads(write_fact(fact)) for _, article in sorted(articles.items()) for fact in find_facts(article)]
