"""dbt of the warm Python builds what a cold dbt builds, and parses anew where it has to."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from file_differences import differences
from pipeline_brand import PROJECT

import warm
from ingest.landing import land

SELECTED = ("dim_regions", "regions", "--indirect-selection", "cautious")
COLD = str(Path(sys.executable).with_name("dbt"))


def run(dbt: str, folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
    own = {
        "WAREHOUSE_DIR": str(folder),
        "SOURCES": "oms",
        "DBT_PROFILES_DIR": str(PROJECT / "profiles"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    return subprocess.run(
        [dbt, "--log-format", "json", *arguments],
        cwd=PROJECT,
        env=os.environ | own | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def results(finished: subprocess.CompletedProcess) -> list[tuple]:
    """Node, outcome and number of failures, in order of their names."""
    events = [json.loads(line) for line in finished.stdout.splitlines() if line.startswith("{")]
    return sorted(
        (event["data"]["node_info"]["unique_id"], event["info"]["name"], event["info"]["level"],
         event["data"].get("status"), event["data"].get("num_failures"))
        for event in events
        if event["info"]["name"].startswith("Log") and "node_info" in event["data"]
    )  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An empty landed warehouse, twice."""
    folders = {dbt: tmp_path_factory.mktemp("dbt") for dbt in (COLD, warm.dbt())}
    for folder in folders.values():
        (folder / "landing").mkdir()
        land(["oms"], folder / "landing", folder)
    return folders


def test_it_builds_what_a_cold_one_builds(both):
    finished = [run(dbt, folder, "build", "--select", *SELECTED) for dbt, folder in both.items()]
    assert [done.returncode for done in finished] == [0, 0], finished[0].stdout[-3000:]
    assert len(results(finished[0])) > 5
    assert results(finished[0]) == results(finished[1])
    files = [folder / "build" / "warehouse.duckdb" for folder in both.values()]
    assert differences(*files, ("staging", "intermediate", "subject")) == []


def test_it_fails_as_a_cold_one_fails(both):
    for arguments, code in (
        (("build", "--select", "dim_dates", "--vars", "{"), 2),
        (("build", "--no-such-option"), 2),
        (("run-operation", "no_such_macro"), 2),
    ):
        finished = [run(dbt, folder, *arguments) for dbt, folder in both.items()]
        assert [done.returncode for done in finished] == [code, code], finished[1].stdout[-2000:]


def test_a_setting_of_its_own_is_parsed_for_it(both):
    dbt, folder = warm.dbt(), both[warm.dbt()]
    query = ("--quiet", "compile", "--inline", "{{ var('line_limit', 'none') }}", "--vars")
    done = run(dbt, folder, *query, "{line_limit: seventeen}")
    assert "seventeen" in done.stdout, done.stdout[-2000:]
    listed = run(dbt, folder, "ls", "--resource-type", "model", SOURCES="wms")
    assert "stg_wms__" in listed.stdout and "stg_oms__" not in listed.stdout


def test_a_bad_row_fails_the_same_tests(both):
    finished = []
    for dbt, folder in both.items():
        with duckdb.connect(str(folder / "build" / "warehouse.duckdb")) as con:
            con.execute("insert into subject.dim_regions from subject.dim_regions limit 1")
        finished.append(run(dbt, folder, "test", "--select", *SELECTED))
    assert [done.returncode for done in finished] == [1, 1]
    assert results(finished[0]) == results(finished[1])
    assert ("fail", 1) in [result[-2:] for result in results(finished[1])]
