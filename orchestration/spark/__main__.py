"""The command line of the second engine: `python -m orchestration.spark up`, `build`, …"""

import argparse
import subprocess
import sys
import time

from ingest.errors import LandingError
from orchestration import project
from orchestration.dbt_output import DbtOutput, output_options
from orchestration.project import SettingError, Warehouse
from orchestration.spark import cluster, tables
from orchestration.spark.layout import LEARNED, SparkFolder
from orchestration.spark.parity import compare, table

SCHEMAS = ["staging", "intermediate", "subject", "thematic", "reference", "rounds"]


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0: done, 1: a node failed or a table differs, 2: it could not start."""
    parsed = _parser().parse_args(arguments)
    warehouse = Warehouse()
    spark = SparkFolder(warehouse.folder / "spark")
    try:
        return parsed.command(warehouse, spark, parsed)
    except (SettingError, LandingError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except cluster.ClusterError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the cluster goes on until make spark-down", file=sys.stderr)
        return 130


def _up(_: Warehouse, spark: SparkFolder, __: argparse.Namespace) -> int:
    started = time.monotonic()
    print("starting Spark: a master, a worker, the Thrift server (up to a minute)", flush=True)
    port = cluster.up(spark)
    print(f"Spark answers on 127.0.0.1:{port} after {time.monotonic() - started:.0f} s")
    return 0


def _build(warehouse: Warehouse, spark: SparkFolder, parsed: argparse.Namespace) -> int:
    if not warehouse.working_file.exists():
        raise SettingError(f"there is no {warehouse.working_file}: run make build first")
    port = cluster.port(spark)
    started = time.monotonic()
    with cluster.connect(spark) as connection:
        if not parsed.dbt:
            tables.forget_models(spark, connection, SCHEMAS)
        tables.forget_half_built(spark, connection)
        raw = tables.register_raw(warehouse, connection)
        learned = tables.register_learned(warehouse, spark, connection)
    print(
        f"[1/2] {raw} raw and {len(learned)} learned tables declared,"
        f" {time.monotonic() - started:.0f} s",
        flush=True,
    )
    code = _dbt(warehouse, spark, port, parsed.dbt)
    print(f"[2/2] {time.monotonic() - started:.0f} s in all")
    return code


def _dbt(warehouse: Warehouse, spark: SparkFolder, port: int, selection: list[str]) -> int:
    environment = warehouse.environment() | {
        "SPARK_PORT": str(port),
        "DBT_TARGET_PATH": str(spark.folder / "target"),
        "DBT_LOG_PATH": str(spark.logs),
    }
    left_out = [name for names in LEARNED.values() for name in names]
    command = [
        project.dbt_executable(),
        *output_options(),
        "build",
        "--target",
        "spark",
        "--exclude-resource-type",
        "unit_test",
        "--exclude",
        *left_out,
        *selection,
    ]
    output = DbtOutput()
    with subprocess.Popen(
        command,
        cwd=project.PROJECT_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout:
            output.take(line)
    output.close()
    return process.returncode


def _parity(warehouse: Warehouse, spark: SparkFolder, parsed: argparse.Namespace) -> int:
    compared = compare(warehouse, spark, parsed.marts)
    print(table(compared))
    if not compared or not all(one.is_equal for one in compared):
        print("error: the engines differ", file=sys.stderr)
        return 1
    return 0


def _down(_: Warehouse, spark: SparkFolder, __: argparse.Namespace) -> int:
    stopped = cluster.down(spark)
    print(f"stopped: {', '.join(stopped)}" if stopped else "Spark did not run")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m orchestration.spark",
        description="Build the same models on Apache Spark, and compare the marts. The folder and"
        " the sources come from the environment: WAREHOUSE_DIR, SOURCES, AS_OF_DATE; SPARK_PORT is"
        " the port of the Thrift server (default: a free one).",
        epilog="Exit codes: 0 done; 1 a node failed, a table differs or Spark does not answer; 2 a"
        " setting, Java or a build of DuckDB is missing.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, function, text in (
        ("up", _up, "start a cluster on this machine"),
        ("build", _build, "build the models on it, of what has landed"),
        ("parity", _parity, "compare every table of both engines, row for row"),
        ("down", _down, "stop every process of the cluster"),
    ):
        commands.add_parser(name, help=text, description=text).set_defaults(command=function)
    commands.choices["build"].add_argument(
        "dbt", nargs="*", help="options of `dbt build`, after `--`: -- --select rfm_customers"
    )
    commands.choices["parity"].add_argument(
        "--marts", action="store_true", help="subject and thematic marts only"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
