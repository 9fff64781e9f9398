# make run: see it work. make test: run every test. Both need Python 3.11 or later and nothing else.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PIP = $(BIN)/pip install --no-compile --quiet --disable-pip-version-check

# Tests start many processes; each would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run neo4j test test-js check check-js docs pictures scorecard residue bench mutants lock dist audit vendor clean

run: .venv/run
	@$(BIN)/kg load seed
	@$(BIN)/kg query obligations-across-places --function 司法局 --columns place,role,basis,task_number,task,clause,quote
	@$(BIN)/kg serve

# A real Neo4j with Neo4j Browser over the seeds, styled, until Ctrl-C; needs Java 17 and Maven.
neo4j: .venv/run
	@$(BIN)/python -m scripts.neo4j

test: .venv/test
	sh scripts/test-tools.sh
	sh scripts/page.sh test
	$(BIN)/python -m kg.cli.warm $(or $(KG_ENGINE_CACHE),build/engine)
	$(BIN)/pytest --numprocesses=2 --dist=loadscope -m "not hostile"
	$(BIN)/pytest --numprocesses=2 --dist=loadscope -m hostile

test-js:
	sh scripts/page.sh test

check: .venv/test check-js
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Linter, format and types of the page's modules; needs Node.
check-js:
	sh scripts/page.sh check

docs: .venv/test
	$(BIN)/python -m scripts.docs
	$(BIN)/python -m scripts.answers

# The pictures of docs/desk.zh.md; needs chromium.
pictures: .venv/test
	KG_SCREENSHOTS=1 $(BIN)/pytest tests/browser/test_clerk.py
	$(BIN)/python -m scripts.pictures

scorecard: .venv/run
	$(BIN)/python -m scripts.scorecard

# What gave no fact over texts without gold; AGAINST=REF compares with a commit.
residue: .venv/run
	$(BIN)/python -m scripts.residue $(if $(AGAINST),--against $(AGAINST))

bench: .venv/test
	$(BIN)/python -m benchmarks

# Whether the tests see it when the code is changed in one place; takes minutes.
mutants: .venv/test
	$(BIN)/python -m scripts.mutants

# A marker file says which lock the environment was made from. Each lock is whole, so that pip need not look for what it lacks.
.venv/run: requirements.lock pyproject.toml
	test -d .venv || $(PYTHON) -m venv .venv
	$(PIP) --no-deps --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

.venv/test: .venv/run requirements-test.lock
	$(PIP) --no-deps --require-hashes -r requirements-test.lock
	touch $@

# Writes the locks anew, from pyproject.toml and package.json; what is pinned stays.
lock:
	sh scripts/lock.sh

# What is given out: wheel, source archive, bill of materials (CycloneDX) and sha256 of each; twice from one commit, twice the same.
dist: .venv/test
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m scripts.dist

# Known defects of what is pinned, by the advisories of PyPI, and docker-compose.yml by its schema. Asks both of the network.
audit: .venv/test
	$(BIN)/pip install --quiet --disable-pip-version-check --target build/audit pip-audit check-jsonschema
	PYTHONPATH=build/audit $(BIN)/python -m pip_audit --strict --disable-pip --require-hashes -r requirements.lock
	PYTHONPATH=build/audit $(BIN)/python -m check_jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

# Writes web/vendor anew from scripts/vendor/package-lock.json; needs Node and npm.
vendor:
	sh scripts/vendor.sh

clean:
	rm -rf .venv node_modules build dist
