"""The program: ``kg``, and ``python -m kg``.

What interrupts it while it is still loading is said in one line too, as ``kg.cli`` does later.
"""

import os
import signal
import sys


def _end(*_: object) -> None:
    os.write(2, b"kg: interrupted; nothing was changed\n")
    os._exit(130)


signal.signal(signal.SIGINT, _end)

from kg.cli import main as run  # noqa: E402 -- only now can it be interrupted
from kg.garbage import look_rarely  # noqa: E402


def main() -> int:
    """Run the command line and return its exit code."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    look_rarely()
    try:
        return run()
    finally:
        signal.signal(signal.SIGINT, _end)  # the interpreter takes its time to end


if __name__ == "__main__":
    sys.exit(main())
