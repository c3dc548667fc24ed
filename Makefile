# Two commands do all the set-up from nothing: `make build` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: build test lint bench office templates proofs axe screenshots clean lock audit workflows

build: $(READY) ## Compile the example plans into build/
	$(BIN)/planwerk build

test: $(READY) ## Lint, types and tests; says what it skipped and why
	$(BIN)/ruff check generator tests benchmarks requirements
	$(BIN)/ruff format --check generator tests benchmarks requirements
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 $(PYTEST)

lint: $(READY) ## Mend what ruff can mend
	$(BIN)/ruff check --fix generator tests benchmarks requirements
	$(BIN)/ruff format generator tests benchmarks requirements

bench: $(READY) ## Speed and memory beside what people use instead
	$(BIN)/python benchmarks/run.py $(BENCH)

office: $(READY) ## All Office files of 200 generated plans: valid, sound, rendered in place
	$(BIN)/python tests/generated 200 $(OFFICE)

templates: $(READY) ## The decks of an example on PowerPoint templates not made here
	$(BIN)/python tests/templates $(TEMPLATES)

proofs: $(READY) ## Nothing internal changes a byte for a client; no crash leaves half an output; hostile texts do nothing; all files say what the plans say
	$(BIN)/python tests/gate $(or $(PROOFS),200)
	$(BIN)/python tests/crash $(or $(PROOFS),200)
	$(BIN)/python tests/hostile.py
	$(BIN)/python tests/visits.py
	$(BIN)/python tests/truth
	$(BIN)/python tests/truth --language en
	$(BIN)/python tests/truth --language de
	$(BIN)/python tests/truth --as-of 2026-07-02
	$(BIN)/python tests/truth --as-of 2027-03-10

axe: $(READY) ## Look at every page of the examples in the browser, not at one of each kind
	$(BIN)/python -m pytest -n 2 --all-pages tests/test_look.py tests/test_print.py

BASE ?= main
screenshots: $(READY) ## What looks different from the commit BASE: a report in build-screens/
	$(BIN)/python tests/screens.py --base $(BASE)

clean: ## Remove outputs and caches, not the environment
	rm -rf build build-screens build-audit .mypy_cache .pytest_cache .ruff_cache

# an environment of its own: what looks for weaknesses is not among what is looked at
audit: ## Known weaknesses of all that is pinned; needs the network
	$(PYTHON) -m venv build-audit
	build-audit/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements/audit.txt
	for lock in run dev audit; do build-audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/$$lock.txt || exit 1; done

workflows: $(READY) ## Weaknesses of the workflows, ours and those that `planwerk init --ci` writes
	$(BIN)/python tests/workflows.py $(ONLINE)

lock: $(READY) ## Renew the locked requirements from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header --quiet -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --extra zensical --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header --quiet -o requirements/dev.txt
	$(BIN)/uv pip compile --group audit --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header --quiet -o requirements/audit.txt
	$(BIN)/python requirements/sbom.py > requirements/sbom.cdx.json

$(READY): requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
