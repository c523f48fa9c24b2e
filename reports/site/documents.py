"""Markdown of the project as HTML, with links that lead to pages of the site."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup
from mdit_py_plugins.anchors import anchors_plugin

PROJECT_DIR = Path(__file__).resolve().parents[2]
# What stands beside the pages of docs/.
BESIDE = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
# A page in Chinese stands beside the English one, under the same name.
CHINESE = ".zh.md"
DIAGRAM = "mermaid"
ABSOLUTE = re.compile(r"^[a-z]+:|^#")
TAG = re.compile(r"<[^>]+>")
HEADING = re.compile(r"<h([23]) id=\"([^\"]*)\">(.*?)</h\1>", re.DOTALL)


@dataclass(frozen=True)
class Document:
    """A Markdown file: its page in the site, title and text in each language that there is."""

    source: Path
    page: str
    title: dict[str, str]
    html: dict[str, Markup]

    def sections(self) -> list[tuple[str, str, str]]:
        """Id, heading and text of every part, for the search; the first has the title's."""
        found = []
        for language, html in self.html.items():
            _, *parts = HEADING.split(f'<h2 id="">{self.title[language]}</h2>{html}')
            for place in range(0, len(parts), 4):
                _, anchor, heading, text = parts[place : place + 4]
                found.append((anchor, plain(heading), plain(text)))
        return found


def plain(html: str) -> str:
    """Text without tags, on one line."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def inline(text: str) -> Markup:
    """A description of one line: code and emphasis only, tags are text."""
    return Markup(MarkdownIt("commonmark", {"html": False}).renderInline(text))


def short(title: str) -> str:
    """A title for a list: what stands before its colon."""
    return title.partition(": ")[0]


def page_of(source: Path) -> str:
    """docs/questions/trade.md → docs/questions/trade.html"""
    return source.with_suffix(".html").as_posix()


def document_sources(project: Path = PROJECT_DIR) -> list[Path]:
    """Every Markdown file that becomes a page, relative to the project."""
    inside = sorted((project / "docs").rglob("*.md"))
    found = [project / name for name in BESIDE] + inside
    return [path.relative_to(project) for path in found if not path.name.endswith(CHINESE)]


def load_document(
    source: Path, address: Callable[[Path, str, str], str], project: Path = PROJECT_DIR
) -> Document:
    """Read and render a file. `address` says where a link of it leads.

    It takes the target relative to the project, the fragment with its mark, and this page.
    """
    page = page_of(source)
    texts = {"en": (project / source).read_text(encoding="utf-8")}
    chinese = project / source.with_name(source.name.removesuffix(".md") + CHINESE)
    if chinese.exists():
        texts["zh"] = chinese.read_text(encoding="utf-8")
    title, html = {}, {}
    for language, text in texts.items():
        html[language] = _rendered(text, source, lambda target, mark: address(target, mark, page))
        heading = re.search(r"^# (.+)$", text, re.MULTILINE)
        title[language] = heading[1] if heading else source.stem
    return Document(source, page, title, html)


def _rendered(text: str, source: Path, address: Callable[[Path, str], str]) -> Markup:
    parser = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .use(anchors_plugin, max_level=4, slug_func=slug)
    )
    # A diagram needs a program that draws; the site shows the project's other pictures.
    tokens = [token for token in parser.parse(text) if token.info != DIAGRAM]
    for token in tokens:
        if token.type == "table_open":
            token.attrSet("class", "wide")
        for child in token.children or []:
            for attribute in ("href", "src"):
                target = child.attrGet(attribute)
                if isinstance(target, str):
                    child.attrSet(attribute, _moved(target, source, address))
            if child.type == "html_inline":
                child.content = re.sub(
                    r'(?<=src=")[^"]+',
                    lambda match: _moved(match[0], source, address),
                    child.content,
                )
    html = parser.renderer.render(tokens, parser.options, {})
    html = html.replace('<table class="wide">', '<div class="scroll"><table>')
    return Markup(html.replace("</table>", "</table></div>"))


def _moved(target: str, source: Path, address: Callable[[Path, str], str]) -> str:
    if ABSOLUTE.match(target):
        return target
    path, mark, fragment = target.partition("#")
    return address(Path(os.path.normpath(source.parent / path)), mark + fragment)


def slug(heading: str) -> str:
    """As GitHub makes it: letters and digits of any script, dashes for blanks."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")
