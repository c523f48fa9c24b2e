"""Odd rows of a file: a few give a warning, many stop the run, and right ones can be accepted."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from expectations.__main__ import main
from expectations.outcome import Outcome
from expectations.runner import run
from ingest.landing import land

HEADER = "platform,shop_id,order_id,line_no,sku_id,quantity,unit_price,updated_at"


@dataclass
class Shop:
    """Its landing folder and warehouse; every file is a day's order lines."""

    folder: Path

    def send(self, day: int, quantities: list[int], prices: list[int] | None = None) -> None:
        """Write a file of a line for each quantity: the first is line 2 of the file."""
        path = self.folder / "landing" / "oms" / "order_lines" / f"2024-04-{day:02}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            f"tmall,s,o{day}-{number},1,sku,{quantity},{(prices or [10] * 99)[number % 99]},"
            f"2024-04-{day:02} 09:00:00"
            for number, quantity in enumerate(quantities)
        ]
        path.write_text("\n".join([HEADER, *lines]) + "\n")

    def judge(self) -> list[Outcome]:
        """Land; returns the failed expectations."""
        land(["oms"], self.folder / "landing", self.folder)
        outcomes = run("raw", self.folder / "build" / "warehouse.duckdb", ["oms"])
        return [outcome for outcome in outcomes if not outcome.passed]

    def accept(self, *arguments: str) -> int:
        return main(
            ["accept", *arguments, "--reason", "exchange", "--warehouse-dir", str(self.folder)]
        )

    def accepted(self) -> list[tuple]:
        with duckdb.connect(str(self.folder / "build" / "warehouse.duckdb")) as con:
            return con.execute(
                "select _batch_id, _source_row, reason from operations.accepted_rows order by all"
            ).fetchall()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_one_exchange_or_discount_line_stops_nothing_and_is_shown(shop):
    shop.send(1, [1, -1, 1], [10, 10, -5])
    back, discount = sorted(shop.judge(), key=lambda one: one.rule, reverse=True)
    assert (back.blocks, discount.blocks) == (False, False)
    assert back.message() == (
        "warning: raw.order_lines: A line with a quantity of 0 or less is returned goods.\n"
        "  oms/order_lines/2024-04-01.csv (batch 1): 1 of 3 row(s) break this rule\n"
        "    line 3: quantity = -1\n"
        "    show them: select * from raw.order_lines where _batch_id = 1 and (quantity <= 0);\n"
        "  this stops nothing; if these rows are right: python -m expectations accept order_lines 1"
        " --rows 3 --reason …"
    )
    assert "line 4: unit_price = -5" in discount.message()
    assert shop.judge() == [], "it is said once"


def test_a_mostly_odd_file_stops_until_enough_rows_are_accepted(shop, capsys):
    shop.send(1, [-1] * 30 + [1] * 20)
    (failed,) = shop.judge()
    assert failed.blocks
    assert "30 of 50 row(s) break this rule" in failed.message()
    assert (
        "  correct the file, send it again under the same name and run again; if these rows are"
        " right: python -m expectations accept order_lines 1 --rows 2-21,… --reason …\n"
        "  if the whole file is right as it is: python -m expectations accept order_lines 1"
        " --reason …"
    ) in failed.message()

    assert shop.accept("order_lines", "1", "--rows", "2-5") == 0
    (failed,) = shop.judge()
    assert failed.blocks
    assert "26 of 50 row(s) break this rule, beside 4 that are accepted" in failed.message()
    with duckdb.connect(str(shop.folder / "build" / "warehouse.duckdb")) as con:
        assert len(con.execute(failed.faults[0].query).fetchall()) == 26

    # Half of the rows is not most of them.
    assert shop.accept("order_lines", "1", "--rows", "5,6") == 0
    (warned,) = shop.judge()
    assert not warned.blocks
    assert "25 of 50 row(s)" in warned.message()
    assert shop.accepted() == [(1, line, "exchange") for line in range(2, 7)]
    capsys.readouterr()
    main(["list", "--warehouse-dir", str(shop.folder)])
    assert "order_lines batch 1, 4 row(s) from line 2 (rows): exchange" in capsys.readouterr().out


def test_rows_are_accepted_for_their_batch_only(shop):
    shop.send(1, [-1] * 30)
    assert shop.judge()[0].blocks
    assert shop.accept("order_lines", "1", "--rows", "2-31") == 0
    assert shop.judge() == []
    shop.send(2, [-1] * 30)
    (failed,) = shop.judge()
    assert [fault.batch_id for fault in failed.faults] == [2]
    # The same file with other rows is another batch.
    shop.send(1, [-2] * 30)
    (failed,) = shop.judge()
    assert [fault.batch_id for fault in failed.faults] == [2, 3]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("order_lines", "1", "--rows", "2,99"), "line 99 is not a line that landed with batch 1"),
        (("order_lines", "1", "--rows", "2-32"), "line 32 of batch 1 of order_lines breaks no"),
        (("order_lines", "7", "--rows", "2"), "line 2 is not a line that landed with batch 7"),
        (("order_lines", "1", "--rows", "first"), "--rows takes lines of the file, such as"),
        (("accounts", "1", "--rows", "2"), "no rule is about rows of accounts"),
        (("no_table", "1", "--rows", "2"), "no rule is about rows of no_table"),
    ],
)
def test_an_invalid_acceptance_is_reported_and_accepts_nothing(shop, capsys, arguments, words):
    shop.send(1, [-1] * 30 + [1])
    assert shop.judge()[0].blocks
    capsys.readouterr()
    assert shop.accept(*arguments) == 2
    assert words in capsys.readouterr().err
    assert shop.accepted() == []
