"""Count what proves gate, store and limits, by running it: scripts/count_proofs.py [FAMILY...] [--w3c FOLDER].

Runs the tests of each family and prints how many held: mutants of the shapes, defects, moments of killing, attacks.
With FOLDER, which has ``shacl`` and ``sparql11/protocol``, the W3C's cases too. Exits 1 where anything did not hold.
What ``kg serve`` answered and lost is counted by ``make load``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Family:
    """Tests of one kind: where they stand, the beginnings of their names, and what each of them tries that is many."""

    what: str
    files: tuple[str, ...]
    names: tuple[str, ...]
    tries: int = 1


FAMILIES = {
    "mutants": Family(
        "mutants of the shapes, one constraint, target or severity gone",
        ("tests/test_gate.py",),
        ("test_a_constraint_that_is_taken_away", "test_a_target_or_severity_that_is_taken_away"),
    ),
    "defects": Family(
        "seeded defects, each found by one constraint alone",
        ("tests/test_gate.py",),
        ("test_a_defect_is_found_and_nothing_else",),
    ),
    "kills": Family(
        "random moments at which a build was killed",
        ("tests/test_power_cuts.py",),
        ("test_a_build_killed_at_fifty_moments",),
        tries=50,
    ),
    "steps": Family(
        "kills right before and right after a step of writing",
        ("tests/test_power_cuts.py",),
        ("test_a_kill_right_before",),
        tries=2,
    ),
    "writers": Family(
        "moments at which a writer alone was killed", ("tests/test_store.py",), ("test_a_kill_at_any_moment",), tries=12
    ),
    "copies": Family(
        "copies of the folder in the middle of a build",
        ("tests/test_power_cuts.py",),
        ("test_a_copy_taken_at_any_moment",),
        tries=20,
    ),
    "disks": Family(
        "full disks and closed folders",
        ("tests/test_power_cuts.py",),
        ("test_a_full_disk", "test_a_small_file_system", "test_a_folder_closed"),
    ),
    "articles": Family(
        "attacks by articles and their names",
        ("tests/test_hostile.py", "tests/test_article.py"),
        (
            "test_what_is_no_article", "test_two_hundred", "test_hostile_text", "test_ids_write", "test_loops_of_links",
            "test_time_is_linear", "test_attacks_end_soon", "test_a_page_of_too_much", "test_hostile_files",
            "test_what_is_no_text",
        ),
    ),
    "queries": Family(
        "attacks by queries, parameters and RDF",
        ("tests/test_hostile.py", "tests/test_reach.py"),
        (
            "test_queries_reach", "test_a_query_ends", "test_a_parameter_stays", "test_no_context", "test_entities_of",
            "test_nested_turtle", "test_every_spelling",
        ),
    ),
    "requests": Family(
        "attacks on kg serve",
        ("tests/test_serving.py",),
        (
            "test_a_query_without_end", "test_a_client_that_leaves", "test_a_question_that_ends", "test_what_costs",
            "test_memory", "test_a_request_is_not_longer", "test_one_who_reads_slowly", "test_what_is_no_http",
            "test_other_sites", "test_a_parameter_by_address", "test_a_served_store_cannot",
        ),
    ),
    "network": Family(
        "commands watched for connections", ("tests/test_hostile.py",), ("test_no_command_opens_a_connection",)
    ),
    "fuzzers": Family(
        "fuzzers of hypothesis",
        ("tests/test_hostile.py", "tests/test_reach.py", "tests/test_serving.py", "tests/test_endpoint.py"),
        ("test_fuzz",),
    ),
}  # fmt: skip


def count(family: Family) -> Counter[str]:
    """Return how many tests of a family passed, failed and were skipped."""
    with tempfile.TemporaryDirectory() as top:
        report = Path(top, "report.xml")
        wanted = " or ".join(family.names)
        run = [sys.executable, "-m", "pytest", *family.files, "-k", wanted, "-q", f"--junitxml={report}"]
        done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
        if not report.exists():
            raise SystemExit(done.stdout + done.stderr)
        found: Counter[str] = Counter()
        for case in ET.parse(report).iter("testcase"):
            said = {child.tag for child in case}
            bad = "failed" if said & {"failure", "error"} else "skipped" if "skipped" in said else "held"
            found[bad] += 1
    return found


def w3c(script: str, *arguments: str | Path) -> int:
    """Run the W3C's cases; print what failed and how many passed."""
    run = [sys.executable, str(ROOT / "scripts" / script), *map(str, arguments)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout.strip())
    return done.returncode


def main(words: Sequence[str] | None = None) -> int:
    """Run the families, and say what held."""
    parser = argparse.ArgumentParser(description="Count what proves gate, store and limits, by running it.")
    parser.add_argument("families", nargs="*", choices=[*FAMILIES, []], metavar="FAMILY", help=", ".join(FAMILIES))
    parser.add_argument("--w3c", type=Path, metavar="FOLDER")
    said = parser.parse_args(words)
    code = 0
    for name in said.families or FAMILIES:
        family = FAMILIES[name]
        found = count(family)
        of = sum(found.values()) * family.tries
        skipped = f", {found['skipped']} skipped" if found["skipped"] else ""
        print(f"{name}: {found['held'] * family.tries} of {of} held{skipped}: {family.what}", flush=True)
        code |= not found["held"] or bool(found["failed"])
    if said.w3c:
        code |= w3c("w3c_shacl.py", said.w3c / "shacl", "--expect", "tests/w3c/shacl-failures.txt")
        code |= w3c("w3c_protocol.py", said.w3c / "sparql11" / "protocol")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
