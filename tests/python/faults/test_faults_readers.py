"""Readers in separate processes, while publications succeed, are killed, or are done wrongly."""

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fault_brand import write_marts
from pipeline_brand import PROJECT, Brand
from readers import reading

from orchestration import publication
from orchestration.project import Warehouse
from orchestration.publication import publish

KILLS = 6
# As the step does, but without pages: these marts are not what boards read.
PUBLISH = (
    *(sys.executable, "-c"),
    "from orchestration.publication import publish; from orchestration.project import Warehouse;"
    " publish(Warehouse())",
)
# Enough that writing them in place takes longer than a reader needs to look.
ROWS = 300_000


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """A warehouse whose first marts are published."""
    made = Warehouse(tmp_path, tmp_path / "landing", ("oms",))
    write_marts(made, 1000)
    publish(made)
    return made


def test_readers_see_only_whole_publications_in_order(warehouse):
    with reading(warehouse.folder) as findings:
        time.sleep(1.5)
        for number in range(1, 6):
            write_marts(warehouse, ROWS + number)
            publish(warehouse)
            time.sleep(0.3)
    again, keep = findings
    assert (again.problems, keep.problems) == ([], [])
    assert again.publications > 1
    assert keep.asked > 1


def test_readers_notice_a_publication_written_in_place(warehouse, monkeypatch):
    def in_place(link: Path, target: Path) -> None:
        for path in link.resolve().rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.copytree(target, link.resolve(), dirs_exist_ok=True)

    monkeypatch.setattr(publication, "_swap_link", in_place)
    monkeypatch.setattr(publication, "_drop_old", lambda _: None)
    with reading(warehouse.folder) as findings:
        time.sleep(1.5)
        for number in range(1, 6):
            write_marts(warehouse, ROWS * number)
            publish(warehouse)
            time.sleep(0.3)
    again, _ = findings
    assert again.problems


def test_readers_do_not_notice_killed_publications(warehouse):
    brand = Brand(warehouse.folder, "oms", warehouse.landing)
    moments = random.Random(1)
    with reading(warehouse.folder) as findings:
        for number in range(1, KILLS + 1):
            write_marts(warehouse, ROWS + number)
            process = subprocess.Popen(
                PUBLISH,
                cwd=PROJECT,
                env=brand.environment(),
                stdout=subprocess.DEVNULL,
            )
            unfinished = await_unfinished(warehouse, process)
            time.sleep(moments.uniform(0, 0.4))
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert unfinished
        last = subprocess.run(PUBLISH, cwd=PROJECT, env=brand.environment())
    assert last.returncode == 0
    again, keep = findings
    assert (again.problems, keep.problems) == ([], [])
    assert brand.query("select count(*) from subject.fct_orders") == [(ROWS + KILLS,)]
    assert not list(warehouse.publications.glob(f"*{publication.UNFINISHED}"))


def await_unfinished(warehouse: Warehouse, process: subprocess.Popen) -> bool:
    """Wait until a publication is being written; whether it was seen before its end."""
    known = set(warehouse.publications.iterdir())
    while process.poll() is None:
        if set(warehouse.publications.iterdir()) - known:
            return True
        time.sleep(0.005)
    return False
