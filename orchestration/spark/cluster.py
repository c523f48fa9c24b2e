"""A standalone cluster on this machine: a master, a worker, and the Thrift server that dbt asks."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyhive import hive

from orchestration.project import SettingError
from orchestration.spark.configuration import write_configuration
from orchestration.spark.layout import SparkFolder, java, spark_home

START_SECONDS = 300
STOP_SECONDS = 30
DAEMON_MEMORY = "512m"
DRIVER_MEMORY = "3g"
EXECUTOR_MEMORY = "2g"


class ClusterError(Exception):
    """The cluster does not run, or did not start; the message says what to do."""


@dataclass(frozen=True)
class Process:
    """A process by its id and the moment it began: another may have the id by now."""

    name: str
    pid: int
    began: str

    def runs(self) -> bool:
        return _began(self.pid) == self.began


def up(spark: SparkFolder) -> int:
    """Start what does not run yet; returns the port of the Thrift server.

    Raises SettingError without Java, ClusterError when a part does not come up in time; then what
    had started is stopped.
    """
    if running := _running(spark):
        if len(running) == 3:
            return _port(spark)
        down(spark)
    home = java()
    master_port, thrift_port = _free_port(), _thrift_port()
    master = f"spark://127.0.0.1:{master_port}"
    write_configuration(spark, master, thrift_port)
    try:
        _start(spark, home, "master", DAEMON_MEMORY, *_master(master_port))
        _wait_for_port(spark, "master", master_port)
        _start(spark, home, "worker", DAEMON_MEMORY, *_worker(spark, master))
        # The Thrift server has the memory of a daemon, whatever `--driver-memory` says.
        _start(spark, home, "thrift server", DRIVER_MEMORY, *_thrift_server())
        spark.cluster.write_text(
            json.dumps(json.loads(spark.cluster.read_text()) | {"port": thrift_port})
        )
        _wait_for_port(spark, "thrift server", thrift_port)
        _wait_for_answer(spark, thrift_port)
    except BaseException:
        down(spark)
        raise
    return thrift_port


def down(spark: SparkFolder) -> list[str]:
    """Stop every process of the cluster, whatever state it is in; returns their names."""
    running = _running(spark)
    for kind in (signal.SIGTERM, signal.SIGKILL):
        for process in reversed(running):
            if process.runs():
                os.kill(process.pid, kind)
        ends = time.monotonic() + STOP_SECONDS
        while time.monotonic() < ends and any(process.runs() for process in running):
            time.sleep(0.2)
    spark.cluster.unlink(missing_ok=True)
    shutil.rmtree(spark.folder / "scratch", ignore_errors=True)
    shutil.rmtree(spark.folder / "work", ignore_errors=True)
    return [process.name for process in running]


def connect(spark: SparkFolder) -> hive.Connection:
    """A session of the running Thrift server; raises ClusterError where none runs."""
    if not _running(spark):
        raise ClusterError("Spark does not run: make spark-up")
    return hive.connect("127.0.0.1", port=_port(spark))


def port(spark: SparkFolder) -> int:
    """The port of the running Thrift server; raises ClusterError where none runs."""
    if not any(process.name == "thrift server" for process in _running(spark)):
        raise ClusterError("Spark does not run: make spark-up")
    return _port(spark)


def _master(port: int) -> tuple[str, ...]:
    options = ("--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
    return ("bin/spark-class", "org.apache.spark.deploy.master.Master", *options)


def _worker(spark: SparkFolder, master: str) -> tuple[str, ...]:
    options = ("--host", "127.0.0.1", "--webui-port", "0", "--memory", EXECUTOR_MEMORY)
    work = ("--work-dir", str(spark.folder / "work"), master)
    return ("bin/spark-class", "org.apache.spark.deploy.worker.Worker", *options, *work)


def _thrift_server() -> tuple[str, ...]:
    name = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"
    memory = ("--conf", f"spark.executor.memory={EXECUTOR_MEMORY}")
    return ("bin/spark-submit", "--class", name, *memory, "spark-internal")


def _start(spark: SparkFolder, home: Path, name: str, memory: str, *command: str) -> None:
    log = spark.logs / f"{name.replace(' ', '_')}.log"
    environment = os.environ | {
        "JAVA_HOME": str(home),
        "SPARK_HOME": str(spark_home()),
        "SPARK_CONF_DIR": str(spark.conf),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(spark.folder / "scratch"),
        "SPARK_DAEMON_MEMORY": memory,
        "SPARK_DAEMON_JAVA_OPTS": "-Duser.timezone=UTC",
    }
    with log.open("w", encoding="utf-8") as output:
        started = subprocess.Popen(
            [str(spark_home() / command[0]), *command[1:]],
            cwd=spark.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A Ctrl-C at the terminal is not for the cluster.
            start_new_session=True,
        )
    state = json.loads(spark.cluster.read_text()) if spark.cluster.exists() else {}
    processes = [*state.get("processes", []), [name, started.pid, _began(started.pid)]]
    spark.cluster.write_text(json.dumps(state | {"processes": processes}))


def _running(spark: SparkFolder) -> list[Process]:
    """The processes that were started and still run, in the order of their start."""
    if not spark.cluster.exists():
        return []
    known = [Process(*entry) for entry in json.loads(spark.cluster.read_text())["processes"]]
    return [process for process in known if process.runs()]


def _port(spark: SparkFolder) -> int:
    return json.loads(spark.cluster.read_text())["port"]


def _began(pid: int) -> str | None:
    """When a process began, in ticks since the machine did; None when it is gone or ends."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _thrift_port() -> int:
    """The port that SPARK_PORT names, else a free one; raises SettingError when it is taken."""
    given = os.environ.get("SPARK_PORT")
    if not given:
        return _free_port()
    with socket.socket() as tried:
        if not given.isdigit() or tried.connect_ex(("127.0.0.1", int(given))) == 0:
            raise SettingError(f"SPARK_PORT {given} is no free port; give another, or none at all")
    return int(given)


def _wait_for_port(spark: SparkFolder, name: str, port: int) -> None:
    _wait(spark, name, lambda: socket.create_connection(("127.0.0.1", port), 1).close())


def _wait_for_answer(spark: SparkFolder, port: int) -> None:
    def ask() -> None:
        with hive.connect("127.0.0.1", port=port) as connection:
            # Counting needs the worker.
            connection.cursor().execute("select count(*) from range(10)")

    _wait(spark, "thrift server", ask)


def _wait(spark: SparkFolder, name: str, attempt: Callable[[], None]) -> None:
    """Try until it works; raises ClusterError when a process ends or the time is over."""
    log = spark.logs / f"{name.replace(' ', '_')}.log"
    ends = time.monotonic() + START_SECONDS
    started = len(json.loads(spark.cluster.read_text())["processes"])
    while time.monotonic() < ends:
        if len(_running(spark)) < started:
            raise ClusterError(f"Spark's {name} ended while it started: {log} says why")
        try:
            return attempt()
        # Whatever the client says of a server that is not there yet.
        except Exception:
            time.sleep(0.5)
    raise ClusterError(f"Spark's {name} did not answer in {START_SECONDS} s: {log} says more")
