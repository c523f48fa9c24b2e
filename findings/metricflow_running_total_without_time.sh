#!/usr/bin/env bash
# dbt-metricflow 0.15.0 with dbt-core 1.11.16: a cumulative metric that is asked without a time, but
# filtered by time, adds up the running totals of all days of the time spine: two customers who
# came on the first of five days are ten. Without the filter they are two, and so they are on each
# day. No error, no warning. Expected: two, or a refusal.
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
echo "select unnest(range(date '2026-01-01', date '2026-01-06', interval 1 day))::date as date_day" \
    > models/days.sql
echo "select unnest([1, 2]) as customer_id, date '2026-01-01' as first_date" > models/customers.sql
cat > models/metrics.yml <<'YML'
models:
  - name: days
    time_spine: {standard_granularity_column: date_day}
    columns: [{name: date_day, granularity: day}]
semantic_models:
  - name: customers
    model: ref('customers')
    defaults: {agg_time_dimension: first_date}
    entities: [{name: customer, type: primary, expr: customer_id}]
    dimensions: [{name: first_date, type: time, type_params: {time_granularity: day}}]
    measures: [{name: new_customers, agg: count, expr: customer_id}]
metrics:
  - name: customers_so_far
    label: Customers so far
    type: cumulative
    type_params: {measure: new_customers, cumulative_type_params: {period_agg: last}}
YML
export DBT_PROFILES_DIR=. DBT_SEND_ANONYMOUS_USAGE_STATS=false DO_NOT_TRACK=1
export PATH="$folder/venv/bin:$PATH"
dbt --quiet build
mf query --quiet --metrics customers_so_far --csv all.csv
mf query --quiet --metrics customers_so_far --group-by metric_time__day --csv days.csv
mf query --quiet --metrics customers_so_far --csv filtered.csv \
    --where "{{ TimeDimension('metric_time', 'day') }} <= '2026-01-05'"
cat all.csv days.csv filtered.csv
test "$(tail -1 all.csv | tr -d '\r')" = 2
tail -n +2 days.csv | tr -d '\r' | cut -d, -f2 | sort -u | grep -qx 2
test "$(tail -1 filtered.csv | tr -d '\r')" = 10
echo "as found"
