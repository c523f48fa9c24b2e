"""Runs that are killed repeatedly: a plain re-run gives the result of an undisturbed run.

That result comes from a rebuild from the raw files, after the working file is damaged.

`make test-faults` kills a hundred times and more; FAULT_SEED repeats a run.
"""

import os
import random
import shutil
from pathlib import Path

import pytest
from fault_brand import ORIGIN, PUBLISHED, left_overs, write_day
from file_differences import differences
from kills import Killer, planned
from pipeline_brand import Brand
from readers import Findings, reading

KILLS = int(os.environ.get("FAULT_KILLS", "4"))
SEED = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(10**6))
KILLS_A_ROUND = 33
DAYS_A_ROUND = 3


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    """A brand whose runs are killed."""
    return Brand(tmp_path / "killed", "oms", tmp_path / "landing")


def test_a_run_after_any_kills_equals_an_undisturbed_run(brand, tmp_path):
    print(f"\nFAULT_SEED={SEED} FAULT_KILLS={KILLS}", flush=True)
    rounds = max(1, KILLS // KILLS_A_ROUND)
    killer = Killer(brand, random.Random(SEED))
    before, after = planned(KILLS, killer.random)
    with reading(brand.folder) as findings:
        for number in range(rounds):
            days = list(range(number * DAYS_A_ROUND, (number + 1) * DAYS_A_ROUND))
            disturb(killer, before[number::rounds], days)
            said = brand.build()
            killer.learn(said)
            for step in after[number::rounds]:
                killer.kill(step)
        # Nothing new has arrived: checks and publication are what was cut off.
        again = brand.run("orchestration", "publish")
        assert again.returncode == 0, again.stdout
        assert left_overs(brand) == []
        killed = keep_copies(brand, tmp_path / "kept")
        rebuild_at_once(brand)
    assert killer.kills >= KILLS
    # Of the log, what landed: a run that was cut off may have said no more than others.
    landed = {"load_log": "status = 'landed'"}
    found = differences(killed.working_file, brand.working_file, ("raw",), ORIGIN, landed)
    found += differences(killed.published_file, brand.published_file.resolve(), PUBLISHED, ORIGIN)
    assert found == []
    assert_readers_were_undisturbed(findings)


def disturb(killer: Killer, steps: list[str], days: list[int]) -> None:
    """The steps, killed one after the other, while the files of these days arrive between them."""
    first, *others = days
    arrivals = {1 + place * len(steps) // len(days): day for place, day in enumerate(others)}
    write_day(killer.brand, first)
    if not killer.brand.working_file.exists():
        # Nothing but landing makes the file.
        killer.kill("land")
        assert killer.brand.run("ingest", "land").returncode == 0
    for place, step in enumerate(steps):
        if place in arrivals:
            write_day(killer.brand, arrivals.pop(place))
        killer.kill(step)
    for day in arrivals.values():
        write_day(killer.brand, day)


def keep_copies(brand: Brand, folder: Path) -> Brand:
    """The brand's two files as they are now, in another folder."""
    kept = Brand(folder, brand.sources, brand.landing)
    for file, copy in (
        (brand.working_file, kept.working_file),
        (brand.published_file, kept.published_file),
    ):
        copy.parent.mkdir(parents=True)
        shutil.copyfile(file, copy)
    return kept


def rebuild_at_once(brand: Brand) -> None:
    """Damage the working file and follow its error: the same files land and build at once."""
    brand.working_file.write_bytes(b"not a database" * 1000)
    rebuilt = brand.run("orchestration", "rebuild", "--yes")
    assert rebuilt.returncode == 0, rebuilt.stdout[-8000:]
    assert "Traceback" not in rebuilt.stdout, rebuilt.stdout[-8000:]


def assert_readers_were_undisturbed(findings: list[Findings]) -> None:
    again, keep = findings
    print(f"readers: {again.asked} times opened, {again.publications} publications; {keep.asked}")
    assert (again.problems, keep.problems) == ([], [])
    assert again.publications > 0 and again.asked > 0 and keep.asked > 0
