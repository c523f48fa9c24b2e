"""The Dagster code location: `make dagster` opens it."""

import dagster as dg

from orchestration.defs.expectations.checks import CHECKS
from orchestration.defs.ingest.assets import landing
from orchestration.defs.publish.assets import publication
from orchestration.defs.transform.assets import dbt_models
from orchestration.resources import dbt_cli
from orchestration.schedules import daily_run, nightly
from orchestration.sensors import alert_on_failure, arrived_files

defs = dg.Definitions(
    assets=[landing, dbt_models, publication],
    asset_checks=CHECKS,
    jobs=[daily_run],
    schedules=[nightly],
    sensors=[arrived_files, alert_on_failure],
    resources={"dbt": dbt_cli},
    # One process: DuckDB lets only one process write, and starting one per step costs minutes.
    executor=dg.in_process_executor,
)
