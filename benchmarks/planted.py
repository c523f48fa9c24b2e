"""What is planted in the sample brand beside what the marts find, over several seeds.

    .venv/bin/python -m benchmarks.planted --seeds 1,2,3 --scale 0.5

Builds the brand for each seed in a temporary folder (about two minutes each at SCALE=0.5) and
prints the tables of docs/planted.md. A placebo is something that the generator leaves to chance:
of what the marts call more than chance, a few in a hundred are.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

import duckdb

from ingest.landing import land
from ingest.sample_brand import Options, generate
from ingest.sample_brand.generator import SQL
from orchestration import steps
from orchestration.project import PROJECT_DIR, Warehouse

DAYS = 730
MARTS = ("lifecycle_products", "basket_pairs", "product_audience", "product_feedback")
# Masks go with serums, sprays with bedding: half of all second lines are of the neighbour.
NEIGHBOURS = {(1, 2), (3, 4), (5, 6)}
Z = 1.959964


def main() -> int:
    """Print all tables; exit code 1 when a build fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="1,2,3", help="comma-separated (default: 1,2,3)")
    parser.add_argument("--scale", type=float, default=0.5, help="of the brand (default: 0.5)")
    given = parser.parse_args()
    found: dict[str, dict[str, list[tuple]]] = defaultdict(lambda: defaultdict(list))
    for seed in map(int, given.seeds.split(",")):
        with tempfile.TemporaryDirectory(prefix="planted-") as folder:
            build(seed, given.scale, Path(folder))
            with connection(seed, Path(folder)) as con:
                for title, rows in compared(con):
                    for name, *figures in rows:
                        found[title][name].append(tuple(figures))
    for title, rows in found.items():
        report(title, rows)
    return 0


def build(seed: int, scale: float, folder: Path) -> None:
    """Generate, land and build the marts of one seed."""
    print(f"seed {seed}: generate, land, build", file=sys.stderr, flush=True)
    landing, sources = folder / "landing", sorted(steps.project.SAMPLE_SOURCES)
    options = Options(landing_dir=landing, warehouse_dir=folder, scale=scale, seed=seed, days=DAYS)
    generate(options, say=lambda _: None)
    land(sources, landing, folder)
    warehouse = Warehouse(folder, landing, tuple(sources))
    kinds = ("--resource-type", "seed", "--resource-type", "model")
    selected = ("--select", *(f"+{mart}" for mart in MARTS))
    done = subprocess.run(
        [Path(sys.executable).parent / "dbt", "--quiet", "build", *kinds, *selected],
        cwd=PROJECT_DIR,
        env=os.environ | warehouse.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"seed {seed}: the build failed:\n{done.stdout[-3000:]}")


def connection(seed: int, folder: Path) -> duckdb.DuckDBPyConnection:
    """The working file, with the generator's own products and their odds beside it."""
    con = duckdb.connect()
    con.execute(f"attach '{folder / 'build' / 'warehouse.duckdb'}' as built (read_only)")
    con.execute(f"set variable seed = {seed}; set variable days = {DAYS}")
    for name in ("macros", "products"):
        con.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
    con.execute("""
        create temp table planted as
        select skus.*, dim_products.product_key
        from skus inner join built.subject.dim_products using (sku_id)
    """)
    return con


def compared(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[tuple]]]:
    """Title and rows of each table: name, planted, how many were found, of how many."""
    yield "Shares of a category by quarter", shares(con)
    yield "Products that fade or grow, by their stage in any month", stages(con)
    yield "Rated low, share of product months with five reviews", ratings(con)
    yield "Pairs of products whose lift is above 1 for certain", pairs(con)
    yield "Placebo: buyers that differ by weekday, hour, gender", audiences(con)


def shares(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    """How many planted shares of a product in its category lie within the interval found."""
    rows = con.execute("""
        with sold as (
            select planted.category_no, planted.sku_no,
                datediff('day', date '2024-07-01', lines.ordered_date) // 91 as quarter_no,
                count(*) as sold
            from built.subject.fct_order_lines as lines
            inner join planted using (product_key)
            where not lines.is_gift and planted.early_weight + planted.late_weight > 0
            group by all
        )
        select sold.sold, sum(sold.sold) over (partition by sold.category_no, sold.quarter_no),
            odds.share
        from sold
        inner join (
            select quarter_no, category_no, sku_no, count(*) / 256 as share
            from sku_draws group by all
        ) as odds using (quarter_no, category_no, sku_no)
    """).fetchall()
    within = 0
    for sold, of_all, odds in rows:
        low, high = wilson(sold, of_all)
        within += low <= odds <= high
    return [("planted shares within the 95 % interval found", 0.95, within, len(rows))]


def stages(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Share of the months of each kind of product in which the mart says decline or growth."""
    rows = con.execute("""
        select case
                when early_weight >= 10 * late_weight then 'fades to a twelfth'
                when early_weight = 0 then 'launched, and grows'
                when early_weight = late_weight then 'placebo: stays as it is'
                else 'changes a little'
            end as kind,
            count(*) filter (stage = 'decline'), count(*) filter (stage = 'growth'), count(stage)
        from built.thematic.lifecycle_products inner join planted using (product_key)
        where early_weight + late_weight > 0 and stage <> 'introduction'
        group by kind order by kind
    """).fetchall()
    planted = {"fades to a twelfth": "decline", "launched, and grows": "growth"}
    told = []
    for kind, declines, growths, months in rows:
        told.append((f"{kind}: decline", planted.get(kind) == "decline", declines, months))
        told.append((f"{kind}: growth", planted.get(kind) == "growth", growths, months))
    return told


def ratings(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Share of product months that are called rated low, by the goodness of the product."""
    rows = con.execute("""
        select goodness, count(*) filter (is_rated_low), count(*)
        from built.thematic.lifecycle_products inner join planted using (product_key)
        where review_count >= 5 group by goodness order by goodness
    """).fetchall()
    return [
        (f"goodness {goodness} of 5", goodness < 4, low, months) for goodness, low, months in rows
    ]


def pairs(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Of the pairs of two categories: those whose lift is above 1 with 95 % confidence."""
    counted: dict[bool, list[int]] = {True: [0, 0], False: [0, 0]}
    for one, other, sure, of_all in con.execute("""
        select a.category_no, b.category_no, count(*) filter (lift_low > 1), count(*)
        from built.thematic.basket_pairs as pairs
        inner join planted as a using (product_key)
        inner join planted as b on pairs.other_product_key = b.product_key
        where a.category_no < b.category_no group by all
    """).fetchall():
        of_kind = counted[(one, other) in NEIGHBOURS]
        of_kind[0] += sure
        of_kind[1] += of_all
    names = {True: "of neighbour categories", False: "placebo: of other categories"}
    return [(names[kind], kind, *counts) for kind, counts in counted.items()]


def audiences(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Shares of buyers that are called larger than the others' by more than chance."""
    rows = con.execute("""
        select dimension_code, count(*) filter (affinity_low > 1), count(*)
        from built.thematic.product_audience
        where dimension_code in ('weekday', 'part_of_day', 'gender') and order_count >= 20
        group by dimension_code order by dimension_code
    """).fetchall()
    return [(code, 0.025, sure, of_all) for code, sure, of_all in rows]


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson's interval of a share with 95 % confidence."""
    if not whole:
        return 0.0, 1.0
    middle = (part + Z * Z / 2) / (whole + Z * Z)
    half = Z / (whole + Z * Z) * sqrt(part * (whole - part) / whole + Z * Z / 4)
    return middle - half, middle + half


def report(title: str, rows: dict[str, list[tuple]]) -> None:
    """Print a table: the planted value, and what each seed and all together found."""
    seeds = max(len(figures) for figures in rows.values())
    print(f"\n### {title}\n")
    print("| | planted |" + " seed |" * seeds + " all | 95 % interval |")
    print("|---|---|" + "---:|" * seeds + "---:|---|")
    for name, figures in rows.items():
        planted = figures[0][0]
        told = planted if not isinstance(planted, bool) else "yes" if planted else "no"
        each = [f"{part / whole:.1%} of {whole:,}" if whole else "–" for _, part, whole in figures]
        part, whole = (sum(one[place] for one in figures) for place in (1, 2))
        low, high = wilson(part, whole)
        cells = [str(told), *each, f"{part / whole:.1%}" if whole else "–"]
        print(f"| {name} | " + " | ".join(cells) + f" | {low:.1%} to {high:.1%} |")


if __name__ == "__main__":
    sys.exit(main())
