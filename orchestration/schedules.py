"""The whole run as one job, every night."""

import dagster as dg

daily_run = dg.define_asset_job(
    "daily_run",
    selection=dg.AssetSelection.all(),
    description="Land, check, build, check, publish: the steps of `make build`.",
)

nightly = dg.ScheduleDefinition(
    name="nightly", job=daily_run, cron_schedule="15 3 * * *", execution_timezone="Asia/Shanghai"
)
