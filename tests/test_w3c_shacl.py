"""The script that runs the W3C's SHACL tests: it tells passed from failed, and never nothing from passed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

CASE = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sht: <http://www.w3.org/ns/shacl-test#> .
<> a mf:Manifest ; mf:entries ( <case> ) .
<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:nodeKind sh:%s .
<case> a sht:Validate ;
    mf:action [ sht:dataGraph <> ; sht:shapesGraph <> ] ;
    mf:result %s .
"""
CONFORMS = "[ a sh:ValidationReport ; sh:conforms true ]"
ONE_RESULT = """[ a sh:ValidationReport ; sh:conforms false ; sh:result [ a sh:ValidationResult ; sh:focusNode <urn:a> ;
    sh:value <urn:a> ; sh:resultSeverity sh:Violation ; sh:sourceShape <urn:s> ;
    sh:sourceConstraintComponent sh:NodeKindConstraintComponent ] ]"""


def run(folder: Path, *options: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "w3c_shacl.py"), str(folder), *map(str, options)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    cases = {
        "passes": ("IRI", CONFORMS),
        "finds": ("Literal", ONE_RESULT),
        "differs": ("Literal", CONFORMS),
        "refused": ("URI", CONFORMS),
        "fails-as-wanted": ("URI", "sht:Failure"),
        "wants-failure": ("IRI", "sht:Failure"),
    }
    for name, words in cases.items():
        (tmp_path / f"{name}.ttl").write_text(CASE % words, encoding="utf-8")
    included = " , ".join(f"<{name}.ttl>" for name in cases)
    (tmp_path / "manifest.ttl").write_text(
        f"<> <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#include> {included} .", encoding="utf-8"
    )
    return tmp_path


def test_failed_cases_are_named_with_their_reasons(folder: Path) -> None:
    done = run(folder)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "failed differs: missing 0, extra 1 results",
        "failed refused: refused: shapes: SHACL has no term URI; a misspelt constraint checks nothing",
        "failed wants-failure: the case wants a failure; it was validated",
        "3 of 6 cases passed",
    ]


def test_known_failures_are_no_failure_and_must_still_fail(folder: Path) -> None:
    known = folder / "known.txt"
    known.write_text("differs # why\nrefused\nwants-failure\n", encoding="utf-8")
    assert run(folder, "--expect", known).returncode == 0
    known.write_text("differs\nrefused\npasses\n", encoding="utf-8")
    done = run(folder, "--expect", known)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == [
        "passed, but is listed as failing: passes",
        "failed, and is not listed: wants-failure",
    ]


def test_a_folder_without_cases_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "manifest.ttl").write_text("", encoding="utf-8")
    assert run(tmp_path).returncode == 3
