"""Write docs/fact_matrix.md: which source fills which column of which fact.

    python docs/fact_matrix.py data/published/warehouse.duckdb another.duckdb …

reads published files, together of all sources, and writes the page. Tests compare the page with
what they built.
"""

import sys
from pathlib import Path

import duckdb
import yaml

PAGE = Path(__file__).with_name("fact_matrix.md")
PROJECT = yaml.safe_load(PAGE.parents[1].joinpath("dbt_project.yml").read_text(encoding="utf-8"))
SOURCES = tuple(PROJECT["vars"]["source_entities"])
MARK = "●"
# Its rows are errors in a source's files, not data of the source.
LEFT_OUT = {"fct_unmatched_references"}
INTRODUCTION = """# Which source fills which column

<!-- `python docs/fact_matrix.py` writes this page from published files of all sources.
     Without files of all of them, add the line of a new column by hand. -->

Facts whose rows come from one source each. ● marks a column that rows of the source fill; what is
not marked is null there, for the source does not say it. A fact's rows may owe a column to another
source: what a parcel costs stands in `wms` and fills the rows of `oms`. Each mark is tied to the
raw rows by a test; facts of several sources at once (`fct_sales_daily`, `fct_stock_ledger`,
`fct_identity_events`) are in [data_quality.md](data_quality.md). `fct_unmatched_references` is
about what files lack, and is not here.
"""

Cell = tuple[str, str, str]


def filled(published: Path) -> tuple[dict[str, list[str]], set[Cell]]:
    """Columns of every fact that names its source; the (fact, column, source) with values."""
    with duckdb.connect(str(published), read_only=True) as connection:
        facts: dict[str, list[str]] = {}
        for fact, column in connection.execute(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name = 'subject' order by table_name, column_index"
        ).fetchall():
            facts.setdefault(fact, []).append(column)
        facts = {
            fact: [column for column in columns if column != "source"]
            for fact, columns in facts.items()
            if "source" in columns and fact not in LEFT_OUT
        }
        cells = set()
        for fact, columns in facts.items():
            counts = ", ".join(f'count("{column}")' for column in columns)
            for source, *values in connection.execute(
                f"select source, {counts} from subject.{fact} group by source"
            ).fetchall():
                cells |= {
                    (fact, column, source)
                    for column, count in zip(columns, values, strict=True)
                    if count
                }
    return facts, cells


def page(facts: dict[str, list[str]], cells: set[Cell]) -> str:
    """A table per fact: its columns, and the sources that bring rows of it."""
    lines = [INTRODUCTION]
    for fact, columns in sorted(facts.items()):
        sources = [
            source for source in SOURCES if any((fact, one, source) in cells for one in columns)
        ]
        lines += [f"## {fact}", "", f"| column | {' | '.join(sources)} |"]
        lines.append("|---|" + "---|" * len(sources))
        lines += [
            f"| {column} | "
            + " | ".join(MARK if (fact, column, source) in cells else "" for source in sources)
            + " |"
            for column in columns
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def cells_of(text: str) -> set[Cell]:
    """The marks in a page."""
    cells, fact, sources = set(), "", []
    for line in text.splitlines():
        parts = [part.strip() for part in line.strip("|").split("|")]
        if line.startswith("## "):
            fact = line[3:]
        elif line.startswith("| column |"):
            sources = parts[1:]
        elif line.startswith("| "):
            cells |= {
                (fact, parts[0], source)
                for source, mark in zip(sources, parts[1:], strict=True)
                if mark == MARK
            }
    return cells


def main() -> int:
    """Write the page from the given files."""
    files = [Path(name) for name in sys.argv[1:]]
    if not files or any(not path.is_file() for path in files):
        print(__doc__, file=sys.stderr)
        return 2
    facts: dict[str, list[str]] = {}
    cells: set[Cell] = set()
    for path in files:
        columns, found = filled(path)
        facts |= columns
        cells |= found
    PAGE.write_text(page(facts, cells), encoding="utf-8")
    print(f"wrote {PAGE.name}: {len(cells)} marks")
    return 0


if __name__ == "__main__":
    sys.exit(main())
