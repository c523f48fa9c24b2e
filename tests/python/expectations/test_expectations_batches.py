"""Files land, fail, are corrected and sent again; passed batches are not checked again."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from raw_batches import DAY, days_before

from expectations.__main__ import main
from expectations.outcome import Outcome
from expectations.runner import run
from ingest.landing import land

HEADER = "payment_id,platform,order_id,method,amount,status,updated_at,is_deleted"


@dataclass
class Brand:
    """A brand's landing folder and warehouse."""

    folder: Path

    @property
    def working_file(self) -> Path:
        return self.folder / "build" / "warehouse.duckdb"

    def write(self, day, rows: int = 40, price: int = 100, ids: str = "p", more: str = "") -> None:
        """Write a day's payments over the file's content."""
        path = self.folder / "landing" / "oms" / "payments" / f"{day}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            f"{ids}{day}-{number},own_shop,o{number},card,{price},succeeded,{day} 09:00:00,"
            for number in range(rows)
        ]
        path.write_text("\n".join([HEADER, *lines]) + "\n" + more)

    def land(self) -> None:
        land(["oms"], self.folder / "landing", self.folder)

    def judge(self) -> list[Outcome]:
        """Land and check; returns every outcome."""
        self.land()
        return run("raw", self.working_file, ["oms"])

    def failed(self) -> list[Outcome]:
        return [outcome for outcome in self.judge() if not outcome.passed and outcome.blocks]

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.working_file), read_only=True) as con:
            return con.execute(sql).fetchall()


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    """A brand with four weeks of payments."""
    brand = Brand(tmp_path)
    for day in days_before(DAY, *range(28, 0, -1)):
        brand.write(day, price=100 + day.day)
    return brand


def test_a_failed_batch_blocks_until_it_is_corrected_and_sent_again(brand):
    assert not brand.failed()
    assert brand.judge() == [], "what passed is not judged again"

    brand.write(DAY, price=10_000)
    brand.write(DAY, rows=60, price=10_000)
    (failed,) = brand.failed()
    assert failed.message() == (
        "failed: raw.payments: Amounts are in the unit that they were in.\n"
        "  oms/payments/2024-04-24.csv (batch 29): the median of amount is 10,000.00, 114.50 in the"
        " 28 days before\n"
        '    show them: select * from raw.payments where _batch_id = 29 and "amount" <> 0'
        ' order by "amount" desc;\n'
        "  correct the file, send it again under the same name and run again; if it is right as it"
        " is: python -m expectations accept payments 29 --reason …"
    )
    assert len(brand.query(failed.faults[0].query)) == 60
    assert brand.failed(), "it stays failed, whatever else lands"

    # A day later it is still not a reference for the next one.
    brand.write(DAY + timedelta(days=1), rows=60, price=10_000)
    (failed,) = brand.failed()
    assert [fault.batch_id for fault in failed.faults] == [30, 29]

    brand.write(DAY, rows=60, price=110)
    brand.write(DAY + timedelta(days=1), rows=60, price=111)
    assert not brand.failed()
    assert brand.judge() == []


def test_keys_that_only_a_failed_batch_brought_must_be_sent_again(brand):
    """Models take the last version of a key: the corrected file does not remove it."""
    brand.write(DAY, rows=60, price=10_000, ids="wrong")
    assert brand.failed()
    brand.write(DAY, rows=60, price=110)
    (failed,) = brand.failed()
    assert failed.rule == "leftovers"
    assert "60 row(s) of a failed batch of this file are in no later file" in failed.message()
    gone = "".join(
        f"wrong{DAY}-{number},own_shop,o{number},card,0,,{DAY} 10:00:00,true\n"
        for number in range(60)
    )
    brand.write(DAY, rows=60, price=110, more=gone)
    assert not brand.failed()


def test_a_batch_that_is_unusual_but_right_is_accepted(brand, capsys):
    brand.judge()
    brand.write(DAY, rows=60, price=10_000)
    assert brand.failed()
    folder = ["--warehouse-dir", str(brand.folder)]
    assert main(["accept", "payments", "28", "--reason", "none", *folder]) == 2
    assert "no rule of batch 28 of payments has failed" in capsys.readouterr().err
    assert main(["accept", "payments", "29", "--reason", "a sale of one day", *folder]) == 0
    assert brand.judge() == []
    assert brand.query(
        "select rule, outcome, reason from operations.expectation_results"
        " where _batch_id = 29 and outcome not in ('passed', 'warning')"
    ) == [("amounts", "accepted", "a sale of one day")]


def test_a_day_without_files_is_noticed(brand):
    """Files without rows are equal: landing treats the second as a copy of the first."""
    brand.judge()
    for day in (DAY, DAY + timedelta(days=1)):
        brand.write(day, rows=0)
        (failed,) = brand.failed()
        assert failed.rule == "volume"
        assert failed.faults[0].source_file == f"oms/payments/{day}.csv"
        assert failed.faults[0].finding.startswith("0 row(s) for")
    assert "(no batch, it holds no rows)" in failed.message()
    for day in (DAY, DAY + timedelta(days=1)):
        brand.write(day)
    assert not brand.failed()


def test_a_history_landed_at_once_is_judged_as_if_landed_day_by_day(tmp_path):
    results = []
    for name, days_a_time in (("daily", 1), ("once", 32)):
        brand = Brand(tmp_path / name)
        for number, day in enumerate(days_before(DAY, *range(31, -1, -1))):
            # Two days are unusual, and must be reported either way.
            brand.write(day, rows=12 if number == 29 else 60, price=700 if number == 30 else 100)
            # Nothing is checked without a reference.
            if (number + 1) % days_a_time == 0 and number > 27:
                brand.judge()
        results.append(
            brand.query(
                "select source_file, rule, outcome, rows from operations.expectation_results"
                " join operations.batches using (table_name, _batch_id) order by all"
            )
        )
    assert results[0] == results[1]
    assert {row[2] for row in results[0]} == {"passed", "no reference", "warning"}
