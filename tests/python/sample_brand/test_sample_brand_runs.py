"""Runs of the generator: the same bytes, owner of the folder, killed runs, command line."""

import dataclasses
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.sample_brand import Options, SampleBrandError, generate, generator
from ingest.sample_brand.__main__ import main
from ingest.sample_brand.landing_folder import MARKER, truth_folder, work_folder


def silent(_: str) -> None:
    """Print nothing."""


def digest(folder: Path) -> str:
    """One hash over the names and bytes of all files below a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(str(path.relative_to(folder)).encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def elsewhere(options: Options, folder: Path, **changes: object) -> Options:
    return dataclasses.replace(
        options, landing_dir=folder / "landing", warehouse_dir=folder, **changes
    )


def test_the_same_seed_gives_the_same_bytes(tiny, tmp_path, monkeypatch):
    assert generate(tiny, silent, threads=1).status == "written"
    other = elsewhere(tiny, tmp_path / "other")
    monkeypatch.setattr(generator, "LARGEST_IN_MEMORY", 0)
    generate(other, silent, threads=2)
    assert digest(tiny.landing_dir) == digest(other.landing_dir)
    assert digest(truth_folder(tiny)) == digest(truth_folder(other))
    reseeded = elsewhere(tiny, tmp_path / "reseeded", seed=8)
    generate(reseeded, silent)
    assert digest(tiny.landing_dir / "oms") != digest(reseeded.landing_dir / "oms")
    assert not work_folder(tiny).exists()


def test_the_same_sample_is_left_alone_and_another_is_refused(tiny):
    generate(tiny, silent)
    marker = tiny.landing_dir / MARKER
    assert json.loads(marker.read_text()) == tiny.identity
    before = digest(tiny.landing_dir)
    said = []
    assert generate(tiny, said.append).status == "already there"
    assert said == [f"the same sample brand already stands in {tiny.landing_dir}"]
    with pytest.raises(SampleBrandError) as raised:
        generate(dataclasses.replace(tiny, scale=0.03), silent)
    assert "scale 0.02, asked for 0.03" in str(raised.value)
    assert "another WAREHOUSE_DIR, or delete" in str(raised.value)
    marker.write_text("{")
    with pytest.raises(SampleBrandError, match="cannot be read"):
        generate(tiny, silent)
    marker.write_text(json.dumps(tiny.identity) + "\n")
    assert digest(tiny.landing_dir) == before


def test_the_users_own_files_are_never_touched(tiny):
    own = tiny.landing_dir / "oms" / "orders.csv"
    own.parent.mkdir(parents=True)
    own.write_text("order_id\n1\n")
    said = []
    assert generate(tiny, said.append).status == "the sources are the user's own"
    assert "the sources are the user's own" in said[0]
    assert [p for p in tiny.warehouse_dir.rglob("*") if p.is_file()] == [own]
    assert own.read_text() == "order_id\n1\n"


def test_hidden_foreign_files_and_blocking_files_are_named(tiny):
    stranger = tiny.landing_dir / ".notes"
    stranger.parent.mkdir()
    stranger.write_text("mine")
    with pytest.raises(SampleBrandError, match=r"it holds \.notes, which the sample did not write"):
        generate(tiny, silent)
    stranger.unlink()
    tiny.landing_dir.rmdir()
    tiny.landing_dir.write_text("a file")
    with pytest.raises(SampleBrandError, match="is a file, not a folder"):
        generate(tiny, silent)


def test_a_killed_run_leaves_nothing_and_the_next_starts_over(tiny):
    command = [
        sys.executable, "-m", "ingest.sample_brand", "--scale", "0.02", "--days", "60",
        "--seed", "7", "--landing-dir", str(tiny.landing_dir),
        "--warehouse-dir", str(tiny.warehouse_dir),
    ]  # fmt: skip
    project = Path(__file__).resolve().parents[3]
    running = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL)
    parts = work_folder(tiny) / "landing" / "oms"
    deadline = time.monotonic() + 30
    while not parts.exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert running.returncode == -signal.SIGKILL
    assert work_folder(tiny).exists()
    assert not tiny.landing_dir.exists()
    # An empty landing folder is allowed.
    (tiny.landing_dir / "oms").mkdir(parents=True)
    assert generate(tiny, silent).status == "written"
    assert not work_folder(tiny).exists()
    files = [p for p in tiny.landing_dir.rglob("*") if p.is_file()]
    assert len(files) > 300


def test_an_unwritable_sample_folder_is_reported(tiny):
    blocked = tiny.warehouse_dir / "blocked"
    blocked.write_text("a file")
    with pytest.raises(SampleBrandError, match="cannot write beside"):
        generate(dataclasses.replace(tiny, landing_dir=blocked / "in" / "landing"), silent)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--scale", "0"], "scale is 0; give a number above 0"),
        (["--scale", "-1"], "scale is -1; give a number above 0"),
        (["--scale", "nan"], "scale is nan; give a number above 0"),
        (["--scale", "big"], "scale is 'big'; give a number, such as 0.1"),
        (["--days", "0"], "days is 0; give a whole number from 1 to 1200"),
        (["--seed", "-1"], "seed is -1; give a whole number from 0"),
        (["--first-day", "1/7/2024"], "first day is '1/7/2024'; write it as 2024-07-01"),
        (["--first-day", "1999-12-31"], "first day is 1999-12-31; give one from 2000"),
    ],
)
def test_wrong_arguments_are_reported_in_one_line(arguments, message, tmp_path, capsys):
    code = main([*arguments, "--warehouse-dir", str(tmp_path)])
    assert code == 2
    error = capsys.readouterr().err
    assert error.startswith(f"sample brand: {message}")
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_defaults_come_from_the_environment(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SCALE", "0.01")
    monkeypatch.setenv("WAREHOUSE_DIR", str(tmp_path))
    monkeypatch.setenv("LANDING_DIR", str(tmp_path / "files"))
    assert main(["--days", "10"]) == 0
    marker = json.loads((tmp_path / "files" / MARKER).read_text())
    assert (marker["scale"], marker["days"], marker["first_day"]) == (0.01, 10, "2024-07-01")
    assert (tmp_path / "sample_brand_truth" / "account_person.csv").exists()
    assert f"files in {tmp_path / 'files'}" in capsys.readouterr().out


def test_help_lists_the_options(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    for option in (
        "--scale",
        "--seed",
        "--landing-dir",
        "--warehouse-dir",
        "--first-day",
        "--days",
    ):
        assert option in shown
    assert os.environ.get("SCALE", "1") in shown
