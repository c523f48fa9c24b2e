"""Fixtures of the style tests: the project's files and a way to run its tools."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT_DIR = Path(__file__).resolve().parents[3]
STYLE_DIR = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def project_dir() -> Path:
    """The project's root."""
    return PROJECT_DIR


@pytest.fixture(scope="session")
def project_files() -> list[Path]:
    """Every file of the project, relative to its root: tracked by git, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("the project is not a git checkout: nothing says which files are its own")
    names = sorted(set(listed.stdout.split("\0")) - {""})
    return [Path(name) for name in names if (PROJECT_DIR / name).is_file()]


@pytest.fixture(scope="session")
def sources() -> list[str]:
    """Every source that the project knows."""
    project = yaml.safe_load((PROJECT_DIR / "dbt_project.yml").read_text())
    return list(project["vars"]["source_entities"])


@pytest.fixture(scope="session")
def artifacts_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `target/` takes dbt's artifacts, apart from the project's own."""
    return tmp_path_factory.mktemp("style")


@pytest.fixture(scope="session")
def run_tool(sources: list[str], artifacts_dir: Path):
    """Run a tool of the environment with every source on; returns the finished process."""

    def run(name: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "SOURCES": ",".join(sources),
            "DBT_PROFILES_DIR": str(STYLE_DIR),
            "DBT_TARGET_PATH": str(artifacts_dir / "target"),
            "DBT_LOG_PATH": str(artifacts_dir / "logs"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
            "NO_COLOR": "1",
            "COLUMNS": "200",
        }
        return subprocess.run(
            [str(Path(sys.executable).parent / name), *arguments],
            cwd=PROJECT_DIR,
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
