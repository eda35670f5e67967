"""What a build shows on a terminal, and what it leaves out of a file."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_workers import write_articles

_TIME = "[0-9]:[0-9]{2}:[0-9]{2}"
_BAR = re.compile(rf"([0-9]+) articles, [0-9]+ a second {_TIME} left (?:{_TIME}|-:--:--)")
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # Linux says so when the last process has closed its side
            return
        if not piece:
            return
        yield piece


@pytest.mark.long
def test_a_terminal_sees_rate_and_time_left_and_a_file_does_not(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 120)
    command = [sys.executable, "-m", "kg", "build", "--workers", "1", "--store", "s", "in"]
    ours, theirs = pty.openpty()
    env = {**os.environ, "COLUMNS": "100", "TERM": "xterm"}
    with (tmp_path / "out.txt").open("wb") as out:
        done = subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=theirs, env=env)
        os.close(theirs)
        seen = _COLOURS.sub("", b"".join(_read(ours)).decode())
    assert done.wait() == 0
    os.close(ours)
    counts = [int(match[1]) for match in _BAR.finditer(seen)]
    assert counts, seen
    assert counts == sorted(counts)
    said = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert "120 added" in said
    assert "a second" not in said
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert again.stderr == ""
