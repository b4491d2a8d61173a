# make run           the whole method on the example, results in out/
# make run FILE=x    the same on your own file
# make test          every test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Snapshots live in the checkout; name another MAILLON_HOME to use your own register.
export MAILLON_HOME ?= $(CURDIR)/.maillon
PORT ?= 8000
REGISTER := $(MAILLON_HOME)/snapshots/register.current
# make serve         the web application on an invented territory, at http://127.0.0.1:8000/ (PORT=8000)
# OPTIONS are passed on: make run FILE=mine.xlsx OPTIONS='--site Belfort --lang en'
ifndef FILE
FILE := examples/cobot.xlsx
OPTIONS ?= --site Belfort --firm "Valtrenne Robotique (entreprise inventée)"
endif

.PHONY: run serve test check fmt bench audit pins messages clean

$(VENV)/.run: requirements/run.txt pyproject.toml hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.web: $(VENV)/.run requirements/web.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/web.txt
	@touch $@

$(VENV)/.test: $(VENV)/.web requirements/test.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/test.txt
	@touch $@

$(REGISTER): | $(VENV)/.run messages
	$(BIN)/maillon demo snapshot

run: $(VENV)/.run messages $(REGISTER)
	$(BIN)/maillon run "$(FILE)" --out out $(OPTIONS)

serve: $(VENV)/.web messages $(REGISTER)
	$(BIN)/maillon serve --demo --port $(PORT)

test: $(VENV)/.test messages
	$(BIN)/python -m pytest -n auto
	$(BIN)/python tests/on_postgresql.py $(BIN)/python -m pytest -n auto -m "not slow" tests/web
	$(MAKE) --no-print-directory check

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.test
	$(BIN)/python -m bench

# Strict: a package that could not be audited is a failure, not a pass.
audit: $(VENV)/.test
	$(BIN)/pip-audit --strict --disable-pip -r requirements/run.txt

messages: $(VENV)/.run
	@$(BIN)/python hatch_build.py

pins:
	for f in run web test; do uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	  --no-emit-find-links --custom-compile-command "make pins" -q requirements/$$f.in -o requirements/$$f.txt; done

clean:
	rm -rf out build dist
