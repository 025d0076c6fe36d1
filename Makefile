# Two commands matter: make run, make test. Both need python3 (3.11 or newer) and the package index, and nothing else.

PYTHON ?= python3
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test lint format check bench clean environment environment-dev

help:  ## list these targets
	@echo 'make …'
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  \1\t\2/p' Makefile | expand -t 12
	@echo 'PYTHON=python3.13 names the interpreter; tests take words for pytest: make test ARGS="-k wire".'

run: environment  ## the demo newsroom: PORT=8000, DEMO_PASSWORD=… (one is made up and printed if you give none)
	@exec .venv/bin/python manage.py run_demo --port "$$PORT"

test: environment-dev  ## the whole suite: SQLite, PostgreSQL and a browser, wherever they can be had
	@exec .venv/bin/python .ci/test.py $(ARGS)

lint: environment-dev  ## ruff: what is wrong, and how it is set out
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .

format: environment-dev  ## ruff: put right what it can
	.venv/bin/python -m ruff check --fix .
	.venv/bin/python -m ruff format .

check: environment-dev lint  ## lint, missing migrations, and the system checks under production settings
	@exec .venv/bin/python .ci/checks.py

bench: environment-dev  ## how fast and how large, beside what is promised: ARGS="--help" says more
	@exec .venv/bin/python .ci/bench.py $(ARGS)

clean:  ## take away what can be made again; never the database, the pictures or .env
	rm -rf .venv .ruff_cache .pytest_cache .hypothesis staticfiles test-results
	find articles newsroom .ci -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@$(PYTHON) .ci/environment.py --dotenv

environment-dev:
	@$(PYTHON) .ci/environment.py --dev
