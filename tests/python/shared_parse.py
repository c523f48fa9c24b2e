"""dbt's parse of the project, made once a session for all warehouses of the same settings.

dbt keeps a parse beside a warehouse, and makes it anew (13 s of CPU) where the profile differs, of
which only the path of the working file does. The copies say that they were made for their own.
"""

import fcntl
import hashlib
import json
import os
import pprint
import subprocess
import sys
from pathlib import Path

import msgpack

PROJECT = Path(__file__).resolve().parents[2]
# Variables besides SOURCES that the project reads during dbt's parse: such a parse is not shared.
OWN_SETTINGS = ("AS_OF_DATE", "IDENTITY_KEY", "REPORTING_CURRENCY")
# The profile as dbt hashes it: its rendered connection, printed.
PROFILE = """
import json, os
from argparse import Namespace
from dbt.config.runtime import load_profile
from dbt.flags import set_from_args
from dbt_common.context import set_invocation_context
set_invocation_context(dict(os.environ))
set_from_args(Namespace(PROFILES_DIR=os.environ["DBT_PROFILES_DIR"], PROJECT_DIR="."), None)
print(json.dumps(sorted(load_profile(".", {}, None, None).credentials.connection_info())))
"""
PARSED = "partial_parse.msgpack"


def share_parse(environment: dict[str, str], target: Path) -> None:
    """Put the parse of these sources into a target folder that has none yet.

    `environment` is the one that dbt gets; SHARED_PARSES in it is the folder that the session's
    workers share. Where there is none, or the target cannot be written, dbt parses by itself.
    """
    shared = environment.get("SHARED_PARSES")
    if not shared or (target / PARSED).exists() or any(map(environment.get, OWN_SETTINGS)):
        return
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    folder = Path(shared) / environment.get("SOURCES", "default")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "profile.json").exists() and not _parse(environment, folder):
            return
    manifest = msgpack.unpackb((folder / PARSED).read_bytes(), strict_map_key=False)
    connection = [tuple(pair) for pair in json.loads((folder / "profile.json").read_text())]
    path = f"{environment['WAREHOUSE_DIR']}/build/warehouse.duckdb"
    own = [(name, path if name == "path" else value) for name, value in connection]
    hashed = manifest["state_check"]["profile_hash"]
    assert hashed["checksum"] == _hash_of(connection), "dbt hashes the profile in another way now"
    hashed["checksum"] = _hash_of(own)
    (target / PARSED).write_bytes(msgpack.packb(manifest))


def _parse(environment: dict[str, str], folder: Path) -> bool:
    """Whether the project could be parsed; a source that it does not know is the test's to see."""
    own = environment | {
        "WAREHOUSE_DIR": str(folder),
        "DBT_TARGET_PATH": str(folder),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    (folder / "build").mkdir(exist_ok=True)
    dbt = str(Path(sys.executable).with_name("dbt"))
    options = {"cwd": PROJECT, "env": own, "stdout": subprocess.PIPE, "text": True}
    if subprocess.run([dbt, "parse", "--quiet"], check=False, **options).returncode:
        return False
    printed = subprocess.run([sys.executable, "-c", PROFILE], check=True, **options).stdout
    (folder / "profile.json").write_text(printed)
    return True


def _hash_of(connection: list[tuple]) -> str:
    return hashlib.sha256(pprint.pformat(sorted(connection)).encode()).hexdigest()


def shared_folder(base: Path) -> str:
    """Where the workers of a session keep what they share; `base` is pytest's own of one worker."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return str((base.parent if is_worker else base) / "parses")
