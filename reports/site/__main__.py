"""The command line of the site: `python -m reports.site`."""

import argparse
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from ingest.errors import LandingError
from orchestration.project import Warehouse
from reports.errors import BoardError
from reports.site.artifacts import built_sources, make_artifacts
from reports.site.errors import SiteError
from reports.site.render import render_site


def main(arguments: list[str] | None = None) -> int:
    """Build the site; 0: done, 1: something is wrong, 2: the working file cannot be opened."""
    warehouse = Warehouse()
    parsed = _parser(warehouse).parse_args(arguments)
    try:
        pages = _build(warehouse, parsed.out)
    except (SiteError, BoardError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except LandingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{len(pages)} pages in {parsed.out}: open {parsed.out / 'index.html'} in a browser")
    return 0


def _build(warehouse: Warehouse, out: Path) -> list[str]:
    """Write the site beside its place, then take the place: a failed build changes nothing."""
    if not os.environ.get("SOURCES"):
        warehouse = replace(warehouse, sources=built_sources(warehouse))
    artifacts = make_artifacts(warehouse)
    if out.exists() and any(out.iterdir()) and not (out / "assets" / "site.js").exists():
        raise SiteError(f"{out} holds something else: name an empty folder with --out")
    out.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        pages = render_site(artifacts, new)
        new.chmod(0o755)
        shutil.rmtree(out, ignore_errors=True)
        new.rename(out)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return pages


def _parser(warehouse: Warehouse) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reports.site",
        description="Build the documentation site of what the last dbt build made.",
        epilog="Exit codes: 0 done; 1 a tool failed, or a link leads nowhere; 2 the working file"
        " cannot be opened, or a wrong argument. WAREHOUSE_DIR says where the warehouse is;"
        " SOURCES is what the last build read, unless it is given.",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=warehouse.folder / "site",
        help="folder to write to (default: site in the warehouse folder)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
