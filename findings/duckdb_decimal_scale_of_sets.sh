#!/usr/bin/env bash
# duckdb 1.5.5: where two decimals of 38 digits meet (coalesce, greatest, case, union all), the
# result has the smaller scale, and the finer value is rounded without a word: 1.23456789 as
# DECIMAL(38,8) beside a DECIMAL(38,2) becomes 1.23. Narrower decimals get a common type that holds
# both. Expected: an error, or a type that keeps the digits after the point.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check duckdb==1.5.5
"$folder/venv/bin/python" - <<'PY'
from decimal import Decimal

import duckdb

fine, coarse = "1.23456789::decimal({0}, 8)", "1::decimal({0}, 2)"
forms = (
    "select coalesce({fine}, {coarse}) as x",
    "select greatest({fine}, {coarse}) as x",
    "select case when true then {fine} else {coarse} end as x",
    "select max(x) as x from (select {fine} as x union all select {coarse})",
)
for form in forms:
    found = []
    for width in (18, 38):
        query = form.format(fine=fine.format(width), coarse=coarse.format(width))
        value, kind = duckdb.sql(f"select x, typeof(x) from ({query})").fetchone()
        found.append((value, kind))
    print(duckdb.__version__, form, found)
    assert found[0][0] == Decimal("1.23456789"), found
    assert found[1] == (Decimal("1.23"), "DECIMAL(38,2)"), found
PY
echo "as found"
