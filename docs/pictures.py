"""Take the pictures of docs/pictures, one a board: published pages as a browser shows them.

`make pictures` runs it; it needs chromium and the pages of a build of the whole sample. With
`--prefix case_ customers repurchase` it takes these boards only, of another brand's pages.
"""

import argparse
import shutil
import sys
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT_DIR))

from playwright.sync_api import sync_playwright  # noqa: E402

from ingest import settings  # noqa: E402
from reports.boards import load_boards  # noqa: E402
from reports.render import page_name  # noqa: E402

PICTURES = PROJECT_DIR / "docs" / "pictures"
# Language and colours: one board shows that there are others.
AS_USUAL = ("en-GB", "light")
OTHERWISE = {"customers": ("zh-CN", "dark")}
SIZE = {"width": 1280, "height": 800}


def main() -> int:
    """Write the pictures; 1: no browser or no pages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("boards", nargs="*", help="names of boards (default: all)")
    parser.add_argument("--prefix", default="", help="before the pictures' names")
    given = parser.parse_args()
    pages = settings.warehouse_dir() / "published" / "pages"
    browser_file = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_file is None or not pages.exists():
        print(f"error: chromium and {pages} are needed: run `make build` first", file=sys.stderr)
        return 1
    PICTURES.mkdir(exist_ok=True)
    boards = load_boards()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_file, args=["--no-sandbox"])
        for board in boards:
            if given.boards and board.name not in given.boards:
                continue
            named = f"{given.prefix}{board.name}"
            locale, colours = OTHERWISE.get(named, AS_USUAL)
            context = browser.new_context(
                viewport=SIZE, locale=locale, color_scheme=colours, offline=True
            )
            page = context.new_page()
            page.goto((pages / page_name(boards, board)).as_uri())
            page.wait_for_selector(".card .body > *")
            page.screenshot(path=PICTURES / f"{named}.png")
            context.close()
            print(f"wrote {PICTURES / named}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
