# `make demo` and `make test` are all a newcomer needs.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
PYTHON312 ?= python3.12
PEERS := .venv-peers
BIN := $(VENV)/bin

.PHONY: demo test lint types bench bench-peers fmt setup clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "mainbreak needs Python 3.11 or later; set PYTHON=python3.12 or the like" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "python3 lacks venv: apt-get install python3-venv" >&2; exit 1; }
	@echo "installing what mainbreak needs into $(VENV) (about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  -c constraints.txt -e .
	@echo "compiling the engines of isolation, routing and planning (a minute or two) ..."
	@$(BIN)/python -m mainbreak.warm_up
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@echo "installing the tools for tests and checks ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  -c constraints.txt -e '.[dev]'
	@touch $@

demo: setup
	@$(BIN)/mainbreak demo $(DEMO_ARGS)

test: $(VENV)/.ready-dev
	@sh tests/install_debian.sh
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

lint: $(VENV)/.ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

types: $(VENV)/.ready-dev
	@$(BIN)/mypy

bench: $(VENV)/.ready-dev
	@$(BIN)/python -m benchmarks.plan_day --quick
	@$(BIN)/python -m benchmarks.isolation --quick
	@$(BIN)/python -m benchmarks.locate --quick
	@$(BIN)/python -m benchmarks.snapping --quick
	@$(BIN)/python -m benchmarks.clusters --quick
	@$(BIN)/python -m benchmarks.routing --quick
	@$(BIN)/python -m benchmarks.dispatch --quick

# OSRM and Valhalla have wheels for Python 3.12 and later only; VROOM and PyVRP come along.
$(PEERS)/.ready: pyproject.toml constraints.txt benchmarks/peers-constraints.txt
	@$(PYTHON312) -c 'import sys; sys.exit(sys.version_info < (3, 12))' \
	  || { echo "the peers need Python 3.12 or later; set PYTHON312=python3.13 or the like" >&2; exit 1; }
	@test -x $(PEERS)/bin/python || $(PYTHON312) -m venv $(PEERS)
	@echo "installing mainbreak and its peers into $(PEERS) (a minute or two) ..." >&2
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check \
	  -c constraints.txt -c benchmarks/peers-constraints.txt -e . osrm-bindings pyvalhalla pyvroom pyvrp
	@touch $@

bench-peers: $(PEERS)/.ready
	@$(PEERS)/bin/python -m benchmarks.routing $(BENCH_ARGS)
	@$(PEERS)/bin/python -m benchmarks.dispatch $(BENCH_ARGS)

fmt: $(VENV)/.ready-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(PEERS) .mypy_cache .ruff_cache .pytest_cache out
