"""Times one more day against a full build, at several scales, side by side in one run.

    make benchmark-daily SCALES=1,10,50
    make benchmark-daily SCALES=1 DAYS=30

The sample brand lands without its last days and is built in full; then these days land and are
built, one run per day. Prints seconds and peak memory of each step, the day's share of the full
build, how the day's cost grows from scale to scale, and the sizes of the files. Folders are
temporary.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.build import Measure, run
from orchestration import steps
from orchestration.project import Warehouse

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Measured:
    """The steps of the full build and of every day after it, and sizes in MiB after each."""

    full: dict[str, Measure]
    days: list[dict[str, Measure]]
    working_mib: list[float]
    published_mib: list[float]


def main() -> int:
    """Measure every scale and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scales", default="1,10", help="comma-separated (default: 1,10)")
    parser.add_argument("--days", type=int, default=1, help="days in a row (default: 1)")
    parser.add_argument("--folder", type=Path, help="where the temporary folders go")
    arguments = parser.parse_args()
    if arguments.days < 1:
        parser.error("--days must be 1 or more")
    scales = [float(scale) for scale in arguments.scales.split(",")]
    measured = {}
    for scale in scales:
        with tempfile.TemporaryDirectory(prefix="benchmark-", dir=arguments.folder) as folder:
            measured[scale] = measure(scale, arguments.days, Path(folder))
            report(scale, measured[scale])
    report_growth(measured)
    return 0


def measure(scale: float, days: int, folder: Path) -> Measured:
    """Build all but the last days in full, then these days, one run each."""
    warehouse = Warehouse(folder, folder / "landing", tuple(sorted(steps.project.SAMPLE_SOURCES)))
    os.environ["SCALE"] = f"{scale:g}"
    say(scale, steps.SAMPLE.title)
    run(steps.SAMPLE, warehouse)
    late = hold_back(warehouse.landing, folder / "late", days)
    full = run_steps(scale, "full", warehouse)
    working, published = [size(warehouse.working_file)], [size(warehouse.published)]
    measures = []
    for day, files in late.items():
        for path in files:
            target = warehouse.landing / path.relative_to(folder / "late")
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        measures.append(run_steps(scale, day, warehouse))
        working.append(size(warehouse.working_file))
        published.append(size(warehouse.published))
    return Measured(full, measures, working, published)


def run_steps(scale: float, what: str, warehouse: Warehouse) -> dict[str, Measure]:
    """Run every step of a run; what each took."""
    measures = {}
    for step in steps.RUN:
        say(scale, f"{what}: {step.title}")
        measures[step.name] = run(step, warehouse)
    return measures


def hold_back(landing: Path, late: Path, days: int) -> dict[str, list[Path]]:
    """Move the files of the last days out of the landing folder; by day, in order."""
    dated: dict[str, list[Path]] = {}
    for path in landing.rglob("*.*"):
        found = DAY.search(path.name)
        if path.is_file() and found:
            dated.setdefault(found.group(), []).append(path)
    moved = {}
    for day in sorted(dated)[-days:]:
        moved[day] = []
        for path in dated[day]:
            target = late / path.relative_to(landing)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)
            moved[day].append(target)
    return moved


def size(path: Path) -> float:
    """MiB of a file, or of the files below a folder."""
    files = [path] if path.is_file() else path.resolve().rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file()) / 2**20


def report(scale: float, measured: Measured) -> None:
    """Print a row per step: the full build, the median of the days, and the share."""
    print(f"\nSCALE={scale:g}, {len(measured.days)} day(s) after the full build\n")
    print("| step | full: s | MiB | day: s | MiB | day ÷ full |")
    print("|---|---:|---:|---:|---:|---:|")
    for step, full in measured.full.items():
        seconds = median(day[step].seconds for day in measured.days)
        peak = max(day[step].peak_mib for day in measured.days)
        print(
            f"| {step} | {full.seconds:,.1f} | {full.peak_mib:,.0f} | {seconds:,.1f} | {peak:,.0f}"
            f" | {seconds / full.seconds:.1%} |"
        )
    full, day = total(measured.full), day_total(measured)
    print(f"| all | {full:,.1f} | | {day:,.1f} | | {day / full:.1%} |")
    for name, sizes in (("working", measured.working_mib), ("published", measured.published_mib)):
        print(f"\n{name} file: {sizes[0]:,.0f} MiB after the full build, {sizes[-1]:,.0f} at last")
    sys.stdout.flush()


def report_growth(measured: dict[float, Measured]) -> None:
    """Print how the cost of a day and of a full build grows from the smallest scale on."""
    first, *others = measured
    for scale in others:
        full = total(measured[scale].full) / total(measured[first].full)
        day = day_total(measured[scale]) / day_total(measured[first])
        print(
            f"\nfrom SCALE={first:g} to {scale:g}: {scale / first:g} times the rows,"
            f" full build {full:.1f} times, day {day:.1f} times"
        )


def total(measures: dict[str, Measure]) -> float:
    """Seconds of all steps."""
    return sum(one.seconds for one in measures.values())


def day_total(measured: Measured) -> float:
    """Seconds of a day, the median of the days measured."""
    return median(total(day) for day in measured.days)


def say(scale: float, text: str) -> None:
    """Progress, beside the tables."""
    print(f"SCALE={scale:g}: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
