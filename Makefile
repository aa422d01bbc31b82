# Everything a person does with this repository. Needs Python >= 3.11 with pip, and make; the rest is fetched.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8080
BIN := .venv/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup start dev test check e2e real-parts bench gen new docs lock dist image clean

help: ## Show the targets
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

.venv/.ready: requirements-dev.lock pyproject.toml tools/setup.py frontend/package-lock.json
	@$(PYTHON) tools/setup.py

setup: .venv/.ready ## Make .venv with everything the project needs

start: .venv/.ready ## Build the pages if they changed and start the server: http://localhost:8080
	@$(BIN)/python tools/build_frontend.py
	@exec $(BIN)/postil start --port $(PORT) $(ARGS)

dev: .venv/.ready ## Start server and pages with hot reload: http://localhost:5173
	@$(BIN)/python tools/dev.py

test: .venv/.ready ## Run every check and test, as CI does
	@$(BIN)/python tools/test.py all

check: .venv/.ready ## Format, lint, types, contracts, sizes and the fast tests
	@$(BIN)/python tools/test.py fast

e2e: .venv/.ready ## Drive a real browser
	@$(BIN)/python tools/test.py e2e

real-parts: .venv/.ready ## Fetch programs of others that tests run against
	@$(BIN)/python tools/real_parts.py

bench: .venv/.ready ## Measure, with the raw limits in the same run
	@$(BIN)/python bench/run.py $(ARGS)

gen: .venv/.ready ## Write the generated files anew
	@$(BIN)/python tools/gen_tags.py
	@$(BIN)/python tools/gen_openapi.py
	@$(BIN)/python tools/gen_client.py
	@$(BIN)/python tools/gen_docs.py

new: .venv/.ready ## Write the skeleton of a new kind of thing: make new KIND=exporter NAME=voc
	@$(BIN)/python tools/new.py $(KIND) $(NAME)

docs: .venv/.ready ## Write the reference pages and the screenshots
	@$(BIN)/python tools/gen_docs.py
	@$(BIN)/python tools/screenshots.py

lock: .venv/.ready ## Resolve the dependencies anew into the lock files
	@$(BIN)/python tools/lock.py

dist: .venv/.ready ## Build the packages and the release notes into dist/
	@$(BIN)/python tools/dist.py

image: ## Build the container image
	docker build -f deploy/Dockerfile -t postil .

clean: ## Remove what can be made again
	rm -rf .venv build dist .mypy_cache .ruff_cache src/postil/web/static frontend/node_modules
