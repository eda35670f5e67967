# The same as ./run, for those who have make; and what developers do besides.
.PHONY: all check test fmt docs lock wheel clean

all: ; ./run

check test: ; ./run test

fmt: ; ./run sh -c 'ruff check --fix . && ruff format .'

docs: ; ./run sh -c 'python scripts/write_docs.py && python scripts/make_rule_docs.py'

# Pins every package at the version that is installed now.
lock: ; ./run sh -c 'pip freeze --exclude-editable | LC_ALL=C sort -f > constraints.txt'

wheel: ; ./run python -m build --wheel --no-isolation

clean: ; rm -rf dist build .kg .mypy_cache .pytest_cache .ruff_cache .hypothesis
