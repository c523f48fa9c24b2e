"""Fixtures for all tests."""

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pipeline_brand import Brand
from warm import WarmPython
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Files whose tests take long or wait for others run first: no worker is left alone with them.
LONGEST_FIRST = (
    "test_spark_",
    "test_pipeline_dagster.py",
    "test_incremental_days.py",
    "test_marts_",
    "test_style_tools.py",
    "test_pipeline_",
    "test_incremental_",
    "test_faults_",
    "test_exports_sample_brand.py",
)


# What `--fast` runs: no warehouse is built but for the changed models' unit tests.
FAST = ("landing", "exports", "expectations", "orchestration", "reports", "style", "units")
# Of these, the slow ones.
NOT_FAST = (
    "test_sqlfluff_finds_nothing",
    "test_dbt_bouncer_finds_nothing",
    "test_landing_fuzz.py",
    "test_landing_real_data.py",
    "test_landing_faults.py",
    "test_landing_reset.py",
    "test_expectations_accepted_rows.py",
    "test_expectations_batches.py",
    "test_landing_command.py",
    "test_exports_sample_brand.py",
)


# Files that read one brand: they stay in one worker, which builds it once.
SHARED_BRANDS = {
    "test_incremental_days.py": "online_retail",
    "test_pipeline_known_answers.py": "online_retail",
}


class OneWorkerPerFile(LoadScopeScheduling):
    """A file's tests stay in one worker; so do the files that read one brand.

    xdist's own `loadgroup` passes groups in test ids, which pytest 9.2 no longer lets it change.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        reads_sample = "/marts/" in file or "/metrics/" in file
        return "marts" if reads_sample else SHARED_BRANDS.get(Path(file).name, file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneWorkerPerFile:
    config.option.loadscopereorder = False
    return OneWorkerPerFile(config, log)


def pytest_xdist_auto_num_workers() -> int:
    """One more than the number of cores: tests of servers mostly wait. Two more take longer."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_configure(config: pytest.Config) -> None:
    """One warm Python for all workers, which find it by the environment."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        warm = WarmPython()
        os.environ["WARM_PYTHON"] = str(warm.folder)
        config.add_cleanup(warm.stop)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="only what takes two minutes in all")


def is_fast(item: pytest.Item) -> bool:
    """Whether a test is one of those that `--fast` runs."""
    return item.path.parent.name in FAST and not any(name in item.nodeid for name in NOT_FAST)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, else in the order of the folders."""
    if config.getoption("--fast"):
        config.hook.pytest_deselected(items=[item for item in items if not is_fast(item)])
        items[:] = filter(is_fast, items)
    items.sort(
        key=lambda item: next(
            (place for place, name in enumerate(LONGEST_FIRST) if item.path.name.startswith(name)),
            len(LONGEST_FIRST),
        )
    )


@pytest.fixture(scope="session")
def real_data_dir() -> Path:
    """The folder of the public data sets, which are not part of the project."""
    folder = os.environ.get("REAL_DATA_DIR")
    if not folder or not Path(folder).is_dir():
        pytest.skip("set REAL_DATA_DIR to a folder with online_retail/, olist/ and tmall/")
    return Path(folder)


@pytest.fixture(scope="session")
def online_retail(real_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """305 daily files of a UK gift wholesaler, landed at once and published."""
    brand = Brand(
        tmp_path_factory.mktemp("online_retail"),
        "online_retail",
        real_data_dir,
        {"AS_OF_DATE": "2011-12-10"},
    )
    brand.build()
    return brand


@pytest.fixture(scope="session")
def sample_brand(tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """Seventy days of the sample brand, two month-ends among them, built once."""
    folder = tmp_path_factory.mktemp("sample")
    brand = Brand(folder, "oms,wms,helpdesk,marketing", folder / "landing")
    made = brand.run("ingest.sample_brand", "--scale", "0.3", "--days", "70")
    assert made.returncode == 0, made.stdout
    brand.build()
    return brand


@dataclass
class Webhook:
    """A local server that receives alerts, and answers as configured."""

    address: str = ""
    answers: list[int] = field(default_factory=list)
    received: list[dict] = field(default_factory=list)


@pytest.fixture(scope="module")
def running_webhook() -> Iterator[Webhook]:
    """One server for a module."""
    webhook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            webhook.received.append(json.loads(body))
            self.send_response(webhook.answers.pop(0) if webhook.answers else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    webhook.address = f"http://127.0.0.1:{server.server_port}/hook?key=s3cret"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield webhook
    server.shutdown()
    thread.join()
    server.server_close()
