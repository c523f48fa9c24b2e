"""Every gate at its limit, just beyond it, and without a reference."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from raw_batches import DAY, RawBatches, days_before

from expectations.gates import GATES
from expectations.profiles import profile_of
from ingest.declarations import declared_source_files, load_sources

LATE = "case when i < {} then date '2024-04-16' else date '2024-04-24' end"
EMPTY = "case when i >= {} then 'filled' end"
OTHER = "case when i < {} then 'other' else 'card' end"
AMERICAN, CHINESE = {"platform": "'shopify'"}, {"platform": "'tmall'"}
BOTH = "case when i % 2 = 0 then 'tmall' else 'shopify' end"
FOUR_WEEKS = tuple(range(28, 0, -1))
# Warnings; failures, which always have a warning too.
WARNS, FAILS = ("warning",), ("failed", "warning")


@dataclass(frozen=True)
class Case:
    """A batch, the batches before it, and the rule that it breaks."""

    given: dict
    rule: str | None = None
    words: tuple[str, ...] = ()
    day: date = DAY
    ago: tuple[int, ...] = FOUR_WEEKS
    before: dict = field(default_factory=dict)


CASES = [
    Case({}),
    # A hundred rows are usual on a Wednesday.
    Case({"rows": 30}),
    Case({"rows": 29}, "volume", WARNS),
    Case({"rows": 5}, "volume", WARNS),
    Case({"rows": 4}, "volume", FAILS),
    Case({"rows": 0}, "volume", FAILS),
    Case({"rows": 500}),
    Case({"rows": 501}, "volume", WARNS),
    # Three Wednesdays with thirty rows; a Thursday does not count.
    Case({"rows": 0}, "volume", FAILS, ago=(21, 14, 7)),
    Case({"rows": 0}, ago=(14, 7)),
    Case({"rows": 0}, ago=(20, 13, 6)),
    Case({"rows": 0}, "volume", FAILS, before={"rows": 30}),
    Case({"rows": 0}, before={"rows": 29}),
    # Qingming may be low, 618 may be high and may not be low.
    Case({"rows": 0}, day=date(2024, 4, 4)),
    Case({"rows": 501}, "volume", WARNS, day=date(2024, 4, 4)),
    # For a platform in the seed, only its country's days count: Thanksgiving is not a holiday in
    # China, nor Qingming in the United States.
    Case({"rows": 1, "platform": "'shopify'"}, day=date(2024, 11, 28), before=AMERICAN),
    Case({"rows": 0}, day=date(2024, 11, 28), before=AMERICAN),
    Case({"rows": 0}, "volume", FAILS, day=date(2024, 11, 28), before=CHINESE),
    Case({"rows": 0}, "volume", FAILS, day=date(2024, 4, 4), before=AMERICAN),
    Case({"rows": 0}, day=date(2024, 4, 4), before=CHINESE),
    Case({"rows": 501, "platform": "'tmall'"}, day=date(2024, 6, 18), before=CHINESE),
    Case(
        {"rows": 501, "platform": "'shopify'"},
        "volume",
        WARNS,
        day=date(2024, 6, 18),
        before=AMERICAN,
    ),
    # A file with both platforms is excused by either holiday.
    Case({"rows": 0}, day=date(2024, 11, 28), before={"platform": BOTH}),
    Case({"rows": 0}, day=date(2024, 4, 4), before={"platform": BOTH}),
    Case({"rows": 501}, day=date(2024, 6, 18)),
    Case({"rows": 4}, "volume", FAILS, day=date(2024, 6, 18)),
    # No row is usually rejected.
    Case({"rows": 97, "rejected": 3}),
    Case({"rows": 96, "rejected": 4}, "rejects", WARNS),
    Case({"rows": 90, "rejected": 10}, "rejects", WARNS),
    Case({"rows": 89, "rejected": 11}, "rejects", FAILS),
    # A source with a higher limit may reach it every day.
    Case({"rows": 89, "rejected": 11}, before={"rows": 89, "rejected": 11}),
    # A week is not late yet.
    Case({"updated_at": "date '2024-04-17'"}),
    Case({"updated_at": LATE.format(20)}),
    Case({"updated_at": LATE.format(21)}, "lateness", WARNS),
    Case({"updated_at": LATE.format(50)}, "lateness", WARNS),
    Case({"updated_at": LATE.format(51)}, "lateness", FAILS),
    # Without a time of change, the time of payment counts; without any time, nothing is checked.
    Case(
        {"updated_at": "null", "paid_at": "date '2024-04-16'"},
        "lateness",
        FAILS,
        before={"updated_at": "null", "paid_at": "day"},
    ),
    Case({"updated_at": "null"}, "nulls", FAILS),
    Case({"order_id": EMPTY.format(50)}),
    Case({"order_id": EMPTY.format(51)}, "nulls", WARNS),
    Case({"order_id": EMPTY.format(95)}, "nulls", WARNS),
    Case({"order_id": EMPTY.format(96)}, "nulls", FAILS),
    # A deleted row carries its key only.
    Case({"order_id": "null", "is_deleted": "true"}),
    # Only a column that was filled in nine of ten rows can be lost.
    Case({"order_id": "null"}, "nulls", FAILS, before={"order_id": EMPTY.format(10)}),
    Case({"order_id": "null"}, "nulls", WARNS, before={"order_id": EMPTY.format(11)}),
    Case({"method": OTHER.format(50)}),
    Case({"method": OTHER.format(51)}, "drift", WARNS),
    Case({"method": OTHER.format(80)}, "drift", WARNS),
    Case({"method": OTHER.format(81)}, "drift", FAILS),
    Case({"method": "'m' || i"}, "drift", FAILS),
    # Shares of few rows are not checked, now or before.
    Case({"rows": 49, "method": "'other'"}),
    Case({"rows": 50, "method": "'other'"}, "drift", FAILS),
    Case({"method": "'other'"}, "drift", FAILS, ago=(3, 2, 1), before={"rows": 67}),
    Case({"method": "'other'"}, ago=(3, 2, 1), before={"rows": 66}),
    Case({"method": "'other'"}, ago=(2, 1)),
    # The reference are 28 days, not more.
    Case({"method": "'other'"}, "drift", FAILS, ago=(28, 27, 26)),
    Case({"method": "'other'"}, ago=(29, 28, 27)),
    # Zero amounts and signs do not show the unit.
    Case({"amount": "case when i < 90 then 0 else 100 end"}),
    Case({"amount": "-100"}),
    Case({"amount": "-1001"}, "amounts", FAILS),
    Case({"amount": "500"}),
    Case({"amount": "501"}, "amounts", WARNS),
    Case({"amount": "1000"}, "amounts", WARNS),
    Case({"amount": "1001"}, "amounts", FAILS),
    Case({"amount": "20"}),
    Case({"amount": "10"}, "amounts", WARNS),
    Case({"amount": "9.99"}, "amounts", FAILS),
    # The first file of a series has no reference, whatever its rows.
    Case({"rows": 1000, "amount": "1", "updated_at": "day - i::int"}, ago=()),
]


def shop(number: int) -> str:
    """Its own folder, so that a case is compared only with its own earlier batches."""
    return f"shop_{chr(97 + number // 26)}{chr(97 + number % 26)}"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[str, str]]]:
    """Rules and messages by folder, of all cases checked at once."""
    batches = RawBatches(tmp_path_factory.mktemp("gates") / "warehouse.duckdb")
    for number, case in enumerate(CASES):
        if case.ago:
            before = days_before(case.day, *case.ago)
            batches.send(*before, folder=shop(number), **case.before)
        batches.send(case.day, folder=shop(number), **case.given)
    words: dict[str, set[tuple[str, str]]] = {}
    for outcome in batches.judge():
        assert outcome.error is None, outcome.error
        for fault in outcome.faults:
            word = "failed" if outcome.blocks else "warning"
            words.setdefault(fault.source_file.split("/")[0], set()).add((outcome.rule, word))
            # It runs as it is pasted.
            batches.query(fault.query)
    return words


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: str(CASES[number].given))
def test_a_gate_holds_up_to_its_limit(found, number):
    case = CASES[number]
    assert found.get(shop(number), set()) == {(case.rule, word) for word in case.words}


def test_every_gate_has_a_case_that_breaks_it():
    broken = {(case.rule, word) for case in CASES for word in case.words}
    gates = {
        (gate.measure, "failed" if gate.severity == "critical" else "warning") for gate in GATES
    }
    # Those two have tests of their own.
    assert gates - broken == {("columns", "failed"), ("leftovers", "failed")}


@pytest.fixture
def nothing(tmp_path: Path) -> RawBatches:
    """An empty working file."""
    return RawBatches(tmp_path / "warehouse.duckdb")


def test_a_history_in_one_file_passes_and_says_that_it_had_no_reference(nothing):
    changed = f"date '{DAY}' - (i % 700)::int"
    nothing.send(DAY, rows=10_000, name="oms/payments.csv", updated_at=changed, method="null")
    assert nothing.judge() == []
    assert nothing.query(
        "select rule from operations.expectation_results where outcome = 'no reference' order by 1"
    ) == [(rule,) for rule in ("amounts", "drift", "lateness", "nulls", "rejects", "volume")]
    # Its day is not that of its newest rows: those may be from clocks that run ahead.
    ((day,),) = nothing.query("select business_day from operations.batches")
    assert date(2024, 3, 18) <= day <= date(2024, 3, 24)


def test_a_missing_or_retyped_column_is_reported(nothing):
    nothing.send(DAY)
    nothing.query("alter table raw.payments alter column fee type varchar")
    nothing.query("alter table raw.payments drop column _source_row")
    # Rules that ask these columns fail as well.
    failed, *others = nothing.judge()
    assert (failed.rule, failed.blocks) == ("columns", True)
    assert {other.rule for other in others} == {"fees_below_nothing"}
    assert "2 declared column(s) of raw.payments lack or have another type" in failed.message()


def test_every_declared_table_is_measured_by_its_own_columns():
    for source in load_sources(list(declared_source_files())):
        for table in source.tables:
            profile = profile_of(table)
            columns = {column.name: column.data_type for column in table.columns}
            named = {*profile.times, *profile.categories, *profile.amounts}
            assert named <= set(columns), table.raw_name
            assert {columns[time] for time in profile.times} <= {"date", "timestamp"}
            assert {columns[one] for one in profile.categories} <= {"varchar", "boolean"}
            assert not {columns[one] for one in profile.amounts} & {"varchar", "date"}
