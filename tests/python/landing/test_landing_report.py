"""The output of a run: progress and summary."""

import io

from ingest import report
from ingest.report import LandingReport, Progress, TableCounts


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def clock(monkeypatch, *seconds: float) -> None:
    ticks = iter(seconds)
    monkeypatch.setattr(report.time, "monotonic", lambda: next(ticks))


def test_a_terminal_sees_progress_at_most_once_a_second(monkeypatch):
    clock(monkeypatch, 0.0, 0.5, 1.0, 1.0, 1.9, 2.0, 2.0)
    stream = Terminal()
    progress = Progress(10, stream)
    for _ in range(4):
        progress.advance(files=2, rows=1000, table="orders")
    assert stream.getvalue() == (
        "\r\033[Klanding orders: 4 of 10 files, 2,000 rows"
        "\r\033[Klanding orders: 8 of 10 files, 4,000 rows"
    )
    progress.say("warning: x")
    assert stream.getvalue().endswith("\r\033[Kwarning: x\n")


def test_a_log_gets_few_progress_lines(monkeypatch):
    clock(monkeypatch, 0.0, 14.9, 15.0, 15.0)
    stream = io.StringIO()
    progress = Progress(2, stream)
    progress.advance(files=1, table="orders")
    progress.advance(files=1, rows=5, table="orders")
    progress.close()
    assert stream.getvalue() == "landing orders: 2 of 2 files, 5 rows\n"


def test_the_summary_lists_tables_with_files_and_their_total():
    counts = {
        "orders": TableCounts(2, 0, 1, 1_500, 1_499, 1),
        "refunds": TableCounts(),
        "shops": TableCounts(0, 1, 0, 0, 0, 0),
    }
    assert LandingReport(counts).summary().splitlines() == [
        "table   landed  unchanged  refused  rows read  landed  rejected",
        "orders       2          0        1      1,500   1,499         1",
        "shops        0          1        0          0       0         0",
        "all          2          1        1      1,500   1,499         1",
    ]


def test_the_exit_code_follows_the_refusals():
    assert LandingReport().exit_code == 0
    assert LandingReport(warnings=["x"]).exit_code == 0
    assert LandingReport(refusals=["x"]).exit_code == 1
