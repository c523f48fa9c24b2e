#!/usr/bin/env bash
# duckdb 1.5.5 plans a left join with an equality and a condition of the left side alone as a
# nested loop over all pairs: its time grows with the square of the rows. Expected: the hash join
# that the same rows get when the condition stands inside the key (case when … then key end).
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check duckdb==1.5.5
"$folder/venv/bin/python" - <<'PYTHON'
import time
import duckdb

CONDITION = {
    "beside the key": "a.k = b.k and a.v is null",
    "inside the key": "case when a.v is null then a.k end = b.k",
}
con = duckdb.connect()
con.execute("set threads = 1")
con.execute("create table a as select i as k, if(i % 10 = 0, null, i) as v from range(40000) t(i)")
con.execute("create table b as select i as k from range(40000) t(i)")
found = {}
for name, condition in CONDITION.items():
    join = f"from a left join b on {condition}"
    plan = con.execute(f"explain select a.k, b.k {join}").fetchall()[0][1]
    kind = next(k for k in ("BLOCKWISE_NL_JOIN", "HASH_JOIN") if k in plan)
    started = time.perf_counter()
    (matched,) = con.execute(f"select count(b.k) {join}").fetchone()
    found[name] = (kind, matched, time.perf_counter() - started)
    print(f"{name}: {kind}, {matched} matched, {found[name][2]:.2f} s")
assert found["beside the key"][:2] == ("BLOCKWISE_NL_JOIN", 4000), found
assert found["inside the key"][:2] == ("HASH_JOIN", 4000), found
PYTHON
echo "as found"
