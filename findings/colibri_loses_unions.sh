#!/usr/bin/env bash
# dbt-colibri 0.3.7 with sqlglot 30.19 or later: columns behind a `union all` have no lineage, the
# command prints an error for each of them and exits with 0. It reads Scope.union_scopes, which
# sqlglot 30.18 has and later ones name set_operation_scopes, and asks for `sqlglot>=30.0.0` without
# an upper bound. Expected: an upper bound, or the new name; and an exit code that a build can see.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip() { "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }
pip dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5 dbt-colibri==0.3.7 "sqlglot[c]==30.30.0"
mkdir "$folder/models"
cd "$folder"
printf 'name: shop\nprofile: shop\nversion: 1.0.0\n' > dbt_project.yml
printf 'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: shop.duckdb\n' > profiles.yml
echo 'select 1 as order_id' > models/web.sql
echo 'select 2 as order_id' > models/street.sql
echo "select order_id from {{ ref('web') }} union all select order_id from {{ ref('street') }}" \
    > models/orders.sql
export DBT_SEND_ANONYMOUS_USAGE_STATS=false DO_NOT_TRACK=1
venv/bin/dbt --quiet build --profiles-dir .
venv/bin/dbt --quiet docs generate --profiles-dir .
edges() { { grep -o '"targetColumn": *"order_id"' dist/colibri-manifest.json || true; } | wc -l; }
venv/bin/colibri generate --light --disable-telemetry > later.txt 2>&1
later="$(edges)"
pip "sqlglot[c]==30.18.0"
venv/bin/colibri generate --light --disable-telemetry > earlier.txt 2>&1
earlier="$(edges)"
grep "union_scopes" later.txt
echo "edges of order_id: $later with sqlglot 30.30.0, $earlier with 30.18.0"
! grep -q "ERROR" earlier.txt
test "$later" -lt "$earlier"
echo "as found"
