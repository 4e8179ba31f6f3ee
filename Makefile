# Everything runs in .venv, made from requirements.lock; see `make help`.
PYTHON ?= python3
BIN := .venv/bin
export JUPYTER_CONFIG_PATH := $(CURDIR)/.jupyter
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))

.DEFAULT_GOAL := help
.PHONY: help report test score lab notebooks lint bench lock clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

report: .venv/ready ## write reports/index.html from data/articles
	$(BIN)/pactlens report --out reports

test: .venv/ready lint ## run every test, notebooks and browser included
	$(BIN)/python -m pytest -n 2

score: .venv/ready ## score the reading on the labelled articles, with the misses
	$(BIN)/python -m pytest tests/test_coverage.py -q -s --misses

lab: .venv/ready ## open JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir=. notebooks/00-coverage.ipynb

notebooks: .venv/ready ## re-run all notebooks, store their outputs and the README's picture
	$(BIN)/python -m pactlens.notebooks $(NOTEBOOKS)
	$(BIN)/python -c "from pactlens import agreements, charts; \
	  print(charts.timeline.reference(agreements.load()).svg())" > .github/timeline.svg

lint: .venv/ready ## ruff (lint and format) and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready ## speed against peers, in the same run
	$(BIN)/python -m pytest tests/bench -q -s -m slow

lock: ## renew requirements.lock: names, versions and hashes only
	uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet -o requirements.lock

clean: ## remove what was made
	rm -rf .venv reports .pytest_cache .mypy_cache .ruff_cache .hypothesis
