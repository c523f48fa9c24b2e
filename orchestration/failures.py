"""A failed run of Dagster as an alert."""

import os
from pathlib import Path

import dagster as dg

from orchestration import steps
from orchestration.alerts import Alert

STEP_NAMES = {
    "landing": steps.LAND.name,
    "raw_expectations": steps.CHECK_RAW.name,
    "dbt_build": steps.BUILD.name,
    "mart_expectations": steps.CHECK_MARTS.name,
    "publication": steps.PUBLISH.name,
}
# Their messages are ours and quote no data; of any other error only the type is shown.
QUOTABLE = ("WorkingFileTaken",)
SHOWN_CHECKS = 20


def alert_of(instance: dg.DagsterInstance, run: dg.DagsterRun, end: str) -> Alert:
    """The alert for a failed run; `end` is Dagster's message about the whole run."""
    failed = [
        entry.dagster_event
        for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    ]
    messages = _failed_checks(instance, run)
    for event in failed:
        said = _step_message(event)
        if said:
            messages.append(said)
    if not failed:
        messages.append(end)
    names = [STEP_NAMES.get(event.node_name, event.node_name) for event in failed]
    return Alert(
        run=f"{run.run_id[:8]} of {run.job_name}",
        failed_steps=list(dict.fromkeys(names)),
        messages=messages,
        log=f"Dagster, /runs/{run.run_id}; {_log_folder(run)}",
        days=days_of(run),
    )


def days_of(run: dg.DagsterRun) -> str | None:
    """The business days of a run: one, or the first and the last."""
    first = run.tags.get("dagster/asset_partition_range_start")
    last = run.tags.get("dagster/asset_partition_range_end")
    if first and last:
        return first if first == last else f"{first} to {last}"
    return run.tags.get("dagster/partition")


def _failed_checks(instance: dg.DagsterInstance, run: dg.DagsterRun) -> list[str]:
    """Messages of failed expectations; dbt's tests are named by the step that ran them."""
    evaluations = [
        entry.dagster_event.asset_check_evaluation_data
        for entry in instance.all_logs(
            run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION
        )
    ]
    return [
        evaluation.description
        for evaluation in evaluations
        if not evaluation.passed
        and evaluation.severity == dg.AssetCheckSeverity.ERROR
        and evaluation.check_name == "expectations"
        and evaluation.description
    ][:SHOWN_CHECKS]


def _step_message(event: dg.DagsterEvent) -> str | None:
    """A failed step in a few lines; nothing if its checks have better messages."""
    data = event.step_failure_data
    name = STEP_NAMES.get(event.node_name, event.node_name)
    if data.user_failure_data and data.user_failure_data.description:
        return f"{name}: {data.user_failure_data.description}"
    error = data.error
    while error and error.cause:
        error = error.cause
    if error is None or error.cls_name == "DagsterAssetCheckFailedError":
        return None
    if error.cls_name in QUOTABLE:
        return f"{name}: {error.message.strip()}"
    return f"{name}: {error.cls_name}, see the log"


def _log_folder(run: dg.DagsterRun) -> str:
    home = os.environ.get("DAGSTER_HOME")
    return str(Path(home, "storage", run.run_id, "compute_logs")) if home else "no DAGSTER_HOME"
