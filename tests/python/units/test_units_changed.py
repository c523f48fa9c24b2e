"""dbt's unit tests of the models that differ from the last commit, on an empty warehouse.

Only with `--fast`: the whole suite runs all of them.
"""

import subprocess
from pathlib import Path

import pytest
from pipeline_brand import PROJECT, Brand

SOURCES = "oms,wms,helpdesk,marketing,online_retail,olist,tmall,exports"


def changed_models() -> list[str]:
    """Models whose SQL or folder's unit tests are not as committed; of macros, nothing is known."""
    listed = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all", "models"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = [PROJECT / line[3:].split(" -> ")[-1] for line in listed.splitlines()]
    models = {path.stem for path in paths if path.suffix == ".sql" and path.exists()}
    for path in paths:
        if "unit_tests" in path.name:
            models |= {model.stem for model in path.parent.glob("*.sql")}
    return sorted(models)


def test_unit_tests_of_changed_models_pass(request, tmp_path: Path) -> None:
    if not request.config.getoption("--fast"):
        pytest.skip("the whole suite runs the unit tests of all models")
    models = changed_models()
    if not models:
        pytest.skip("no model differs from the last commit")
    brand = Brand(tmp_path, SOURCES, tmp_path / "landing")
    brand.landing.mkdir()
    landed = brand.run("ingest", "land")
    assert landed.returncode == 0, landed.stdout
    parents = [f"+{model}" for model in models]
    built = brand.dbt("build", "--resource-type", "model", "seed", "--select", *parents)
    assert built.returncode == 0, built.stdout[-5000:]
    tests = [f"{model},test_type:unit" for model in models]
    tested = brand.dbt("test", "--select", *tests)
    assert tested.returncode == 0, tested.stdout[-5000:]
