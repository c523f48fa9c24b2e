"""Runs that are killed again and again: a plain re-run makes of it what no kill would have.

`make test-faults` kills a hundred times and more; FAULT_SEED repeats a run.
"""

import os
import random
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


def test_a_plain_run_after_any_kills_makes_what_an_undisturbed_one_makes(brand, tmp_path):
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
    assert killer.kills >= KILLS
    undisturbed = built_at_once(tmp_path / "undisturbed", brand.landing)
    published = brand.published_file.resolve()
    # Of the log, what landed: a run that was cut off may have said no more than others.
    landed = {"load_log": "status = 'landed'"}
    found = differences(brand.working_file, undisturbed.working_file, ("raw",), ORIGIN, landed)
    found += differences(published, undisturbed.working_file, PUBLISHED, ORIGIN)
    assert found == []
    assert left_overs(brand) == []
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


def built_at_once(folder: Path, landing: Path) -> Brand:
    """The same files in a new warehouse, its models built once; nobody reads this one."""
    brand = Brand(folder, "oms", landing)
    assert brand.run("ingest", "land").returncode == 0
    built = brand.dbt("build", "--exclude-resource-type", "unit_test", "test")
    assert built.returncode == 0, built.stdout[-4000:]
    return brand


def assert_readers_were_undisturbed(findings: list[Findings]) -> None:
    again, keep = findings
    print(f"readers: {again.asked} times opened, {again.publications} publications; {keep.asked}")
    assert (again.problems, keep.problems) == ([], [])
    assert again.publications > 0 and again.asked > 0 and keep.asked > 0
