# `make demo` and `make test` do everything from an empty folder; the others are for contributors.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check check-slow bench clean

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(STAMP)

install: $(STAMP)

weights: $(STAMP)
	$(BIN)/fashionm3 models fetch

demo: weights
	$(BIN)/fashionm3 demo --out demo-out --shop shop

test: weights
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-slow: weights
	$(BIN)/python -m pytest -m slow --timeout 1800

bench: weights
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python -m benchmarks

clean:
	rm -rf demo-out shop .pytest_cache .mypy_cache .ruff_cache
