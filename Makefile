# Everything starts from Python 3.11 and make: `make demo` and `make test` build their own .venv.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:

export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export PYTHONUTF8 := 1

# The first Python on the PATH that the locks are made for.
SUITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
ifndef PYTHON
PYTHON := $(shell for python in python3 python3.11 python3.12 python3.13; do \
  $$python -c '$(SUITS)' >/dev/null 2>&1 && { echo $$python; break; }; done)
endif

VENV := .venv
SPARK_VENV := .venv-spark
RUNTIME := $(VENV)/.runtime-installed
TOOLS := $(VENV)/.tools-installed
SPARK := $(SPARK_VENV)/.installed
BENCH_VENV := .venv-bench
BENCH := $(BENCH_VENV)/.installed
ROOMS := data_contracts transforms matchers flows notebooks
CODE := $(ROOMS) supply tests benchmarks
DICTIONARY := docs/generated/data_dictionary.md
RENDER := from flows.dictionary import render_data_dictionary as render; print(render(), end="")
RULEBOOK := docs/generated/rulebook.md
EXIT_CODES := docs/generated/exit_codes.md
RENDER_EXIT_CODES := from flows.exit_codes import render_exit_codes as render; print(render(), end="")
ROLES := docs/generated/roles.md
RENDER_ROLES := from flows.access.page import render_roles as render; print(render(), end="")
RENDER_RULEBOOK := from flows.rulebook.book import render_rulebook as render; print(render(), end="")
ASSESSOR := dengbao3.md pia.md transparency.zh.md transparency.en.md
DEMO_HOME ?= demo-home
WHEELHOUSE ?= build/wheelhouse
OFFLINE_VENV ?= $(VENV)
VULNERABILITIES ?=
PEOPLE ?= 1030000

.PHONY: help setup demo test prove check spark lock docs bench bench-matching mutants bench-reach bench-desk pictures trust prove-properties audit wheelhouse install-offline clean

help:
	@printf '%s\n' \
	  'make setup   the environment alone' \
	  'make demo    a synthetic county, its baseline and seven nights' \
	  'make test    every test but the long proofs and those on a real Spark' \
	  'make check   format, lint, types, imports, docs, tests: what must hold before a merge' \
	  'make prove   the proofs that are too long for every run: a kill at every step, and more' \
	  'make spark   the tests on a real local Spark (needs Java)' \
	  'make docs    write the generated pages anew' \
	  'make lock    resolve the requirements anew (needs uv)' \
	  'make bench   one night of 200,000 residents' \
  'make bench-matching   the floor, doorstep match and Splink on a city (PEOPLE=1030000)' \
	  'make bench-reach   who is reached in a month of nights, beside three simpler ways' \
	  'make bench-desk   20 officers at the desk of a city, by locust' \
  'make pictures   the pictures of the guides, from a synthetic county (needs Chromium, LibreOffice)' \
  'make mutants changes to the signals and to triage that the tests must notice' \
	  'make trust    the table of trust: kills, drift, leaks, encryption; what was seen is not run again' \
	  'make prove-properties   that worse is never found less, in 100,000 trials' \
	  'make audit   locks, bill of materials, vulnerabilities, licences, secrets' \
  'make wheelhouse   everything an installation needs into build/wheelhouse' \
  'make install-offline WHEELHOUSE=DIR   install from there, without any network' \
  'make clean   remove the environments, caches and the demo'

setup: $(RUNTIME)

demo: $(RUNTIME)
	$(VENV)/bin/doorstep demo --home $(DEMO_HOME)

test: $(TOOLS)
	$(VENV)/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(TOOLS)
	$(VENV)/bin/ruff format --check $(CODE)
	$(VENV)/bin/ruff check $(CODE)
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/python -c '$(RENDER)' | diff -u $(DICTIONARY) - \
	  || { echo 'The data dictionary is not current: run make docs.' >&2; exit 1; }
	$(VENV)/bin/python -c '$(RENDER_RULEBOOK)' | diff -u $(RULEBOOK) - \
	  || { echo 'The rulebook is not current: run make docs.' >&2; exit 1; }
	$(MAKE) --no-print-directory test

prove: $(TOOLS)
	$(VENV)/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m long

spark: $(SPARK)
	$(SPARK_VENV)/bin/python -m pytest -m spark tests/spark

docs: $(RUNTIME)
	$(VENV)/bin/python -c '$(RENDER)' > $(DICTIONARY)
	$(VENV)/bin/python -c '$(RENDER_RULEBOOK)' > $(RULEBOOK)
	$(VENV)/bin/python -c '$(RENDER_ROLES)' > $(ROLES)
	$(VENV)/bin/python -c '$(RENDER_EXIT_CODES)' > $(EXIT_CODES)
	$(VENV)/bin/python -m supply.licences > docs/generated/licences.md
	for page in $(ASSESSOR); do $(VENV)/bin/python -m flows.assessor.pages $$page > docs/generated/$$page; done

bench: $(RUNTIME)
	$(VENV)/bin/python benchmarks/night_200k.py

bench-matching: $(RUNTIME) $(BENCH)
	$(VENV)/bin/python -m benchmarks.matching.run --people $(PEOPLE) --splink $(BENCH_VENV)/bin/python

bench-reach: $(RUNTIME)
	$(VENV)/bin/python -m benchmarks.reach --residents 20000 --nights 30 --seed 1

bench-desk: $(RUNTIME) $(BENCH)
	$(VENV)/bin/python -m benchmarks.desk_load --locust $(BENCH_VENV)/bin/locust

pictures: $(TOOLS)
	$(VENV)/bin/python -m tests.pictures

trust: $(TOOLS)
	$(VENV)/bin/python -m benchmarks.trust

mutants: $(TOOLS)
	$(VENV)/bin/python -m benchmarks.mutants

prove-properties: $(TOOLS)
	$(VENV)/bin/python -m benchmarks.properties

audit: $(TOOLS)
	$(VENV)/bin/python -m supply.audit --database '$(VULNERABILITIES)'

# Wheels only, for a county's machine builds nothing; run it on a machine and Python like the county's.
wheelhouse: $(TOOLS)
	$(VENV)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
	  --require-hashes -r requirements.lock -d $(WHEELHOUSE)

# By pip alone, and by settings instead of options: no index, no other place than the wheelhouse.
install-offline:
	@[ -d '$(WHEELHOUSE)' ] || { echo 'There is no folder $(WHEELHOUSE): make wheelhouse makes it where there is a network.' >&2; exit 1; }
	[ -n '$(PYTHON)' ] || { echo 'Doorstep needs Python 3.11, 3.12 or 3.13 on the PATH.' >&2; exit 1; }
	export PIP_NO_INDEX=1 PIP_FIND_LINKS='$(abspath $(WHEELHOUSE))' PIP_CONFIG_FILE=/dev/null
	$(PYTHON) -m venv $(OFFLINE_VENV)
	$(OFFLINE_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(OFFLINE_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	[ '$(OFFLINE_VENV)' != '$(VENV)' ] || touch $(RUNTIME)

lock:
	for name in requirements requirements-dev requirements-spark; do
	  uv pip compile $$name.in --quiet --python-version 3.11 --generate-hashes --no-header -o $$name.lock
	done
	uv pip compile requirements-bench.in --quiet --python-version 3.11 --generate-hashes --no-header -o requirements-bench.lock

clean:
	rm -rf $(VENV) $(SPARK_VENV) $(BENCH_VENV) demo-home build dist .pytest_cache .mypy_cache .ruff_cache \
	  .hypothesis .import_linter_cache
	find $(CODE) -name __pycache__ -prune -exec rm -rf {} +

# $(call environment,FOLDER): an empty environment, by uv where there is one.
define environment
[ -n '$(PYTHON)' ] || { echo 'Doorstep needs Python 3.11, 3.12 or 3.13 on the PATH, or make PYTHON=/path/to/python3.11' >&2; exit 1; }
$(PYTHON) -c '$(SUITS)' || { echo '$(PYTHON) is not Python 3.11, 3.12 or 3.13' >&2; exit 1; }
[ -x $(1)/bin/python ] || if command -v uv >/dev/null; then uv venv --quiet --python $(PYTHON) $(1); else $(PYTHON) -m venv $(1); fi
endef

# $(call install,FOLDER,ARGUMENTS): install into it; a folder made by uv has no pip until asked.
# The locks are complete, so nothing is resolved: --no-deps (pip also refuses an extra it has to resolve
# itself when hashes are required).
define install
if command -v uv >/dev/null; then uv pip install --quiet --python $(1)/bin/python $(2); \
else $(1)/bin/python -m pip --version >/dev/null 2>&1 || $(1)/bin/python -m ensurepip >/dev/null; \
$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile $(2); fi
endef

$(RUNTIME): requirements.lock pyproject.toml
	@started=$$SECONDS
	echo 'Setting up $(VENV) ...'
	$(call environment,$(VENV))
	$(call install,$(VENV),--no-deps --require-hashes -r requirements.lock)
	$(call install,$(VENV),--no-deps --no-build-isolation -e .)
	# Once, so that the first night is as fast as the next; some packages ship files for other Pythons.
	$(VENV)/bin/python -m compileall -q -j 0 $(VENV)/lib $(ROOMS) >/dev/null || true
	touch $@
	echo "Set up in $$((SECONDS - started)) s, downloads included."

$(TOOLS): $(RUNTIME) requirements-dev.lock
	@started=$$SECONDS
	echo 'Installing the development tools ...'
	$(call install,$(VENV),--no-deps --require-hashes -r requirements-dev.lock)
	touch $@
	echo "Installed in $$((SECONDS - started)) s, downloads included."

$(SPARK): requirements.lock requirements-dev.lock requirements-spark.lock pyproject.toml
	@command -v java >/dev/null || { echo 'Spark needs Java 17 or newer on the PATH.' >&2; exit 1; }
	echo 'Setting up $(SPARK_VENV) ...'
	$(call environment,$(SPARK_VENV))
	$(call install,$(SPARK_VENV),--no-deps --require-hashes -r requirements.lock -r requirements-dev.lock -r requirements-spark.lock)
	$(call install,$(SPARK_VENV),--no-deps --no-build-isolation -e .)
	touch $@

# Splink and what it needs, apart from everything of ours.
$(BENCH): requirements-bench.lock
	@echo 'Setting up $(BENCH_VENV) ...'
	$(call environment,$(BENCH_VENV))
	$(call install,$(BENCH_VENV),--no-deps --require-hashes -r requirements-bench.lock)
	touch $@
