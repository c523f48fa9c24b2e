"""Sensors: files that arrive start a run, a run that fails raises an alert."""

import os

import dagster as dg

from ingest.errors import LandingError
from orchestration.alerts import raise_alert
from orchestration.arrivals import Watch, decide, look
from orchestration.failures import alert_of
from orchestration.partitions import last_closed_day
from orchestration.project import SettingError, Warehouse
from orchestration.schedules import daily_run

DEFAULT_QUIET_SECONDS = 60


def quiet_seconds() -> int:
    """Seconds between two looks at the landing folder: $LANDING_QUIET_SECONDS.

    Raises SettingError when that is not a number of seconds.
    """
    given = os.environ.get("LANDING_QUIET_SECONDS") or str(DEFAULT_QUIET_SECONDS)
    if not given.isdecimal() or int(given) < 1:
        raise SettingError(
            f"LANDING_QUIET_SECONDS is {given!r}; give whole seconds, 1 or more: how long files"
            " must stay unchanged before a run starts"
        )
    return int(given)


@dg.sensor(
    job=daily_run,
    minimum_interval_seconds=quiet_seconds(),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="New and changed files start a run once they stop changing.",
)
def arrived_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Request the last closed day: late files of earlier days land with it.

    Files of a day that is not over wait for its end: half a day is not published.
    """
    warehouse = Warehouse()
    day = last_closed_day()
    try:
        snapshot = look(warehouse, day)
    except (OSError, LandingError) as error:
        return dg.SkipReason(f"the landing folder cannot be read: {error}")
    watch, wanted, reason = decide(
        Watch.from_cursor(context.cursor), snapshot, _published_at(warehouse)
    )
    context.update_cursor(watch.cursor())
    if not wanted:
        return dg.SkipReason(f"{reason} ({snapshot.files:,} files)")
    request = dg.RunRequest(
        run_key=f"{day}:{snapshot.digest}", partition_key=day.isoformat(), tags={"reason": reason}
    )
    return dg.SensorResult(run_requests=[request])


def _published_at(warehouse: Warehouse) -> float:
    try:
        return (warehouse.published / "publication.json").stat().st_mtime
    except OSError:
        return 0.0


@dg.run_failure_sensor(
    minimum_interval_seconds=10,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="A run that failed for good becomes an alert: a file, and a message to a webhook.",
)
def alert_on_failure(context: dg.RunFailureSensorContext) -> None:
    """Say which run, days, step, rule and rows, and what to do."""
    if context.dagster_run.tags.get("dagster/will_retry") == "true":
        context.log.info("the run is tried again: no alert yet")
        return
    end = context.failure_event.message or "the run failed"
    path = raise_alert(Warehouse(), alert_of(context.instance, context.dagster_run, end))
    context.log.info(f"alert: {path}")
