"""A real Dagster: it loads, ticks, backfills, stops a run, alerts, and goes on.

The tests follow one brand through its days, in the order of the file.
"""

import json
import subprocess
import sys

import duckdb
import pytest
from dagster_browser import opened_browser
from dagster_instance import REPOSITORY, Instance, start, wait_for
from pipeline_brand import PROJECT, Brand, write_two_files

DAYS = [f"2024-01-0{day}" for day in range(1, 4)]
BAD_FILE = "oms/order_lines_2024-02-20.csv"
LINE_COLUMNS = "platform,order_id,line_no,sku_id,quantity,unit_price"


@pytest.fixture(scope="module")
def dagster(tmp_path_factory, running_webhook):
    """An open Dagster of a brand without files yet."""
    folder = tmp_path_factory.mktemp("dagster")
    brand = Brand(folder, "oms", folder / "landing")
    brand.landing.mkdir()
    instance = start(brand, running_webhook.address)
    yield instance
    instance.stop()


def sensor(dagster: Instance, name: str) -> dict:
    return dagster.ask(
        """query($sensor: SensorSelector!) { sensorOrError(sensorSelector: $sensor) {
            ... on Sensor { id sensorState { id status } } } }""",
        sensor=REPOSITORY | {"sensorName": name},
    )["sensorOrError"]


def publication(dagster: Instance) -> dict:
    return json.loads((dagster.brand.folder / "published" / "publication.json").read_text())


def test_every_asset_has_days_an_owner_a_group_and_the_one_pool(dagster):
    nodes = dagster.ask("""{ assetNodes {
        assetKey { path } groupName pools isPartitioned backfillPolicy { policyType }
        owners { ... on TeamAssetOwner { team } ... on UserAssetOwner { email } }
    } }""")["assetNodes"]
    by_name = {node["assetKey"]["path"][-1]: node for node in nodes}
    assert len(nodes) > 150
    wrong = [
        name
        for name, node in by_name.items()
        if not node["isPartitioned"]
        or node["backfillPolicy"]["policyType"] != "SINGLE_RUN"
        or node["pools"] != ["warehouse"]
        or not node["owners"]
        or node["groupName"] == "default"
    ]
    assert not wrong
    assert by_name["fct_orders"]["groupName"] == "trade"
    assert by_name["fct_orders"]["owners"] == [{"team": "trade-operations"}]
    assert by_name["orders"]["groupName"] == "ingest"
    assert by_name["publication"]["groupName"] == "publish"


def test_sensors_and_the_schedule_run_from_the_start(dagster):
    for name in ("arrived_files", "alert_on_failure"):
        assert sensor(dagster, name)["sensorState"]["status"] == "RUNNING"
    schedule = dagster.ask(
        """query($schedule: ScheduleSelector!) { scheduleOrError(scheduleSelector: $schedule) {
            ... on Schedule { cronSchedule executionTimezone scheduleState { status } } } }""",
        schedule=REPOSITORY | {"scheduleName": "nightly"},
    )["scheduleOrError"]
    assert schedule == {
        "cronSchedule": "15 3 * * *",
        "executionTimezone": "Asia/Shanghai",
        "scheduleState": {"status": "RUNNING"},
    }


def test_a_nightly_tick_asks_for_the_day_that_has_closed(dagster):
    tick = dagster.ask(
        """mutation($selector: ScheduleSelector!, $at: Float!) {
            scheduleDryRun(selectorData: $selector, timestamp: $at) { ... on DryRunInstigationTick {
                evaluationResult { error { message } runRequests { tags { key value } } } } } }""",
        selector=REPOSITORY | {"scheduleName": "nightly"},
        at=1720206900.0,  # 2024-07-06 03:15 in Shanghai
    )["scheduleDryRun"]["evaluationResult"]
    assert tick["error"] is None
    (request,) = tick["runRequests"]
    tags = {tag["key"]: tag["value"] for tag in request["tags"]}
    assert tags["dagster/partition"] == "2024-07-05"


def test_a_second_dagster_on_the_same_home_is_refused(dagster):
    finished = subprocess.run(
        [sys.executable, "-m", "orchestration", "dagster"],
        cwd=PROJECT,
        env=dagster.brand.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 2
    assert "Dagster is open already on" in finished.stderr


def test_a_backfill_of_many_days_is_one_run_that_publishes(dagster):
    # The files of this test are for the backfill, not for the sensor.
    dagster.ask(
        "mutation($id: String!) { stopSensor(id: $id) { __typename } }",
        id=sensor(dagster, "arrived_files")["id"],
    )
    write_two_files(dagster.brand)
    dagster.brand.write(
        "oms/orders_2024-02-20.csv",
        "platform,order_id,account_id,created_at,paid_at,status",
        "own_shop,7,eve,2024-02-20 10:00:00,2024-02-20 10:05:00,completed",
    )
    nodes = dagster.ask("{ assetNodes { assetKey { path } } }")["assetNodes"]
    launched = dagster.ask(
        """mutation($backfill: LaunchBackfillParams!) {
            launchPartitionBackfill(backfillParams: $backfill) { __typename } }""",
        backfill={"partitionNames": DAYS, "assetSelection": [node["assetKey"] for node in nodes]},
    )
    assert launched["launchPartitionBackfill"]["__typename"] == "LaunchBackfillSuccess"
    run = dagster.next_run(1)
    assert run["status"] == "SUCCESS", dagster.log.read_text()[-5000:]
    assert len(dagster.runs()) == 1
    assert run["tags"]["dagster/asset_partition_range_start"] == DAYS[0]
    assert run["tags"]["dagster/asset_partition_range_end"] == DAYS[-1]
    assert dagster.brand.query("select count(*) from subject.fct_orders") == [(6,)]


def test_assets_report_their_days_and_rows(dagster):
    node = dagster.ask(
        """query($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
            partitionStats { numMaterialized }
            assetMaterializations(limit: 1) { metadataEntries {
                label ... on IntMetadataEntry { intValue } } }
            assetChecksOrError { ... on AssetChecks { checks { name } } } } } }""",
        key={"path": ["subject", "fct_orders"]},
    )["assetNodeOrError"]
    assert node["partitionStats"]["numMaterialized"] == len(DAYS)
    said = {
        entry["label"]: entry.get("intValue")
        for entry in node["assetMaterializations"][0]["metadataEntries"]
    }
    assert said["dagster/row_count"] == 6
    checks = {check["name"] for check in node["assetChecksOrError"]["checks"]}
    assert {"expectations", "unique_fct_orders_order_key"} <= checks


def test_a_broken_batch_stops_the_run_and_raises_an_alert(dagster, running_webhook):
    before = publication(dagster)
    turned_round = (f"own_shop,7,{number},B,4,-5" for number in range(1, 13))
    dagster.brand.write(BAD_FILE, LINE_COLUMNS, *turned_round)
    dagster.ask(
        "mutation($s: SensorSelector!) { startSensor(sensorSelector: $s) { __typename } }",
        s=REPOSITORY | {"sensorName": "arrived_files"},
    )
    run = dagster.next_run(2)
    assert run["status"] == "FAILURE"
    assert run["tags"]["dagster/sensor_name"] == "arrived_files"
    steps = dagster.ask(
        """query($run: ID!) { runOrError(runId: $run) { ... on Run {
            stepStats { stepKey status } } } }""",
        run=run["runId"],
    )["runOrError"]["stepStats"]
    ended = {step["stepKey"]: step["status"] for step in steps}
    assert ended["landing"] == "SUCCESS"
    assert {"dbt_build", "publication"}.isdisjoint(
        key for key, status in ended.items() if status == "SUCCESS"
    )
    assert publication(dagster) == before

    (alert,) = wait_for("the alert", lambda: list(running_webhook.received), 120)
    assert alert["failed_steps"] == ["check raw"]
    assert alert["days"] == run["tags"]["dagster/partition"]
    assert "A line with a negative price is a discount or a fee." in alert["text"]
    assert "12 of 12 row(s) break this rule" in alert["text"] and "select" in alert["text"]
    assert f"/runs/{run['runId']}" in alert["log"]
    (file,) = (dagster.brand.folder / "alerts").glob("*.txt")
    assert file.read_text().rstrip("\n") == alert["text"]


def test_a_corrected_file_is_published_without_manual_steps(dagster):
    dagster.brand.write(BAD_FILE, LINE_COLUMNS, "own_shop,7,1,B,4,5.00")
    run = dagster.next_run(3)
    assert run["status"] == "SUCCESS", dagster.log.read_text()[-5000:]
    # The order's file was of a later day than the backfill's last: it has landed now.
    assert dagster.brand.query(
        "select count(*), sum(lines.gross_amount) from subject.fct_order_lines as lines"
        " inner join subject.fct_orders using (order_key) where order_id = '7'"
    ) == [(1, 20)]
    with duckdb.connect(str(dagster.brand.working_file), read_only=True) as con:
        files = con.execute(
            "select count(*) from raw.load_log where source_file = ? and status = 'landed'",
            [BAD_FILE],
        ).fetchone()
    assert files == (2,)
    assert len(dagster.runs()) == 3


def test_people_see_the_assets_and_the_runs(dagster, tmp_path):
    failed = next(run for run in dagster.runs() if run["status"] == "FAILURE")

    def opened(page, path: str, *texts: str) -> None:
        """Go there and see the texts; a picture of it stays beside the test's files."""
        page.goto(f"{dagster.address}{path}")
        for text in texts:
            page.get_by_text(text).first.wait_for(timeout=60_000)
        assert page.get_by_text("Join the Dagster community").count() == 0
        page.screenshot(path=tmp_path / f"{path.strip('/').replace('/', '-')}.png")

    with opened_browser() as page:
        opened(page, "/asset-groups", "ingest", "trade", "lifecycle", "publish")
        opened(page, "/runs", failed["runId"][:8], "Success", "Failure")
        opened(page, f"/runs/{failed['runId']}", "raw_expectations", "Failure")
        opened(
            page,
            "/assets/subject/fct_orders",
            "trade-operations",
            "Fails if more than 36 hours since last materialization",
        )
        opened(page, "/automation", "nightly", "arrived_files", "alert_on_failure")
