"""A changed header, learned: the nearest layout gets a vintage, which a person reviews.

`python -m ingest layout learn FILE` writes ingest/layouts/vintages/<layout>-<number>.yml with the
columns that seem renamed; what it cannot tell is left to fill in.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from ingest import probe
from ingest.errors import FileRefused, LandingError
from ingest.exports.layouts import LAYOUTS_DIR, Layout, layouts
from ingest.exports.recognition import Difference, Header, nearest, recognise, renames
from ingest.exports.sheets import rows_of_sheets
from ingest.exports.text_body import rows_for_recognition


@dataclass(frozen=True)
class Seen:
    """What a file's header is: a known one, and how it differs from its, or the nearest, layout.

    A known header without renamed columns has no difference.
    """

    header: Header | None
    difference: Difference | None


def look_at(path: Path) -> Seen:
    """Recognise a file; raises LandingError when it cannot be read or is like no layout."""
    try:
        with open(path, "rb") as file:
            head = file.read(probe.HEAD_BYTES)
        is_text = probe.looks_like(head) is None
        tables = [rows_for_recognition(path)] if is_text else rows_of_sheets(path)
    except OSError as error:
        raise LandingError(f"{path} cannot be read: {error.strerror}") from error
    except FileRefused as refusal:
        raise LandingError(f"{path}: {refusal}") from refusal
    for rows in tables:
        try:
            header = recognise(rows)
        except FileRefused:
            continue
        difference = renames(header)
        return Seen(header, difference if difference.renamed else None)
    found = [difference for rows in tables if (difference := nearest(rows))]
    if not found:
        raise LandingError(
            f"{path} is like no known layout: describe it in ingest/layouts/ (docs/exports.md)"
        )
    return Seen(None, found[0])


def vintage_of(difference: Difference) -> dict:
    """The vintage to review: header names and what they are now, and new names not read."""
    renamed = dict(difference.renamed)
    new = [name for name in difference.new if name not in renamed.values()]
    return {"layout": difference.layout.name, "renamed": renamed, "also": new}


def write_vintage(difference: Difference, folder: Path = LAYOUTS_DIR) -> Path:
    """Write the vintage beside the layouts; raises LandingError when a needed name is unknown."""
    layout = difference.layout
    lost = [name for name in difference.missing if name not in difference.renamed]
    if lost:
        raise LandingError(
            f"the nearest layout is {layout.name}, and nothing in the header is like"
            f" {', '.join(lost)}: without these the file cannot be read. Export it with all columns"
        )
    vintages = folder / "vintages"
    vintages.mkdir(exist_ok=True)
    number = 1 + sum(1 for _ in vintages.glob(f"{layout.name}-*.yml"))
    path = vintages / f"{layout.name}-{number}.yml"
    text = yaml.safe_dump(vintage_of(difference), allow_unicode=True, sort_keys=False)
    path.write_text(
        "# Review before it counts: is each new name what the old one was?\n" + text,
        encoding="utf-8",
    )
    return path


def described(layout: Layout) -> str:
    """A line for the list of layouts."""
    return f"{layout.name:32} {layout.kind:12} {layout.platform:14} {layout.title}"


def known_layouts() -> list[Layout]:
    """All layouts, by platform and name."""
    return sorted(layouts().values(), key=lambda one: (one.platform, one.kind, one.name))
