"""Commands that look after a store: what changed, what people say of its facts.

Imports stand inside the functions, as in ``kg.cli.commands``.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.output import emit
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.facts.model import Fact
    from kg.review import Review

DONE = 0


def diff(said: Namespace) -> int:
    """Say which facts were gained, lost and changed between two stores or exports."""
    from kg.difference import compare, difference_json, difference_lines, read_any

    found = compare(read_any(said.before), read_any(said.after))
    if said.format == "json":
        emit(json.dumps(difference_json(found), ensure_ascii=False, indent=1) + "\n", said.output)
    else:
        emit("".join(f"{line}\n" for line in difference_lines(found)), said.output)
    return DONE


# --- reviews ----------------------------------------------------------------------------------------------------------


def review(said: Namespace) -> int:
    """Show facts with their keys, record what a person says of one, or list what was said."""
    from kg.review import FILE, read_reviews

    _refuse_what_is_ignored(said)
    path = Path(said.reviews) if said.reviews else Path(said.store, FILE)
    reviews = read_reviews(path, needed=bool(said.reviews) and said.action == "list")
    if said.action in ("claims", "list"):
        lines = list(_claim_lines(said) if said.action == "claims" else _review_lines(reviews, said))
        if said.claim and not lines:
            raise UsageError(f'kg review {said.action} has no "{said.claim}"; without a key it shows all')
        emit("".join(lines))
    else:
        _record(said, path, reviews)
    return DONE


def _refuse_what_is_ignored(said: Namespace) -> None:
    shown = said.action in ("claims", "list")
    names = ("set", "by", "why", "on") if shown else ("about",)
    if ignored := [f"--{name}" for name in names if getattr(said, name)]:
        raise UsageError(f"leave out {', '.join(ignored)}: kg review {said.action} takes none")


def _review_lines(reviews: Mapping[str, tuple[Review, ...]], said: Namespace) -> Iterator[str]:
    from kg.difference import fact_line

    states = _states(said.store)
    for article, some in sorted(reviews.items()):
        if said.about in article or any(said.about in fact_line(one.fact) for one in some):
            for one in (one for one in some if said.claim in (None, one.key)):
                state = states.get((one.key, one.by, one.why), "not in force")
                yield f"{one.key}  {one.verdict}, {state}  {fact_line(one.fact)}\n"
                if one.corrected:
                    yield f"              should read: {fact_line(one.corrected)}\n"
                yield f"              {one.by}, {one.on}: {one.why}\n"


def _states(folder: str) -> dict[tuple[str, str, str], str]:
    """Return what became of each review in the last build."""
    from kg.store import Rows, open_store

    rows = open_store(folder).ask(
        "PREFIX s: <https://schema.org/> SELECT ?r ?by ?why ?state "
        "{ ?r a s:Review ; s:author ?by ; s:reviewBody ?why ; s:creativeWorkStatus ?state }"
    )
    assert isinstance(rows, Rows)
    found = {}
    for row in rows.rows:
        node, by, why, state = (term.value if term else "" for term in row)
        found[node.rsplit("/", 1)[-1].rpartition("-")[0], by, why] = state
    return found


def _claim_lines(said: Namespace) -> Iterator[str]:
    from kg.difference import fact_line, store_facts
    from kg.review import claim_key
    from kg.store import open_store

    for fact in store_facts(open_store(said.store)):
        key, line = claim_key(fact), fact_line(fact)
        if said.about in line and said.claim in (None, key):
            yield f"{key}  {line}\n"


def _record(said: Namespace, path: Path, reviews: Mapping[str, tuple[Review, ...]]) -> None:
    from datetime import date

    from kg.cli.output import say
    from kg.review import Review, append_review, claim_key, with_fields

    if said.claim is None or not said.by or not said.why:
        raise UsageError(f"kg review {said.action} needs the claim's key, --by WHO and --why WHY")
    if (said.action == "correct") != bool(said.set):
        raise UsageError("kg review correct needs --set FIELD=VALUE; reject and withdraw take none")
    given = [one for some in reviews.values() for one in some]
    old = next((one for one in reversed(given) if one.key == said.claim), None)
    shown = None if said.action == "withdraw" else _in_store(said.store, said.claim)
    mine = (one for one in reversed(given) if shown and one.corrected and claim_key(one.corrected) == said.claim)
    old = next(mine, old)
    if shown is None and old is None:
        if said.action == "withdraw" and _in_store(said.store, said.claim):
            raise UsageError(f'the claim "{said.claim}" has no review to withdraw; kg review list shows them')
        raise UsageError(f'no claim or review has the key "{said.claim}"; kg review claims, or list, shows them')
    fact = old.fact if old else shown
    assert fact is not None
    sentence = old.sentence if old and not shown else _sentence(said.store, shown or fact)
    corrected = with_fields(fact, dict(said.set)) if said.set else None
    one = Review(fact, sentence, said.action, said.by, said.on or date.today(), said.why, corrected)
    append_review(path, one)
    say(f"kg: recorded in {path}; the next kg build applies it")


def _in_store(folder: str, key: str) -> Fact | None:
    from kg.difference import store_facts
    from kg.review import claim_key
    from kg.store import open_store

    return next((fact for fact in store_facts(open_store(folder)) if claim_key(fact) == key), None)


def _sentence(folder: str, fact: Fact) -> str:
    """Return the sentence that states a fact, from the article as it is now. Raises UsageError where it has changed."""
    from kg.pipeline import read_sources
    from kg.review import sentence_of
    from kg.store import open_store

    source = open_store(folder).held[fact.article].source
    found = (article for _, article in read_sources([source]) if article.id == fact.article)
    article = next(found, None) if source != "-" else None
    if article is None or any(article.text[one.start : one.end] != one.quote for one in fact.evidence):
        raise UsageError(f"{source}: is not what the store was built from; kg build first, then review")
    return sentence_of(article.text, fact)
