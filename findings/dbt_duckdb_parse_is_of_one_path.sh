#!/usr/bin/env bash
# dbt-core 1.11.16 with dbt-duckdb 1.11.1: a saved parse is thrown away when nothing but the path of
# the database file differs ("profile has changed"), although the path reaches no parsed file: a
# project with one file per day, tenant or test parses everything anew for each. The path is one of
# the adapter's connection keys, which dbt hashes. Expected: the parse is kept, as what was parsed
# does not depend on where the tables lie.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==1.5.5
mkdir "$folder/models"
cd "$folder"
printf 'name: shop\nprofile: shop\nversion: 1.0.0\n' > dbt_project.yml
printf 'shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: "{{ env_var(%s) }}"\n' \
    "'FILE'" > profiles.yml
echo 'select 1 as order_id' > models/orders.sql
export DBT_SEND_ANONYMOUS_USAGE_STATS=false DO_NOT_TRACK=1
parse() { FILE="$1" venv/bin/dbt --no-use-colors parse --profiles-dir . | cut -c11-; }
parse one.duckdb > first.txt
parse one.duckdb > same.txt
parse two.duckdb > other.txt
grep "Unable to do partial parsing" first.txt same.txt other.txt || true
grep -q "saved manifest not found" first.txt
! grep -q "Unable to do partial parsing" same.txt
grep -q "Unable to do partial parsing because profile has changed" other.txt
echo "as found"
