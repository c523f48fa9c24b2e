"""Write docs/marts.md, layouts.md and other pages from the project's declarations.

`make docs` writes them; with `--check` it writes nothing and exits with 1 when a page
is not up to date.
"""

import re
import sys
from pathlib import Path

import yaml

PROJECT_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT_DIR))

from layouts_page import layouts_page  # noqa: E402
from metrics_page import metrics_page  # noqa: E402

MODELS = PROJECT_DIR / "models"
LACKS = re.compile(r"lacks\(\s*'(\w+)',\s*\[(.*?)\]", re.DOTALL)
ENTITY = re.compile(r"^        '(\w+)': \{", re.MULTILINE)
HEADER = "<!-- Written by `make docs` from the models' YAML: change that, not this. -->"
STATUS = re.compile(r"\*(Accepted|Replaced by [\w.-]+), (\d{4}-\d\d-\d\d)\.\*")


class Undescribed(Exception):
    """A mart that lacks something the pages need; the message says what to write."""


def marts_page() -> str:
    """The marts of both public schemas: grain, key and the questions of their group."""
    lines = ["# Marts", "", HEADER, ""]
    lines += ["What readers find in the published file, by schema and group.", ""]
    groups = {group["name"]: group["description"] for group in _yaml("groups.yml")["groups"]}
    for schema in ("subject", "thematic"):
        lines += [f"## {schema}", ""]
        for folder in sorted(path for path in (MODELS / schema).iterdir() if path.is_dir()):
            models = _marts(folder)
            if folder.name not in groups:
                raise Undescribed(
                    f"models/{schema}/{folder.name} is not a group: add its name and description to"
                    " models/groups.yml, and `+group` to dbt_project.yml"
                )
            lines += [f"### {folder.name}", "", groups[folder.name], ""]
            lines += ["| mart | what one row is, and what to mind | key |", "|---|---|---|"]
            lines += [
                f"| [`{model['name']}`](../models/{schema}/{folder.name}/{model['name']}.yml)"
                f" | {_one_line(model['description'])} | {_key(model)} |"
                for model in models
            ]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def source_matrix_page() -> str:
    """Which source brings which entity, and which of the entity's columns it does not have."""
    project = yaml.safe_load((PROJECT_DIR / "dbt_project.yml").read_text())
    brought = project["vars"]["source_entities"]
    lacking = {source: _lacking(source) for source in brought}
    entities = _entities()
    lines = ["# Which source has which entity", "", HEADER, ""]
    lines += [
        "Rows are the entities of the facts, columns the sources. ● brings every",
        "column that the warehouse knows of the entity, ◐ all but so many; what a source does not",
        "have is null, never zero.",
        "",
        "| entity | " + " | ".join(brought) + " |",
        "|---|" + "---|" * len(brought),
    ]
    for entity in entities:
        cells = (_cell(entity, brought[source], lacking[source]) for source in brought)
        lines.append(f"| {entity} | " + " | ".join(cells) + " |")
    lines += ["", "## What is missing", ""]
    for source in brought:
        missing = {name: columns for name, columns in lacking[source].items() if columns}
        if not missing:
            continue
        lines += [f"### {source}", ""]
        lines += [
            f"- **{entity}**: {', '.join(missing[entity])}"
            for entity in entities
            if entity in missing
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def raw_tables_page() -> str:
    """Every table that can be landed: files, key and columns, required ones marked."""
    lines = ["# Files and their columns", "", HEADER, ""]
    lines += [
        "What can be landed, by source. Files of a table begin with the stem (see",
        "[landing](landing.md)); a file without a **column in bold** is refused, a row without a",
        "value in a column marked † is rejected. The latest of several rows with a key counts; if",
        "parts or values are listed after the key, rows of one file with different parts or values",
        "all count ([decision](decisions/rows-of-one-key.md)).",
        "",
    ]
    for path in sorted((MODELS / "staging").glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text())["sources"]:
            limit = source["config"]["meta"]["reject_limit"]
            lines += [f"## {source['name']}", "", _one_line(source["description"])]
            lines += [f"A file with more than {limit:.0%} rejected rows is refused.", ""]
            lines += ["| table | file stem | key | columns |", "|---|---|---|---|"]
            for table in source["tables"]:
                meta = table["config"]["meta"]
                lines.append(
                    f"| {table['name']} | `{meta.get('files', table['name'])}`"
                    f" | {_raw_key(meta)} | {', '.join(map(_column, table['columns']))} |"
                )
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _raw_key(meta: dict) -> str:
    """The key of a raw table, and the columns that distinguish rows of one key."""
    told_apart = [", ".join(meta["key"])]
    for name in ("parts", "values"):
        if columns := meta.get(name):
            listed = "every row" if columns == "all" else ", ".join(columns)
            told_apart.append(f"{name}: {listed}")
    return "; ".join(told_apart)


def decisions_page() -> str:
    """Every decision with its status and day, from the first lines of its file."""
    written = HEADER.replace("the models' YAML", "their first lines")
    lines = ["# Decisions", "", written, ""]
    lines += [
        "Decisions, their reasons and consequences. One that no longer holds stays and names",
        "its replacement.",
        "",
        "| decision | status | day |",
        "|---|---|---|",
    ]
    for path in sorted((PROJECT_DIR / "docs" / "decisions").glob("*.md")):
        if path.name == "README.md":
            continue
        title, _, status = path.read_text().splitlines()[:3]
        match = STATUS.fullmatch(status)
        if not title.startswith("# ") or match is None:
            raise Undescribed(
                f"docs/decisions/{path.name} does not begin with `# title`, an empty line and"
                " `*Accepted, 2026-01-31.*` (or `*Replaced by name.md, …*`)"
            )
        lines.append(f"| [{title[2:]}]({path.name}) | {match[1]} | {match[2]} |")
    return "\n".join(lines) + "\n"


def known_layouts_page() -> str:
    """Every layout of a platform's export."""
    return layouts_page(HEADER.replace("the models' YAML", "ingest/layouts/"))


def known_metrics_page() -> str:
    """Every metric, and how to ask it."""
    return metrics_page(HEADER.replace("the models' YAML", "models/semantic/"))


PAGES = {
    "docs/metrics.md": known_metrics_page,
    "docs/layouts.md": known_layouts_page,
    "docs/decisions/README.md": decisions_page,
    "docs/marts.md": marts_page,
    "docs/raw_tables.md": raw_tables_page,
    "docs/source_matrix.md": source_matrix_page,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which are not up to date; the exit code."""
    try:
        texts = {page: text() for page, text in PAGES.items()}
    except Undescribed as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    stale = [
        page
        for page, text in texts.items()
        if not (PROJECT_DIR / page).exists() or (PROJECT_DIR / page).read_text() != text
    ]
    if arguments == ["--check"]:
        for page in stale:
            print(f"{page} is not up to date: run `make docs`", file=sys.stderr)
        return 1 if stale else 0
    for page in stale:
        (PROJECT_DIR / page).write_text(texts[page])
        print(f"wrote {page}")
    return 0


def _marts(folder: Path) -> list[dict]:
    """The marts of a folder, from their YAML files."""
    shown = folder.relative_to(MODELS.parent).as_posix()
    described = {
        model["name"]: model
        for path in sorted(folder.glob("*.yml"))
        for model in ((yaml.safe_load(path.read_text()) or {}).get("models") or [])
    }
    for path in sorted(folder.glob("*.sql")):
        if path.stem not in described:
            raise Undescribed(
                f"{path.stem} is not described: write {shown}/{path.stem}.yml with its description"
                " (what one row is), its columns with types, and a test of its key"
            )
        if not described[path.stem].get("description"):
            raise Undescribed(
                f"{path.stem} has no description: say in {shown}/{path.stem}.yml what one row is"
            )
    for name in described:
        if not (folder / f"{name}.sql").exists():
            raise Undescribed(f"{shown} describes {name}, and there is no {name}.sql in it")
    return list(described.values())


def _yaml(name: str) -> dict:
    return yaml.safe_load((MODELS / name).read_text())


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _column(column: dict) -> str:
    meta = column.get("config", {}).get("meta", {})
    if meta.get("required"):
        return f"**{column['name']}** †"
    return f"**{column['name']}**" if meta.get("required_column") else column["name"]


def _key(model: dict) -> str:
    for test in model.get("data_tests") or []:
        if isinstance(test, dict) and "unique_combination" in test:
            return ", ".join(
                f"`{name}`" for name in test["unique_combination"]["arguments"]["columns"]
            )
    for column in model.get("columns") or []:
        for test in column.get("data_tests") or []:
            name = test if isinstance(test, str) else next(iter(test))
            if name in ("unique", "primary_key"):
                return f"`{column['name']}`"
    raise Undescribed(
        f"{model['name']} has no key: put `data_tests: [unique]` on its key's column, or"
        " `unique_combination` with the columns of its key on the model, in"
        f" {model['name']}.yml beside it"
    )


def _entities() -> list[str]:
    return [
        entity
        for subject in ("trade", "customer", "product", "logistics", "service", "marketing")
        for entity in ENTITY.findall((PROJECT_DIR / f"macros/columns/{subject}.sql").read_text())
    ]


def _lacking(source: str) -> dict[str, list[str]]:
    """Entity → the columns that a source's staging models write as typed nulls."""
    return {
        entity: re.findall(r"'(\w+)'", names)
        for path in sorted((MODELS / "staging" / source).glob("*.sql"))
        for entity, names in LACKS.findall(path.read_text())
    }


def _cell(entity: str, brought: list[str], lacking: dict[str, list[str]]) -> str:
    if entity not in brought:
        return ""
    return f"◐ {len(lacking[entity])}" if lacking.get(entity) else "●"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
