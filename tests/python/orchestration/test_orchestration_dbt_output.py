"""What a run says of dbt's events: a line of progress, failures in full, warnings at the end."""

import io
import json

import pytest

from orchestration import dbt_output
from orchestration.dbt_output import DbtOutput, output_options, text_of


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0


def event(name: str, msg: str = "", level: str = "info", node: str = "", **data) -> str:
    """A line as dbt writes it."""
    if node:
        data["node_info"] = {"node_name": node}
    return json.dumps({"info": {"name": name, "msg": msg, "level": level}, "data": data}) + "\n"


START = event("LogStartLine", "1 of 3 START", node="fct_orders", total=3)
MODEL = event("LogModelResult", "1 of 3 OK created", node="fct_orders", total=3)
PASS = event("LogTestResult", "2 of 3 PASS", node="a_test", num_models=3, num_failures=0)
WARN = event("LogTestResult", "3 of 3 WARN 12", "warn", "odd_rows", num_models=3, num_failures=12)
FAIL = event("LogTestResult", "2 of 3 FAIL 1 broken", "error", "broken", num_models=3)
WARNED_AGAIN = event("RunResultWarning", "Warning in test odd_rows (x.sql)", "warn", "odd_rows")
PATH = event("SQLCompiledPath", "  compiled code at x.sql", node="x")
FAILED_AGAIN = event("RunResultFailure", "\x1b[31mFailure in test broken (x.sql)\x1b[0m", "error")
GOT = event("RunResultError", "  Got 1 result, configured to fail if != 0", "error")
ODD = event("JinjaLogInfo", "Warning: 12 orders are odd")


def said(*lines: str, stream: io.StringIO | None = None) -> list[str]:
    """The lines that are printed of these."""
    stream = stream or io.StringIO()
    output = DbtOutput(stream)
    for line in lines:
        output.take(line)
    output.close()
    return stream.getvalue().splitlines()


def test_passed_nodes_print_no_line():
    assert said(START, MODEL, START, PASS, event("Formatting"), event("LogHookEndLine")) == []


def test_failures_are_printed_in_full_with_the_path_of_their_query():
    assert said(FAIL, FAILED_AGAIN, GOT, PATH) == [
        "2 of 3 FAIL 1 broken",
        "Failure in test broken (x.sql)",
        "  Got 1 result, configured to fail if != 0",
        "  compiled code at x.sql",
    ]


def test_warnings_are_counted_and_named_at_the_end():
    assert said(WARN, ODD, WARNED_AGAIN, PATH) == [
        "Warning: 12 orders are odd",
        "1 warning:",
        "  odd_rows: 12 rows",
    ]


def test_skipped_nodes_are_counted():
    skip = event("SkippingDetails", "2 of 3 SKIP relation x", node="x")
    assert said(FAIL, skip, skip)[-1] == "2 skipped because of what failed before them"


@pytest.mark.parametrize("line", ["Traceback\n", '{"no": "event"}\n', "{broken\n", "\x1b[0mx\n"])
def test_other_lines_are_printed_without_colours(line):
    assert said(line) == [text_of(line)]
    assert "\x1b" not in text_of(line)


def test_other_errors_and_warnings_of_dbt_are_printed():
    error = event("MainEncounteredError", "Encountered an error:\nCompilation Error", "error")
    assert said(error, event("Deprecated", "old", "warn")) == [
        "Encountered an error:",
        "Compilation Error",
        "old",
    ]


def test_progress_on_a_terminal_is_one_line_that_is_overwritten(monkeypatch):
    monkeypatch.setattr(dbt_output, "TERMINAL_SECONDS", 0)
    monkeypatch.setattr(
        dbt_output.os, "get_terminal_size", lambda _: type("S", (), {"columns": 40})
    )
    stream = Terminal()
    said(START, stream=stream)
    assert stream.getvalue() == "\r\033[K  0 of 3 nodes, 0 s: fct_orders\r\033[K"


def test_progress_in_a_file_is_a_line_now_and_then(monkeypatch):
    assert said(START, MODEL) == []
    monkeypatch.setattr(dbt_output, "LOG_SECONDS", 0)
    assert said(START, MODEL) == ["  0 of 3 nodes, 0 s: fct_orders", "  1 of 3 nodes, 0 s"]


def test_verbose_asks_for_all_of_dbt_s_lines(monkeypatch):
    monkeypatch.delenv("VERBOSE", raising=False)
    assert output_options() == ("--log-format", "json", "--no-use-colors")
    monkeypatch.setenv("VERBOSE", "0")
    assert "json" in output_options()
    monkeypatch.setenv("VERBOSE", "1")
    assert output_options() == ("--no-use-colors",)
