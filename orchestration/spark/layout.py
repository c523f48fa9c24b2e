"""Where the second engine keeps its files, and what it needs of the machine."""

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from orchestration.project import SettingError

DEBIAN_JAVA = Path("/usr/lib/jvm/java-17-openjdk-amd64")
JAVA_VERSION = 17
# dbt's Python models run in the process of the warehouse, and a Thrift server has none: Spark reads
# what DuckDB's build learned.
LEARNED = {"intermediate": ("int_clv_models_fitted", "int_rfm_clusters_fitted")}


@dataclass(frozen=True)
class SparkFolder:
    """The folder `spark` of a warehouse: everything that Spark writes stands in it."""

    folder: Path

    @property
    def tables(self) -> Path:
        """The Parquet files of all models, a folder `<schema>.db/<name>` each."""
        return self.folder / "tables"

    @property
    def learned(self) -> Path:
        """The tables of LEARNED, as Parquet."""
        return self.folder / "learned"

    @property
    def conf(self) -> Path:
        return self.folder / "conf"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def cluster(self) -> Path:
        """Which processes run, and the port of the Thrift server."""
        return self.folder / "cluster.json"


def java() -> Path:
    """The folder of Java 17: JAVA_HOME, else where Debian and Ubuntu install it, else on PATH.

    Raises SettingError where there is none.
    """
    given = os.environ.get("JAVA_HOME")
    found = shutil.which("java")
    for home in (given, DEBIAN_JAVA, Path(found).resolve().parents[1] if found else None):
        if home and _version(Path(home)) == JAVA_VERSION:
            return Path(home)
    raise SettingError(
        f"Spark needs Java {JAVA_VERSION}, and there is none: install openjdk-17-jre-headless, or"
        " set JAVA_HOME to the folder of one"
    )


def _version(home: Path) -> int | None:
    """The major version of a Java; None where there is none."""
    try:
        said = subprocess.run(
            [home / "bin" / "java", "-XshowSettings:properties", "-version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stderr
    except (OSError, subprocess.SubprocessError):
        return None
    for line in said.splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "java.specification.version":
            return int(value.strip().split(".")[-1])
    return None


def spark_home() -> Path:
    """The folder of Spark, which is in the package pyspark; raises SettingError without it."""
    found = importlib.util.find_spec("pyspark")
    if found is None:
        raise SettingError("Spark is not installed in this environment: make spark-env")
    return Path(found.origin).resolve().parent
