"""The results of every batch, kept in the working file: passed batches are not checked again."""

from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from expectations.outcome import Outcome

RULES = pa.schema([("table_name", pa.string()), ("rule", pa.string()), ("outcome", pa.string())])
FAULTS = pa.schema(
    [
        ("table_name", pa.string()),
        ("_batch_id", pa.int64()),
        ("rule", pa.string()),
        ("outcome", pa.string()),
        ("rows", pa.int64()),
        ("query", pa.string()),
    ]
)

# The worst of several expectations of one rule counts.
_RECORD = """
insert into operations.expectation_results by name
with references_of_rules as (
    select table_name, _batch_id, rule, count(reference) = 0 as is_missing
    from operations.batch_measures
    group by table_name, _batch_id, rule
),
found as (
    select table_name, _batch_id, rule, outcome, rows, query from new_faults
    union all
    select pending.table_name, _batch_id, rule, outcome, null, null
    from operations.pending_batches as pending
    join new_rules using (table_name)
)
select
    table_name,
    _batch_id,
    rule,
    case
        when bool_or(outcome = 'failed') then 'failed'
        when bool_or(outcome = 'warning') then 'warning'
        when coalesce(bool_and(is_missing), false) then 'no reference'
        else 'passed'
    end as outcome,
    max(rows) as rows,
    max(query) as query,
    $judged_at as judged_at
from found
left join references_of_rules using (table_name, _batch_id, rule)
group by table_name, _batch_id, rule
"""


def record(con: duckdb.DuckDBPyConnection, outcomes: list[Outcome]) -> None:
    """Store the outcome of every rule for every pending batch of the checked tables."""
    rules, faults = [], []
    for outcome in outcomes:
        word = "failed" if outcome.blocks else "warning"
        # A rule that could not be evaluated fails for every batch.
        everywhere = "passed" if outcome.passed or outcome.faults else word
        rules.append((outcome.name, outcome.rule, everywhere))
        faults += [
            (outcome.name, fault.batch_id, outcome.rule, word, fault.rows, fault.query)
            for fault in outcome.faults
        ]
    con.register("new_rules", _table(rules, RULES))
    con.register("new_faults", _table(faults, FAULTS))
    con.execute("begin")
    con.execute(
        "delete from operations.expectation_results as old"
        " using operations.pending_batches as pending"
        " where old.table_name = pending.table_name and old._batch_id = pending._batch_id"
        " and old.table_name in (select table_name from new_rules)"
    )
    con.execute(_RECORD, {"judged_at": datetime.now(UTC).replace(tzinfo=None)})
    con.execute("commit")


def without_reference(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Rules, and the number of batches in the last check without a reference."""
    return con.execute(
        "select rule, count(*) from operations.expectation_results"
        " where outcome = 'no reference'"
        " and judged_at = (select max(judged_at) from operations.expectation_results)"
        " group by rule order by rule"
    ).fetchall()


def _table(rows: list[tuple], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table(dict(zip(schema.names, columns, strict=True)), schema=schema)
