"""Where the tests find the seeds and their gold facts; the types that tests name."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"

GoldFact = Mapping[str, Any]
Kg = Callable[..., "subprocess.CompletedProcess[str]"]
