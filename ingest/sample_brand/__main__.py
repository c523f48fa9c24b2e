"""Command line: `python -m ingest.sample_brand`."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from ingest import settings
from ingest.sample_brand.generator import generate
from ingest.sample_brand.options import (
    DEFAULT_DAYS,
    DEFAULT_FIRST_DAY,
    DEFAULT_SEED,
    Options,
    SampleBrandError,
)


def parser() -> argparse.ArgumentParser:
    """The arguments and where their defaults come from."""
    arguments = argparse.ArgumentParser(
        prog="python -m ingest.sample_brand",
        description="Generate a whole invented brand as raw files, the same for the same seed.",
        epilog="Exit codes: 0 generated, or nothing to do; 2 something to fix, with a message.",
    )
    add_options_of_the_brand(arguments)
    arguments.add_argument(
        "--landing-dir",
        help="where the files go (default: LANDING_DIR, or landing inside the warehouse folder)",
    )
    return arguments


def add_options_of_the_brand(arguments: argparse.ArgumentParser) -> None:
    """The arguments that say what is generated, and for which warehouse."""
    arguments.add_argument(
        "--scale",
        default=os.environ.get("SCALE") or "1",
        help="1 is about 60,000 orders in two years (default: SCALE, or 1)",
    )
    arguments.add_argument(
        "--seed", type=int, default=DEFAULT_SEED, help=f"default: {DEFAULT_SEED}"
    )
    arguments.add_argument(
        "--warehouse-dir", help="the warehouse folder (default: WAREHOUSE_DIR, or data)"
    )
    arguments.add_argument(
        "--first-day", default=DEFAULT_FIRST_DAY.isoformat(), help=f"default: {DEFAULT_FIRST_DAY}"
    )
    arguments.add_argument(
        "--days", type=int, default=DEFAULT_DAYS, help=f"default: {DEFAULT_DAYS}"
    )


def main(argv: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    given = parser().parse_args(argv)
    try:
        generate(options_of(given, settings.landing_dir(given.landing_dir, given.warehouse_dir)))
    except SampleBrandError as error:
        print(f"sample brand: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; nothing was put into the landing folder", file=sys.stderr)
        return 130
    return 0


def options_of(given: argparse.Namespace, landing_dir: Path) -> Options:
    """The options that were given; raises SampleBrandError for what makes no sense."""
    try:
        scale = float(given.scale)
    except ValueError as error:
        raise SampleBrandError(f"scale is '{given.scale}'; give a number, such as 0.1") from error
    try:
        first_day = date.fromisoformat(given.first_day)
    except ValueError as error:
        raise SampleBrandError(
            f"first day is '{given.first_day}'; write it as 2024-07-01"
        ) from error
    return Options(
        landing_dir=landing_dir,
        warehouse_dir=settings.warehouse_dir(given.warehouse_dir),
        scale=scale,
        seed=given.seed,
        first_day=first_day,
        days=given.days,
    )


if __name__ == "__main__":
    sys.exit(main())
