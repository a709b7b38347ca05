# SPDX-License-Identifier: GPL-2.0-or-later
# Each target that has a "##" after it is listed by `make help`.

PYTEST_WORKERS ?= 3
ARGS ?=
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo test lint man lock clean setup-run setup-test

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
		awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

demo: setup-run ## install what is missing and open the sample mail (options: ARGS="--no-tui")
	@.venv/bin/mkit demo $(ARGS)

test: lint ## install what is missing, then lint, types, import rules and all tests
	$(PY) -m pytest -n $(PYTEST_WORKERS) --dist worksteal $(ARGS)

lint: setup-test ## lint, format, types and import rules only
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

man: setup-test ## man pages in build/man: man -M build/man mkit-list
	@$(PY) scripts/man-pages build/man/man1

lock: ## renew requirements/*.txt: newest versions allowed, with hashes
	@scripts/system-packages run
	@scripts/venv lock
	@scripts/lock

clean: ## remove .venv, caches and builds
	rm -rf .venv build dist .coverage .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup-run:
	@scripts/system-packages run
	@scripts/venv run

setup-test:
	@scripts/system-packages test
	@scripts/venv test
