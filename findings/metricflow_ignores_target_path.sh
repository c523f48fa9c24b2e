#!/usr/bin/env bash
# dbt-metricflow 0.15.0 with dbt-core 1.11.16: with DBT_TARGET_PATH, dbt writes its semantic manifest
# there, and `mf` reads `target/semantic_manifest.json` all the same: without one it says to run
# `dbt parse`, which was run; with an old one it answers with the metrics of that day, without a
# word. Expected: the manifest of DBT_TARGET_PATH, as dbt's own commands have it.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    "dbt-metricflow[dbt-duckdb]==0.15.0" dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5
mkdir "$folder/models"
cd "$folder"
printf 'name: shop\nprofile: shop\nversion: 1.0.0\n' > dbt_project.yml
printf 'shop:\n  target: dev\n  outputs: {dev: {type: duckdb, path: shop.duckdb}}\n' > profiles.yml
echo "select date '2026-01-01' as date_day" > models/days.sql
echo "select 1 as order_id, date '2026-01-01' as order_date, 5 as amount" > models/orders.sql
cat > models/metrics.yml <<'YML'
models:
  - name: days
    time_spine: {standard_granularity_column: date_day}
    columns: [{name: date_day, granularity: day}]
semantic_models:
  - name: orders
    model: ref('orders')
    defaults: {agg_time_dimension: order_date}
    entities: [{name: order, type: primary, expr: order_id}]
    dimensions: [{name: order_date, type: time, type_params: {time_granularity: day}}]
    measures: [{name: paid, agg: sum, expr: amount}]
metrics:
  - {name: revenue, label: Revenue, type: simple, type_params: {measure: paid}}
YML
export DBT_PROFILES_DIR=. DBT_SEND_ANONYMOUS_USAGE_STATS=false DO_NOT_TRACK=1
export PATH="$folder/venv/bin:$PATH" DBT_TARGET_PATH=elsewhere
dbt --quiet build
ls elsewhere/semantic_manifest.json
! mf query --quiet --metrics revenue > missing.txt 2>&1
grep -o "run .dbt parse. or .dbt build." missing.txt || tail -3 missing.txt
# An older manifest in target/: what revenue is has changed since, and mf does not see it.
mkdir -p target
cp elsewhere/semantic_manifest.json target/
sed -i 's/expr: amount/expr: amount * 100/' models/metrics.yml
dbt --quiet parse
mf query --quiet --metrics revenue --csv old.csv
cat old.csv
test "$(tail -1 old.csv | tr -d '\r')" = 5
grep -q "amount \* 100" elsewhere/semantic_manifest.json
echo "as found"
