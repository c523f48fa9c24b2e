#!/usr/bin/env bash
# dagster 1.13.27: the SQLite event log of a home (the default without a database server) opens its
# file anew for every event that it stores, several times over where the event is of an asset. A run
# of some hundred assets and checks spends more on that than on its work. Expected: connections that
# stay open for the length of a run.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check dagster==1.13.27
DAGSTER_DISABLE_TELEMETRY=1 "$folder/venv/bin/python" - "$folder" <<'PYTHON' 2> "$folder/log" \
    || { cat "$folder/log" >&2; exit 1; }
import sys

import dagster as dg
import sqlalchemy
from sqlalchemy import event

ASSETS = 50
opened = []


@event.listens_for(sqlalchemy.engine.Engine, "connect")
def note(*_):
    opened.append(1)


@dg.multi_asset(specs=[dg.AssetSpec(f"a{number}") for number in range(ASSETS)])
def assets():
    for number in range(ASSETS):
        yield dg.MaterializeResult(asset_key=f"a{number}")


with dg.DagsterInstance.local_temp(sys.argv[1]) as instance:
    result = dg.materialize([assets], instance=instance)
    stored = len(instance.all_logs(result.run_id))
print(f"{stored} events of {ASSETS} assets, SQLite opened {len(opened)} times")
assert result.success and stored > 2 * ASSETS
assert len(opened) > stored, (len(opened), stored)
PYTHON
echo "as found"
