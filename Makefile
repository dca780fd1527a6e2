# Lapak: everything a person types while working on it. `make help` lists the targets.
#
# A fresh machine needs Python 3.11 with venv, gcc and Node; the rest is fetched once into .venv.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
CATALOGUE := kiosk/translations/id/LC_MESSAGES/messages.po
TEMPLATE := kiosk/translations/messages.pot
RUNTIME := $(VENV)/.runtime-installed
TOOLS := $(VENV)/.tools-installed

# uv installs in seconds; where its wheel cannot be had, pip does the same in a minute. What is
# installed is compiled at once, as pip does by itself: no program's start has to.
define install_with
if [ -x $(BIN)/uv ]; then \
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python $(1); \
else $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); fi
endef

.PHONY: help install tools run test coverage check bench faults messages papers clean

help:  ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/\1\t\2/' | expand -t 12

install: $(RUNTIME) $(CATALOGUE:.po=.mo)  ## set up .venv with the command `kiosk`

run: install  ## start till, hub and virtual printer with the demonstration data
	$(BIN)/kiosk demo

test: tools  ## run the whole suite with a browser and PostgreSQL
	$(BIN)/python tests/support/system_packages.py chromium postgresql
	$(BIN)/pytest -n 2 --dist loadfile

coverage: tools  ## run the suite once more, slower, and list the lines it never reaches
	$(BIN)/python tests/support/system_packages.py chromium postgresql
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report=term

check: tools  ## formatting, lint, types, floors, templates and the Indonesian catalogue
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates kiosk/webtools/templates --lint --quiet
	$(BIN)/python -m tests.support.messages

bench: install  ## measure the budgets; the last line printed is one JSON object
	$(BIN)/kiosk bench

faults: tools  ## the fault campaign: kills, power cuts, bad disks and networks, and a table of it
	$(BIN)/python tests/support/system_packages.py postgresql
	$(BIN)/python -m tests.faults

messages: tools  ## bring the catalogue up to date with the words in code and templates
	$(BIN)/pybabel --quiet extract --mapping-file kiosk/translations/babel.cfg --sort-output \
		--no-location --omit-header --keyword lazy_gettext --output-file $(TEMPLATE) .
	$(BIN)/pybabel --quiet update --input-file $(TEMPLATE) --output-file $(CATALOGUE) --locale id \
		--no-fuzzy-matching --ignore-obsolete --width 100
	rm -f $(TEMPLATE)

screens: tools  ## take the screenshots of the documentation from the running demonstration
	$(BIN)/python tests/support/system_packages.py chromium
	$(BIN)/python -m tests.support.screens

papers: tools  ## take the photographs of paper of the documentation from the virtual printer
	$(BIN)/python -m tests.support.papers

clean:  ## remove what was made here, the demonstration's data too
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache \
		.coverage .coverage.* *.egg-info $(CATALOGUE:.po=.mo)
	find kiosk printers tests -name __pycache__ -type d -prune -exec rm -rf {} +

tools: install $(TOOLS)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo "Python's venv is missing. Install it with: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) \
		|| echo "uv could not be had; going on with pip, which takes a minute longer."

$(RUNTIME): requirements.txt pyproject.toml | $(BIN)/python
	$(call install_with,-r requirements.txt)
	$(call install_with,--no-deps --editable .)
	$(BIN)/python -m compileall -q kiosk printers
	@touch $@

$(TOOLS): requirements-dev.txt requirements.txt $(RUNTIME)
	$(call install_with,-r requirements-dev.txt)
	@touch $@

%.mo: %.po $(RUNTIME)
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale id
