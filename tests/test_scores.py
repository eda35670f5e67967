"""The scores of docs/extraction.md are those of now: no rule changes them unseen."""

from __future__ import annotations

import subprocess
import sys

from places import ROOT


def test_the_scores_on_the_page_are_those_of_now() -> None:
    command = [sys.executable, "scripts/confusion.py", "--print"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8", timeout=300).stdout
    assert "| Metric |" in printed
    page = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    assert printed.strip() in page, "facts have changed: python scripts/confusion.py writes the scores anew"
