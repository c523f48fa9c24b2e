"""Data Docs: Great Expectations' own pages of expected and found values, for a browser.

They are plain files beside the working file, and load nothing from the network.
"""

import re
import shutil
from html import escape
from pathlib import Path
from urllib.parse import quote

from great_expectations.data_context import EphemeralDataContext

from expectations.outcome import Outcome

SITE = "warehouse"
# The pages load Bootstrap, jQuery, icons and fonts from the network, and end with an
# advertisement. They read well without; the styles for tables and marks are in the page.
LEFT_OUT = re.compile(
    r"<script\b.*?</script>|<link\b[^>]*>|<img\b[^>]*>|@import\s+url\([^)]*\);|<footer>.*?</footer>",
    re.IGNORECASE | re.DOTALL,
)
STYLE = """<style>
body { font-family: sans-serif; margin: 2em; max-width: 75em; line-height: 1.4 }
table { border-collapse: collapse; margin: 1em 0 }
td, th { border: 1px solid #bbb; padding: .3em .6em; vertical-align: top; text-align: left }
.fa-check-circle::before { content: "\\2713" }
.fa-times::before { content: "\\2717" }
.fa-exclamation-triangle::before { content: "!" }
</style>"""


def folder(path: Path, layer: str) -> Path:
    """The folder of the pages of a layer of a DuckDB file."""
    return path.parent / "data_docs" / layer


def index(path: Path, layer: str) -> Path:
    """The start page."""
    return folder(path, layer) / "index.html"


def add_site(context: EphemeralDataContext, target: Path) -> None:
    """Let the context write its pages to the folder, and nowhere else."""
    for name in list(context.list_data_docs_sites()):
        context.delete_data_docs_site(name)
    context.add_data_docs_site(
        SITE,
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(target),
            },
        },
    )


def build(context: EphemeralDataContext, target: Path) -> None:
    """Write the pages of the context's validations."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    context.build_data_docs(site_names=[SITE])
    shutil.rmtree(target / "static", ignore_errors=True)
    for page in target.rglob("*.html"):
        text = LEFT_OUT.sub("", page.read_text(encoding="utf-8"))
        page.write_text(text.replace("</head>", f"{STYLE}</head>", 1), encoding="utf-8")


def write_index(path: Path, layer: str, outcomes: list[Outcome]) -> None:
    """Write the start page: the generated one needs scripts from the network."""
    target = folder(path, layer)
    rows = []
    for page in sorted(target.glob("validations/**/*.html")):
        title = page.stem.removeprefix("warehouse-")
        judged = [outcome for outcome in outcomes if outcome.suite == title]
        failed = [outcome for outcome in judged if not outcome.passed]
        blocking = sum(outcome.blocks for outcome in failed)
        link = quote(page.relative_to(target).as_posix())
        rows.append(
            f'<tr><td><a href="{link}">{escape(title)}</a></td><td>{len(judged)}</td>'
            f"<td>{len(failed) - blocking}</td><td>{blocking}</td></tr>"
        )
    index(path, layer).write_text(
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Expectations: {layer}</title>{STYLE}</head><body>"
        f"<h1>Expectations: {layer}</h1><table><thead><tr><th>Suite</th><th>Expectations</th>"
        f"<th>Warnings</th><th>Failed</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
        "</body></html>\n",
        encoding="utf-8",
    )
