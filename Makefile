# Every target makes its own environment from python3 alone (3.11 or newer).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help install demo test test-browser screenshots check bench docs generate format clean
help:
	@echo "make demo      send SMS, verify, call and confer against a local sandbox"
	@echo "make test      run the tests, in parallel (loopback only, no account needed)"
	@echo "make test-browser  the sandbox's page and this documentation in a real Chromium"
	@echo "make check     lint, types, import rules, generated code, spec, docs"
	@echo "make bench     measure against bare requests, aiohttp and the standard library, and write"
	@echo "               docs/benchmarks.md (half an hour); make bench QUICK=1 only prints (minutes)"
	@echo "make generate  rewrite generated/ from spec/"

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[cli,django,starlette,flask,redis,guard,postgresql,celery]" --group dev
	@touch $@

install: $(STAMP)

demo: $(STAMP)
	$(BIN)/sinch demo

# Servers that tests start for themselves.
test: $(STAMP)
	@.ci/install redis postgres
	$(BIN)/python -m pytest -n auto

test-browser: $(STAMP)
	@.ci/install chromium
	$(BIN)/python -m pytest tests/sandbox/page tests/docs/browser

# The pictures in the documentation of the sandbox; look at each.
screenshots: $(STAMP)
	@.ci/install chromium
	SCREENSHOTS=docs/images/sandbox $(BIN)/python -m pytest tests/sandbox/page -k test_screenshots

check: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/python codegen.py --check
	$(BIN)/python -m openapi_spec_validator $(wildcard spec/*.yaml)
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/python -m tests.docs.typed_blocks
	$(BIN)/python -m tests.docs.documented
	$(BIN)/lint-imports
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks $(if $(QUICK),--quick,--write)

docs: $(STAMP)
	$(BIN)/mkdocs serve

generate: $(STAMP)
	$(BIN)/python codegen.py

format: $(STAMP)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) .venv-* build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis
