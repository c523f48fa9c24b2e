#!/usr/bin/env bash
# apache-superset 6.1.0 from the package index, installed with its newest dependencies, does not
# start: it imports rich and cachetools, which it does not ask for, and hands the newest
# flask-caching that it allows an argument through to a class of its own that does not take it. The
# missing cachetools is not even told: every database is "Connection failed, please check your
# connection settings". Expected: the package asks for what it imports, and flask-caching below 2.4.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
pip() { "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }
pip apache-superset==6.1.0 flask-caching==2.5.1
cd "$folder"
printf 'SECRET_KEY = "%s"\nSQLALCHEMY_DATABASE_URI = "sqlite:///%s/own.db"\n' \
    "0123456789abcdefghijklmnopqrstuvwxyz-0123456789" "$folder" > superset_config.py
export SUPERSET_CONFIG_PATH="$folder/superset_config.py" FLASK_APP=superset SCARF_ANALYTICS=false
upgrade() { venv/bin/superset db upgrade > "$1" 2>&1; }
! upgrade without_rich.txt
grep "No module named 'rich'" without_rich.txt
pip rich
! upgrade newest_caching.txt
grep "ignore_delete_many_errors" newest_caching.txt | tail -1
pip "flask-caching<2.4"
upgrade upgraded.txt
cat > engines.py <<'PYTHON'
from superset.app import create_app
with create_app().app_context():
    from superset.db_engine_specs import load_engine_specs
    load_engine_specs()
PYTHON
! venv/bin/python engines.py > without_cachetools.txt 2>&1
grep "No module named 'cachetools'" without_cachetools.txt
pip cachetools
venv/bin/python engines.py > all.txt 2>&1
echo "as found"
