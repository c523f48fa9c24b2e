"""The whole run as one job, every night for the day that has closed."""

import dagster as dg

daily_run = dg.define_asset_job(
    "daily_run",
    selection=dg.AssetSelection.all(),
    description="Land, check, build, check, publish: the steps of `make build`.",
)

nightly = dg.build_schedule_from_partitioned_job(
    daily_run,
    name="nightly",
    description="03:15 by the brand's clock, for the day before.",
    hour_of_day=3,
    minute_of_hour=15,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
