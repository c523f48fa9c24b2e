"""The linters, each as a test that shows the tool's output."""

import json
from pathlib import Path

STYLE_DIR = Path(__file__).resolve().parent
# What dbt-bouncer does not say: where the reader has to write.
HINTS = {"check_model_has_exposure": "add it to the list in models/exposures.yml"}


def test_ruff_finds_nothing(run_tool):
    finished = run_tool("ruff", "check", ".")
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_ruff_would_format_nothing(run_tool):
    finished = run_tool("ruff", "format", "--check", ".")
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_sqlfluff_finds_nothing(run_tool):
    sqlfluff = [str(STYLE_DIR / "sqlfluff_quickly.py"), "lint", "--format", "json"]
    finished = run_tool("python", *sqlfluff, "models", "tests", PYTHONPATH=str(STYLE_DIR.parent))
    # A file that does not compile is skipped with a warning: it would count as clean.
    assert "Skipped file" not in finished.stderr, finished.stderr
    files = json.loads(finished.stdout)
    found = [
        f"{file['filepath']}:{found['start_line_no']}: {found['code']} {found['description']}"
        for file in files
        for found in file["violations"]
    ]
    assert not found, "\n".join(found)
    assert finished.returncode == 0, finished.stderr
    assert len(files) > 100, f"only {len(files)} files were looked at"


def test_sqlfluff_finds_nothing_in_queries_of_boards(run_tool):
    """Plain SQL. Beside the rules that models are excused from: `as_of_date`, the one column of the
    table that nearly every query crosses, goes without its table's name (RF02); later parts of a
    union name no columns again (AL03); words such as `orders` name columns (RF04); `desc` beside
    plain keys (AM03)."""
    excused = "AM04,ST06,RF02,AL03,RF04,AM03"
    options = ["--templater", "raw", "--exclude-rules", excused, "--format", "json"]
    finished = run_tool("sqlfluff", "lint", "--processes", "1", *options, "reports/boards")
    files = json.loads(finished.stdout)
    found = [
        f"{file['filepath']}:{violation['start_line_no']}: {violation['description']}"
        for file in files
        for violation in file["violations"]
    ]
    assert not found, "\n".join(found)
    assert len(files) > 40, f"only {len(files)} files were looked at"


def test_dbt_bouncer_finds_nothing(run_tool, artifacts_dir):
    parsed = run_tool("dbt", "parse")
    assert parsed.returncode == 0, parsed.stdout + parsed.stderr
    report = artifacts_dir / "bouncer.json"
    finished = run_tool(
        "dbt-bouncer",
        "run",
        "--output-file",
        str(report),
        "--output-format",
        "json",
        "--output-only-failures",
        DBT_PROJECT_DIR=str(artifacts_dir),
    )
    said = finished.stdout + finished.stderr
    if report.exists():
        said = "\n".join(said_of(failure) for failure in json.loads(report.read_text()))
    assert finished.returncode == 0, said


def said_of(failure: dict) -> str:
    """A line for a failure of dbt-bouncer: where, what, and what to do where it is not plain."""
    check = failure["check_run_id"].split(":")[0]
    hint = HINTS.get(check, f"dbt-bouncer.yml has the rule, {check}")
    return f"{failure['file_path']}: {failure['failure_message']} ({hint})"


def test_a_mart_without_exposure_is_told_where_to_add_it():
    failure = {
        "check_run_id": "check_model_has_exposure:40:sales_monthly",
        "file_path": "models/thematic/sales/sales_monthly.sql",
        "failure_message": "`sales_monthly` does not have an associated exposure.",
    }
    assert said_of(failure) == (
        "models/thematic/sales/sales_monthly.sql: `sales_monthly` does not have an associated"
        " exposure. (add it to the list in models/exposures.yml)"
    )
    other = failure | {"check_run_id": "check_model_access:3:x"}
    assert said_of(other).endswith(" (dbt-bouncer.yml has the rule, check_model_access)")
