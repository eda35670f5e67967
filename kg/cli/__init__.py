"""The command line: arguments in, output and an exit code out.

Data goes to standard output, all else to standard error. This is the one place that catches KgError.
"""

from kg.cli.main import main

__all__ = ["main"]
