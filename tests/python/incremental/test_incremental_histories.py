"""Whatever arrives, in whatever order: what a run adds to equals what is built anew."""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from histories import Step, steps
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from incremental_warehouse import GrowingWarehouse, rows_without_key
from sender import Sender

# `make test-histories` tries more.
HISTORIES = int(os.environ.get("HISTORIES", "1"))
# One step costs two builds: the suite takes one, `make test-histories` longer histories.
STEPS = 1 if HISTORIES == 1 else 3


@settings(
    max_examples=HISTORIES,
    deadline=None,
    # Shrinking builds a warehouse per try: only when somebody asks for many histories.
    phases=[Phase.explicit, Phase.generate] + ([Phase.shrink] if HISTORIES > 1 else []),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(history=st.lists(steps, min_size=STEPS, max_size=STEPS))
def test_every_step_of_a_history_equals_a_full_refresh(grown_brand, history):
    assert _differences(grown_brand, history) == []


def _differences(grown_brand: tuple[GrowingWarehouse, Path], history: list[Step]) -> list[str]:
    """Play the steps one after the other; the differences after the first step that has any."""
    brand, held_back = grown_brand
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(brand.landing, folder / "landing")
        shutil.copytree(held_back, folder / "held_back")
        shutil.copytree(brand.folder / "build", folder / "warehouse" / "build")
        warehouse = GrowingWarehouse(folder / "warehouse", brand.sources, folder / "landing")
        sender = Sender(folder / "landing", folder / "held_back", brand.sources)
        for number, step in enumerate(history):
            warehouse = warehouse.with_settings(AS_OF_DATE=step.as_of_date)
            _run(warehouse, sender, step)
            found = warehouse.differences_to_full_refresh(folder / f"anew-{number}")
            found += rows_without_key(warehouse)
            if found:
                return found
    return []


def _run(warehouse: GrowingWarehouse, sender: Sender, step: Step) -> None:
    """What the step sends, landed and run; an interrupted run saw only half of it."""
    if step.interrupted is not None:
        half = len(step.events) // 2
        sender.send(replace(step, events=step.events[:half]), warehouse.working_file)
        step = replace(step, events=step.events[half:], late_files=())
        warehouse.land()
        models = warehouse.models()
        name = models[step.interrupted % len(models)].name
        if step.selected:
            warehouse.dbt("run", "--select", name)
        else:
            warehouse.dbt("run", "--exclude", f"{name}+")
    sender.send(step, warehouse.working_file)
    warehouse.land()
    warehouse.dbt("run")
