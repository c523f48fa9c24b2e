"""A brand's folders, and commands run on them like a user."""

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import warm

PROJECT = Path(__file__).resolve().parents[3]


@dataclass
class Brand:
    """A brand's landing folder and warehouse, and what is run on them."""

    folder: Path
    sources: str
    landing: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def working_file(self) -> Path:
        return self.folder / "build" / "warehouse.duckdb"

    @property
    def published_file(self) -> Path:
        return self.folder / "published" / "warehouse.duckdb"

    def write(self, name: str, *lines: str) -> None:
        path = self.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """The environment of the tests with this brand's settings, and no others."""
        given = {
            name: value
            for name, value in os.environ.items()
            if name not in ("AS_OF_DATE", "SCALE", "SOURCES", "LANDING_DIR", "WAREHOUSE_DIR")
        }
        return given | {
            "WAREHOUSE_DIR": str(self.folder),
            "LANDING_DIR": str(self.landing),
            "SOURCES": self.sources,
            "DBT_PROFILES_DIR": str(PROJECT / "profiles"),
            "DBT_TARGET_PATH": str(self.folder / "build" / "target"),
            "DBT_LOG_PATH": str(self.folder / "build" / "logs"),
            # The tests do not read it, and writing it takes part of dbt's time.
            "DBT_LOG_LEVEL_FILE": "none",
            **self.settings,
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a module of the project; output and errors together, as a terminal shows them."""
        return self._run([warm.python(), "-m", *command])

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run dbt by hand on this brand's working file."""
        return self._run([warm.dbt(), *arguments])

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=PROJECT,
            # Dagster's own dbt writes its artifacts; of a command's, no test reads any.
            env=self.environment() | {"DBT_WRITE_JSON": "false"},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )

    def build(self, expected_exit_code: int = 0) -> str:
        """Build and publish; returns the output."""
        finished = self.run("orchestration", "build")
        assert finished.returncode == expected_exit_code, finished.stdout[-8000:]
        assert "Traceback" not in finished.stdout, finished.stdout[-8000:]
        return finished.stdout

    def query(self, sql: str, *parameters: object) -> list[tuple]:
        """Query the published file."""
        with duckdb.connect(str(self.published_file), read_only=True) as con:
            return con.execute(sql, parameters).fetchall()

    def working_query(self, sql: str) -> list[tuple]:
        """Query the working file."""
        with duckdb.connect(str(self.working_file), read_only=True) as con:
            return con.execute(sql).fetchall()


def write_two_files(brand: Brand) -> None:
    """Six orders of five people, and their lines: the smallest brand."""
    brand.write(
        "oms/orders.csv",
        "platform,order_id,account_id,created_at,paid_at,status",
        "own_shop,1,ann,2024-01-01 10:00:00,2024-01-01 10:05:00,completed",
        "own_shop,2,ann,2024-01-01 18:00:00,2024-01-01 18:05:00,completed",
        "own_shop,3,ann,2024-02-15 10:00:00,2024-02-15 10:05:00,completed",
        "own_shop,4,bob,2024-01-31 23:59:00,2024-02-01 00:01:00,completed",
        "own_shop,5,cat,2024-06-30 10:00:00,2024-06-30 10:05:00,paid",
        "own_shop,6,dan,2024-06-30 11:00:00,,closed",
    )
    brand.write(
        "oms/order_lines.csv",
        "platform,order_id,line_no,sku_id,quantity,unit_price",
        "own_shop,1,1,A,2,10.50",
        "own_shop,1,2,B,1,5",
        "own_shop,2,1,A,1,10.50",
        "own_shop,3,1,C,3,0.333",
        "own_shop,4,1,A,1,10.50",
        "own_shop,5,1,B,4,5",
        "own_shop,6,1,A,1,10.50",
    )
