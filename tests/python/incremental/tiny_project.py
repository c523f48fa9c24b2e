"""The integration tests of the package touched_keys: a dbt project of four small models.

`packages/touched_keys/integration_tests` is that project, as one runs it by hand. Tests change its
files and its raw rows, and look at what dbt makes of that.
"""

import shutil
from pathlib import Path

import duckdb
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from incremental_warehouse import ONE_THREAD, PROJECT, environment

PACKAGE = PROJECT / "packages" / "touched_keys"
TESTED = PACKAGE / "integration_tests"
BUILD = ("build", "--exclude-resource-type", "unit_test")
# What dbt leaves there when somebody runs it by hand.
LEFT_BEHIND = ("dbt_packages", "target", "logs", "*.duckdb*", "package-lock.yml", ".user.yml")
# The files that tests change, by their place in the project.
FILES = {
    str(path.relative_to(TESTED)): path.read_text(encoding="utf-8")
    for folder in ("models", "seeds", "tests")
    for path in (TESTED / folder).glob("*.*")
}


class TinyProject:
    """Its folder, with the models, a working file and the raw rows that were sent."""

    def __init__(self, folder: Path, batches: int = 0) -> None:
        self.folder = folder
        self.batches = batches
        self.settings: dict[str, str] = {}

    def copy_to(self, folder: Path) -> "TinyProject":
        """The same project and warehouse in another folder."""
        shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        return TinyProject(folder, self.batches)

    def create(self) -> None:
        """Write the project and a working file with empty raw tables."""
        shutil.copytree(
            TESTED, self.folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND), dirs_exist_ok=True
        )
        # As `dbt deps` does, which takes seconds.
        packages = self.folder / "dbt_packages"
        packages.mkdir()
        (packages / PACKAGE.name).symlink_to(PACKAGE)
        assert self.dbt("run-operation", "create_raw_tables") == set()

    def add_macros_of_the_warehouse(self) -> None:
        """Give the project the macros, variables and hooks that the warehouse has beside it."""
        (self.folder / "macros" / "touched_keys.sql").unlink()
        shutil.copytree(PROJECT / "macros", self.folder / "macros", dirs_exist_ok=True)
        own = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
        path = self.folder / "dbt_project.yml"
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
        settings |= {name: own[name] for name in ("vars", "on-run-end")}
        # Their dispatch() looks for them in the project of this name.
        settings["name"] = own["name"]
        path.write_text(yaml.safe_dump(settings), encoding="utf-8")

    @property
    def working_file(self) -> Path:
        return self.folder / "warehouse.duckdb"

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def send(self, table: str, *rows: tuple) -> None:
        """Land rows as one batch."""
        self.batches += 1
        with duckdb.connect(str(self.working_file)) as con:
            for row in rows:
                marks = ", ".join("?" * (len(row) + 1))
                con.execute(f"insert into raw.{table} values ({marks})", [*row, self.batches])

    def environment(self):
        """The environment of dbt for this project and these settings."""
        profiles = {"DBT_PROFILES_DIR": str(self.folder)}
        return environment(self.folder, self.folder, "oms", profiles | self.settings)

    def dbt(self, *arguments: str) -> set[str]:
        """Run dbt; the names of the nodes that came out badly."""
        with self.environment():
            try:
                result = dbtRunner().invoke(["--quiet", "--no-write-json", *arguments, *ONE_THREAD])
            finally:
                DuckDBConnectionManager.close_all_connections()
        assert result.result is not None, result.exception
        return {
            node.node.name.split("_fct")[0]
            for node in result.result.results
            if node.status not in ("success", "pass", "skipped")
        }

    def ask(self, query: str) -> list[tuple]:
        """What the working file answers."""
        with duckdb.connect(str(self.working_file)) as con:
            return con.execute(query).fetchall()

    def rebuilt(self) -> set[str]:
        """The models that the last run built anew."""
        return {
            name
            for (name,) in self.ask(
                "select model from operations.model_runs where is_rebuilt and run_number ="
                " (select max(run_number) from operations.dbt_invocations)"
            )
        }

    def amounts(self) -> list[tuple]:
        """Orders with their shop's name, rate and amount, as they stand."""
        return self.ask(
            "select order_id, shop_name, rate, amount from main.fct_orders order by order_id"
        )
