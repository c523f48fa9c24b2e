"""Command line: `python -m ingest.sample_brand.platform_files`."""

import argparse
import sys
from pathlib import Path

from ingest import settings
from ingest.sample_brand.__main__ import add_options_of_the_brand, options_of
from ingest.sample_brand.options import SampleBrandError
from ingest.sample_brand.platform_files import write_platform_files


def parser() -> argparse.ArgumentParser:
    """The arguments and where their defaults come from."""
    arguments = argparse.ArgumentParser(
        prog="python -m ingest.sample_brand.platform_files",
        description="Write the sample brand's business as the files that its platforms would give.",
        epilog="Exit codes: 0 written, or nothing to do; 2 something to fix, with a message.",
    )
    add_options_of_the_brand(arguments)
    arguments.add_argument(
        "--target",
        help="where the files go (default: exports-sample/exports inside the warehouse folder)",
    )
    return arguments


def main(argv: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    given = parser().parse_args(argv)
    default = settings.warehouse_dir(given.warehouse_dir) / "exports-sample" / "exports"
    try:
        write_platform_files(options_of(given, Path(given.target) if given.target else default))
    except SampleBrandError as error:
        print(f"sample exports: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; nothing was put into the folder", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
