"""What a person sees of a long build, and how it can be stopped."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from kg.cli.output import say

if TYPE_CHECKING:
    from kg.pipeline import Progress

_PATIENCE = 0.5
"""Seconds that a build may take before a bar is shown."""


@contextmanager
def stopping() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether the person has asked to stop, by Ctrl-C; a second Ctrl-C does so at once."""
    asked = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        say("kg: stopping; what is done goes into the store. Once more, and nothing does")

    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """Give what shows a build's progress, rate and time left on a terminal; None where standard error is none."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(),
        TextColumn("{task.fields[articles]:,} articles, {task.fields[rate]:.0f} a second"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=None, articles=0, rate=0.0)

    def show(progress: Progress) -> None:
        elapsed = bar.tasks[0].elapsed or 0
        if elapsed > _PATIENCE and not bar.live.is_started:
            bar.start()
        rate = progress.articles / elapsed if elapsed else 0
        bar.update(task, total=progress.size, completed=progress.bytes, articles=progress.articles, rate=rate)

    try:
        yield show
    finally:
        if bar.live.is_started:
            bar.stop()
