"""The Dagster code location: it loads, and its job runs the same steps."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pipeline_brand import PROJECT, Brand


def dagster(brand: Brand, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home.mkdir(exist_ok=True)
    (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    return subprocess.run(
        [Path(sys.executable).parent / "dagster", *arguments, "-m", "orchestration.definitions"],
        cwd=PROJECT,
        env=brand.environment() | {"DAGSTER_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "dagster"


def test_the_job_lands_builds_checks_and_publishes(two_file_brand, home):
    finished = dagster(two_file_brand, home, "job", "execute", "-j", "daily_run")
    assert finished.returncode == 0, finished.stdout[-5000:]
    assert two_file_brand.query("select count(*) from thematic.rfm_customers") == [(3,)]
    for step in ("landing", "raw_expectations", "dbt_build", "mart_expectations", "publication"):
        assert f"{step} - STEP_SUCCESS" in finished.stdout, step

    # A batch that cannot be true stops the line before the models: readers keep what they had.
    published = json.loads((two_file_brand.folder / "published" / "publication.json").read_text())
    two_file_brand.write(
        "oms/order_lines_bad.csv",
        "platform,order_id,line_no,sku_id,quantity,unit_price",
        "own_shop,5,1,B,4,-5",
    )
    finished = dagster(two_file_brand, home, "job", "execute", "-j", "daily_run")
    assert finished.returncode != 0
    assert "No line has a negative price." in finished.stdout
    assert "dbt_build - STEP_SUCCESS" not in finished.stdout
    assert (
        json.loads((two_file_brand.folder / "published" / "publication.json").read_text())
        == published
    )
