"""The linters, each as a test that shows what the tool says."""

import json


def test_ruff_finds_nothing(run_tool):
    finished = run_tool("ruff", "check", ".")
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_ruff_would_format_nothing(run_tool):
    finished = run_tool("ruff", "format", "--check", ".")
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_sqlfluff_finds_nothing(run_tool):
    finished = run_tool("sqlfluff", "lint", "--format", "json", "models", "tests")
    # A file that does not compile is passed over with a warning: it would count as clean.
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
    said = report.read_text() if report.exists() else finished.stdout + finished.stderr
    assert finished.returncode == 0, said
