"""Times every step of a build of the sample brand at several scales, side by side in one run.

    make benchmark SCALES=1,5

Prints seconds and peak memory of each step, and the total per order lines. Folders
are temporary.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration import steps
from orchestration.project import PROJECT_DIR, Warehouse


@dataclass(frozen=True)
class Measure:
    """The cost of one step: wall-clock seconds and peak resident memory in MiB."""

    seconds: float
    peak_mib: float


def main() -> int:
    """Build at every scale and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scales", default="1,5", help="comma-separated (default: 1,5)")
    scales = [float(scale) for scale in parser.parse_args().scales.split(",")]
    measured, lines = {}, {}
    for scale in scales:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
            measured[scale], lines[scale] = build(scale, Path(folder))
    report(measured, lines)
    return 0


def build(scale: float, folder: Path) -> tuple[dict[str, Measure], int]:
    """Run every step at a scale; returns the measures and the published order lines."""
    warehouse = Warehouse(folder, folder / "landing", tuple(sorted(steps.project.SAMPLE_SOURCES)))
    os.environ["SCALE"] = f"{scale:g}"
    measures = {}
    for step in (steps.SAMPLE, *steps.RUN):
        print(f"SCALE={scale:g}: {step.title}", file=sys.stderr, flush=True)
        measures[step.name] = run(step, warehouse)
    with duckdb.connect(str(warehouse.published_file), read_only=True) as con:
        (lines,) = con.execute("select count(*) from subject.fct_order_lines").fetchone()
    return measures, lines


def run(step: steps.Step, warehouse: Warehouse) -> Measure:
    """Run a step to its end, watching its memory."""
    started = time.monotonic()
    log = warehouse.folder / f"{step.name.replace(' ', '_')}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            step.command(warehouse),
            cwd=PROJECT_DIR,
            env=warehouse.environment(),
            stdout=output,
            stderr=output,
        )
        peak = Peak(process.pid)
        peak.start()
        exit_code = process.wait()
        peak.join()
    if exit_code not in step.goes_on_after:
        sys.exit(f"{step.name} failed with exit code {exit_code}:\n{log.read_text()[-3000:]}")
    return Measure(time.monotonic() - started, peak.mib)


class Peak(threading.Thread):
    """Samples the resident memory of a process until it ends (Linux)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.status = Path(f"/proc/{pid}/status")
        self.mib = 0.0

    def run(self) -> None:
        while True:
            try:
                text = self.status.read_text()
            except OSError:
                return
            peaks = [line for line in text.splitlines() if line.startswith("VmHWM")]
            if not peaks:
                return
            self.mib = int(peaks[0].split()[1]) / 1024
            time.sleep(0.2)


def report(measured: dict[float, dict[str, Measure]], lines: dict[float, int]) -> None:
    """Print the table: a row per step, a pair of columns per scale."""
    scales = list(measured)
    print("| step | " + " | ".join(f"SCALE={scale:g}: s | MiB" for scale in scales) + " |")
    print("|---|" + "---:|---:|" * len(scales))
    for step in measured[scales[0]]:
        cells = (
            f"{measured[scale][step].seconds:,.1f} | {measured[scale][step].peak_mib:,.0f}"
            for scale in scales
        )
        print(f"| {step} | " + " | ".join(cells) + " |")
    totals = {scale: sum(one.seconds for one in measured[scale].values()) for scale in scales}
    print("| all | " + " | ".join(f"{totals[scale]:,.1f} | " for scale in scales) + " |")
    print("| order lines | " + " | ".join(f"{lines[scale]:,} | " for scale in scales) + " |")
    per_line = (f"{1e6 * totals[scale] / lines[scale]:,.0f} | " for scale in scales)
    print("| s per million lines | " + " | ".join(per_line) + " |")


if __name__ == "__main__":
    sys.exit(main())
