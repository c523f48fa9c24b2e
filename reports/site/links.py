"""Every link of a folder of pages leads somewhere inside, and nothing is asked from elsewhere."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Elements that load what they name, as soon as the page opens.
LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}


class _Page(HTMLParser):
    """Ids, links and loaded addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in LOADED and LOADED[tag] in given:
            self.loaded.append(given[LOADED[tag]])


def broken_links(folder: Path, by_themselves: set[str]) -> list[str]:
    """`page: link`, and why, of each that leads nowhere; `by_themselves`: pages not looked into."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        if name not in by_themselves:
            pages[path.resolve()] = _read(path)
    return [
        f"{path.relative_to(folder.resolve()).as_posix()}: {problem}"
        for path, page in pages.items()
        for problem in _problems(path, page, pages)
    ]


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _problems(path: Path, page: _Page, pages: dict[Path, _Page]) -> Iterator[str]:
    for address in page.loaded:
        parts = urlsplit(address)
        if parts.scheme != "data" and (parts.netloc or not _file(path, address).is_file()):
            yield f"{address} is loaded, and is no file of the site"
    for link in page.links:
        parts = urlsplit(link)
        if parts.scheme:
            if parts.scheme not in ("http", "https", "mailto"):
                yield f"{link} is no address of a page"
            continue
        target = _file(path, link)
        if not target.is_file():
            yield f"{link} leads to no file"
        # Of an application's page, what stands after the mark is its own matter.
        elif (
            parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids
        ):
            yield f"{link} leads to no heading"


def _file(path: Path, address: str) -> Path:
    parts = urlsplit(address)
    return (path.parent / unquote(parts.path)).resolve() if parts.path else path
