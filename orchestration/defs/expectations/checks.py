"""A check per table: those of raw tables stop dbt, those of marts stop publication."""

import pkgutil
import time
from collections.abc import Iterator
from itertools import groupby

import dagster as dg
from dagster_dbt import get_asset_key_for_model

import expectations.marts
from orchestration.defs.ingest.assets import raw_key, raw_tables
from orchestration.defs.transform.assets import dbt_models
from orchestration.project import Warehouse
from orchestration.writer import WRITES, on_working_file

CHECK = "expectations"


RAW_KEYS = {name: raw_key(table) for name, table in raw_tables().items()}
# By module name: importing a suite means importing Great Expectations, which takes seconds.
MART_KEYS = {
    module.name: get_asset_key_for_model([dbt_models], module.name)
    for module in pkgutil.iter_modules(expectations.marts.__path__)
}


def _specs(keys: dict[str, dg.AssetKey]) -> list[dg.AssetCheckSpec]:
    return [dg.AssetCheckSpec(CHECK, asset=key, blocking=True) for key in keys.values()]


def _results(layer: str, keys: dict[str, dg.AssetKey]) -> Iterator[dg.AssetCheckResult]:
    from expectations import data_docs
    from expectations.runner import run

    started = time.monotonic()
    warehouse = Warehouse()
    with on_working_file(warehouse):
        outcomes = run(layer, warehouse.working_file)
    seconds = round(time.monotonic() - started, 1)
    by_table = {
        table: list(group)
        for table, group in groupby(outcomes, lambda one: one.table.split(".")[1])
    }
    for name, key in keys.items():
        failed = [outcome for outcome in by_table.get(name, []) if not outcome.passed]
        blocks = any(outcome.blocks for outcome in failed)
        yield dg.AssetCheckResult(
            asset_key=key,
            check_name=CHECK,
            passed=not failed,
            severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
            description="\n".join(outcome.message() for outcome in failed) or None,
            metadata={
                "expectations": len(by_table.get(name, [])),
                "failed": sum(outcome.blocks for outcome in failed),
                "warnings": sum(not outcome.blocks for outcome in failed),
                "seconds_of_all": seconds,
                "data_docs": dg.MetadataValue.path(
                    str(data_docs.index(warehouse.working_file, layer))
                ),
            },
        )


@dg.multi_asset_check(name="raw_expectations", specs=_specs(RAW_KEYS), **WRITES)
def raw_expectations() -> Iterator[dg.AssetCheckResult]:
    """The landed batches are plausible."""
    yield from _results("raw", RAW_KEYS)


@dg.multi_asset_check(name="mart_expectations", specs=_specs(MART_KEYS), **WRITES)
def mart_expectations() -> Iterator[dg.AssetCheckResult]:
    """The data to be published is plausible as a whole."""
    yield from _results("marts", MART_KEYS)


CHECKS = [
    check for check, keys in ((raw_expectations, RAW_KEYS), (mart_expectations, MART_KEYS)) if keys
]
