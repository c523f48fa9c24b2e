#!/usr/bin/env bash
# duckdb 1.5.5: the product of two decimals of at most 18 digits has 18 digits in all, however many
# its scale takes: DECIMAL(18,4) * DECIMAL(18,8) is DECIMAL(18,12), which leaves six digits before
# the point, so that an amount of 1,000,000.00 times a rate of 1.5 is an out-of-range error. With 19
# digits on one side the product is DECIMAL(37,12). Expected: the precisions added, as one digit
# more does.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check duckdb==1.5.5
"$folder/venv/bin/python" - <<'PY'
import duckdb

narrow = "select 1000000::decimal(18, 4) * 1.5::decimal(18, 8)"
wide = narrow.replace("18, 4", "19, 4")
kinds = [
    duckdb.sql(f"select typeof(1::decimal({width}, 4) * 1::decimal(18, 8))").fetchone()[0]
    for width in (18, 19)
]
try:
    said = str(duckdb.sql(narrow).fetchone())
except duckdb.OutOfRangeException as error:
    said = str(error)
print(duckdb.__version__, kinds, said, duckdb.sql(wide).fetchone())
assert kinds == ["DECIMAL(18,12)", "DECIMAL(37,12)"], kinds
assert said.startswith("Out of Range Error: Overflow in multiplication of DECIMAL(18)"), said
assert duckdb.sql(wide).fetchone()[0] == 1500000
PY
echo "as found"
