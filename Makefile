# `make grade` and `make test` work on a machine that has Python 3.11 and make, and nothing else.
# Everything is installed into .venv/, and installed again only where pyproject.toml or a catalogue has changed:
# installing is what compiles catalogues.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
RESULTS := results/class
# One answer of the bundled class whose feedback `make grade` shows.
SHOWN ?= examples/class/ben/sigmoid.py

.DEFAULT_GOAL := help
.NOTPARALLEL: # the tests take both cores as it is
.PHONY: help install grade test lint verify soak bench build clean bubblewrap

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/.installed ## Make .venv/ and install the grader into it, with what its tests need

grade: .venv/.grader ## Judge the bundled class, and show one student's feedback
	$(BIN)/grader grade examples/class --out $(RESULTS)
	@echo; echo "$(BIN)/grader check $(SHOWN)"
	@$(BIN)/grader check $(SHOWN) || [ $$? -eq 1 ] # 1: not everything holds in that answer

test: lint verify ## Check style and types, generated files, the course, and run the tests
	$(BIN)/python -m pytest -n 2

lint: install ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

verify: install bubblewrap ## Check that generated files are fresh and the course judges rightly
	$(BIN)/grader build --check
	$(BIN)/grader verify

soak: install bubblewrap ## Run what takes long: many seeds, and the tests marked soak
	$(BIN)/grader verify --seeds 200
	$(BIN)/python -m pytest -n 2 -m soak

bench: .venv/.bench ## Print the tables of benchmarks/
	@set -e; for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script; done

build: install ## Make the generated files of the course, and a wheel in dist/
	$(BIN)/grader build
	$(PIP) wheel --no-deps --wheel-dir dist .

clean: ## Remove what these targets have made
	rm -rf .venv results dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find grader locale reference tests -name '__pycache__' -type d -prune -exec rm -rf {} +
	find grader locale -name '*.mo' -delete

SOURCES := pyproject.toml hatch_build.py $(wildcard grader/locale/*/LC_MESSAGES/*.po locale/*/LC_MESSAGES/*.po)

# Each stamp file says that an installation went through. The virtual environment is made once, the grader with what
# it runs on for `grade`, the rest when a target needs it.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …" >&2; exit 2; }
	@echo "Making .venv/ with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.grader: .venv/.made $(SOURCES)
	@echo "Installing the grader into .venv/"
	@$(PIP) install --editable .
	@touch $@

.venv/.installed: .venv/.made $(SOURCES)
	@echo "Installing the grader and what its tests need into .venv/"
	@$(PIP) install --editable '.[test]'
	@touch .venv/.grader $@

.venv/.bench: .venv/.installed
	@echo "Installing what the benchmarks compare with into .venv/ (large)"
	@$(PIP) install --editable '.[bench]'
	@touch $@

# The highest level of isolation is reached with bubblewrap. Without it the grader uses the next one and says so.
bubblewrap:
	@if command -v bwrap >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing bubblewrap, for the highest level of isolation"; \
	  { apt-get -qq update && apt-get -qq install --no-install-recommends bubblewrap libseccomp2; } >/dev/null 2>&1 \
	  || echo "bubblewrap cannot be installed here; tests that need it are skipped."; \
	else echo "bubblewrap is not installed; tests that need it are skipped."; fi
