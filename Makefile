# The same as ./run, for those who have make; and what developers do besides.
.PHONY: all check test browser buckets vendor site-docs fuzz long servers load proofs fmt docs lock wheel bench growth clean

all: ; ./run

check test: ; ./run test

# The pages in Chromium; pictures of them go to build/screenshots/.
browser: ; ./run browser

# The programs of the SPARQL page, from npm, for kg site and the wheel.
vendor: ; ./run python scripts/vendor_web.py

# The fuzzers at length. FUZZ=100000 SECONDS=7200 make fuzz takes a night.
fuzz:
	./run sh -c 'pip install --quiet atheris==3.0.0 && python scripts/fuzz.py --seconds '$${SECONDS:-120}
	./run env KG_FUZZ=$${FUZZ:-5000} pytest tests/test_hostile.py tests/test_difference.py tests/test_reach.py \
		tests/test_serving.py tests/test_endpoint.py -k "fuzz or forgotten"

# What CI leaves out for its ten minutes: mutants against pySHACL, shapes taken away one by one, time that must be linear,
# most commands offline, killed clusters, sites anew, the docs' commands.
long: ; ./run test -m long

# Articles in a bucket of S3, from a server on loopback; moto and s3fs are there for this test alone.
buckets: ; ./run sh -c 'pip install --quiet --constraint constraints.txt "moto[s3,server]==5.2.5" s3fs==2026.9.0 && \
	pytest tests/buckets.py'

# Every stored question, export and check against Virtuoso with all seeds.
servers: ; ./run env KG_EVERYTHING=1 KG_SERVERS=all pytest tests/test_endpoint.py tests/test_virtuoso.py

# A hundred clients for a minute, then ten beside twenty hostile ones; CI runs both briefly.
load: ; ./run sh -c 'kg build --store .load seeds >/dev/null && python scripts/load.py .load && python scripts/load.py .load --clients 10 --hostile 20'

# Runs what proves gate, store and limits, and counts it; W3C=../shared/w3c make proofs counts the W3C's cases too.
proofs: ; ./run python scripts/count_proofs.py $${W3C:+--w3c $$W3C}

fmt: ; ./run sh -c 'ruff check --fix . && ruff format .'

docs: ; ./run sh -c 'python scripts/write_labels.py && python scripts/write_docs.py && python scripts/write_architecture.py && python scripts/make_rule_docs.py && python scripts/write_ontology_pages.py && python scripts/write_shape_pages.py'

# The documentation as a site, in build/docs/.
site-docs: ; ./run mkdocs build --strict

# Pins every package at the version that is installed now.
lock: ; ./run sh -c 'pip freeze --exclude-editable | LC_ALL=C sort -f > constraints.txt'

wheel: vendor ; ./run python -m build --wheel --no-isolation

# Measures the yardsticks of docs/performance.md; jieba and Recognizers-Text are there to be compared with, and not to
# be depended on: the latter's own pins are of 2020.
OTHERS = jieba==0.42.1 recognizers-text==1.0.2a2 recognizers-text-number==1.0.2a2 \
	emoji==1.1.0 multipledispatch==1.0.0 regex==2026.11.15
bench: ; ./run sh -c 'pip install --quiet --no-deps $(OTHERS) && python benchmarks/bench.py'

# builds, exports and questions of corpora that grow, each command a process: ARTICLES=100,1000,10000 make growth takes an hour.
growth: ; ./run python benchmarks/growth.py --articles $${ARTICLES:-100,1000} $${FOLDER:-.growth}

clean: ; rm -rf dist build .kg .load .growth .fuzz .mypy_cache .pytest_cache .ruff_cache .hypothesis
