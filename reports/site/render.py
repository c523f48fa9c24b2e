"""The pages of the site, from the artifacts, the boards, the glossary and docs/."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.boards import load_boards
from reports.render import PAGE_DIR as BOARD_PAGE_DIR
from reports.site.artifacts import Artifacts
from reports.site.documents import (
    PROJECT_DIR,
    document_sources,
    inline,
    load_document,
    page_of,
    short,
)
from reports.site.erd import diagram, edges_of
from reports.site.errors import SiteError
from reports.site.links import broken_links
from reports.site.marts import Theme, load_themes
from reports.site.search import search_index

PAGE_DIR = Path(__file__).resolve().parent / "page"
PICTURES = PROJECT_DIR / "docs" / "pictures"
GLOSSARY = PROJECT_DIR / "seeds" / "glossary.csv"
GUIDE = Path("docs/bi_guide.md")
DBT_DOCS, LINEAGE = "dbt_docs.html", "lineage.html"
# The two applications bring scripts and styles inside; they may ask nobody for anything.
SEALED = (
    '<meta http-equiv="Content-Security-Policy" content="'
    "default-src 'none'; connect-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:;"
    " style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob: data:;"
    " base-uri 'none'; form-action 'none'\">"
)


def render_site(artifacts: Artifacts, out: Path, project: Path = PROJECT_DIR) -> list[str]:
    """Write the site into an empty folder; the addresses of its pages.

    Raises SiteError when a link leads nowhere, or something to show is missing.
    """
    site = _Site(artifacts, out, project)
    site.write()
    broken = broken_links(out, by_themselves={DBT_DOCS, LINEAGE})
    if broken:
        raise SiteError("\n".join([f"{len(broken)} links lead nowhere:", *broken[:20]]))
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.html"))


class _Site:
    """What all pages share."""

    def __init__(self, artifacts: Artifacts, out: Path, project: Path) -> None:
        self.out, self.project, self.artifacts = out, project, artifacts
        self.themes = load_themes(artifacts, load_boards(), project / "docs" / "questions")
        self.marts = {mart.name: mart for theme in self.themes for mart in theme.marts}
        self.section_of = {
            mart.name: f"themes/{theme.name}.html#{mart.name}"
            for theme in self.themes
            for mart in theme.marts
        }
        self.sources = set(document_sources(project))
        # Files of the project that a document leads to, shown as they are.
        self.linked_files: set[Path] = set()
        environment = self.environment = Environment(
            loader=FileSystemLoader(PAGE_DIR),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["inline"] = inline
        environment.filters["short"] = short

    def write(self) -> None:
        self._copy_assets()
        with (self.project / "seeds" / GLOSSARY.name).open(encoding="utf-8") as file:
            words = list(csv.DictReader(file))
        documents = [
            load_document(source, self.address, self.project) for source in sorted(self.sources)
        ]
        self._page("index.html", "start.html", documents=documents)
        for theme in self.themes:
            erd = self._diagram(theme, root="../")
            self._page(f"themes/{theme.name}.html", "theme.html", theme=theme, erd=erd)
        erds = {theme.name: self._diagram(theme, root="") for theme in self.themes}
        self._page("relations.html", "relations.html", erds=erds)
        self._page("glossary.html", "glossary.html", glossary=words)
        for document in documents:
            self._page(document.page, "document.html", document=document)
        for path in sorted(self.linked_files):
            self._page(f"files/{path}.html", "file.html", path=path, text=self._text_of(path))
        index = search_index(self.themes, documents, words)
        (self.out / "assets" / "index.js").write_text(
            f"window.Site.index = {json.dumps(index, ensure_ascii=False)};\n", encoding="utf-8"
        )

    def _diagram(self, theme: Theme, root: str) -> Markup:
        addresses = {name: root + address for name, address in self.section_of.items()}
        edges = edges_of(self.artifacts.relations, theme)
        return diagram(theme, edges, self.marts, addresses)

    def address(self, target: Path, mark: str, page: str) -> str:
        """Where a link of a document leads: the target's page, seen from this page."""
        return f"{'../' * page.count('/')}{self._place(target, page)}{mark}"

    def _place(self, target: Path, page: str) -> str:
        if target in self.sources:
            return page_of(target)
        if target.stem in self.marts and target.parts[:2] in (
            ("models", "subject"),
            ("models", "thematic"),
        ):
            return self.section_of[target.stem]
        if target.parent == PICTURES.relative_to(PROJECT_DIR):
            return f"pictures/{target.name}"
        if not (self.project / target).exists():
            raise SiteError(f"{page} has a link to {target}, which does not exist")
        self.linked_files.add(target)
        return f"files/{target}.html"

    def _text_of(self, path: Path) -> str:
        full = self.project / path
        if full.is_dir():
            return "\n".join(sorted(one.name for one in full.iterdir()))
        return full.read_text(encoding="utf-8")

    def _page(self, address: str, template: str, **values: Any) -> None:
        path = self.out / address
        path.parent.mkdir(parents=True, exist_ok=True)
        text = self.environment.get_template(template).render(
            root="../" * address.count("/"),
            address=address,
            themes=self.themes,
            section_of=self.section_of,
            guide=page_of(GUIDE),
            pictures={path.stem for path in PICTURES.glob("*.png")},
            **values,
        )
        path.write_text(text, encoding="utf-8")

    def _copy_assets(self) -> None:
        assets = self.out / "assets"
        assets.mkdir(parents=True)
        shutil.copy(BOARD_PAGE_DIR / "assets" / "page.css", assets)
        for name in ("site.css", "site.js"):
            shutil.copy(PAGE_DIR / name, assets)
        shutil.copytree(PICTURES, self.out / "pictures")
        _seal(self.artifacts.dbt_docs_page, self.out / DBT_DOCS)
        _seal(self.artifacts.lineage_page, self.out / LINEAGE)


def _seal(page: Path, target: Path) -> None:
    """Copy a page with a rule that keeps it from asking anybody."""
    text = page.read_text(encoding="utf-8")
    if "<head>" not in text[:500]:
        raise SiteError(f"{page.name} does not begin like a page: it cannot be sealed")
    target.write_text(text.replace("<head>", f"<head>{SEALED}", 1), encoding="utf-8")
