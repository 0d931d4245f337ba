# Two commands do everything on a machine that has Python 3.11, pip and make:
#   make ask Q="what is the 2030 tech contract target"
#   make test
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 = 1
export TOKENIZERS_PARALLELISM = false

.PHONY: ask serve test lint types unit benchmark-quality clean help

help:
	@echo 'make ask Q="question"   answer with citations (sets up what is missing)'
	@echo 'make serve              page and API on http://127.0.0.1:8000'
	@echo 'make test               everything that CI runs'

# The stamps hold when they are newer than the list of dependencies; torch first, so that its CPU build is taken.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

ask: $(VENV)/.installed
	@test -n '$(subst ','\'',$(Q))' || { echo 'say what to ask: make ask Q="what is the 2030 tech contract target"' >&2; exit 2; }
	@$(BIN)/assistant ask '$(subst ','\'',$(Q))'

serve: $(VENV)/.installed
	@$(BIN)/assistant serve

test: lint types unit

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

# axe-core checks the page's accessibility; without npm that one test is skipped and says so.
tests/browser/node_modules: tests/browser/package.json
	@if command -v npm >/dev/null; then \
	  npm ci --prefix tests/browser --no-audit --no-fund --silent && touch $@ || \
	  echo 'axe-core could not be installed with npm: the accessibility test will be skipped'; fi

unit: $(VENV)/.installed-dev tests/browser/node_modules
	$(BIN)/pytest

# SETS names a folder with the public sets; the tables of docs/quality.md are written again.
SETS ?= ../shared/eval
benchmark-quality: $(VENV)/.installed-dev
	$(BIN)/python -m tests.benchmarks.quality --sets '$(SETS)' --write

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
