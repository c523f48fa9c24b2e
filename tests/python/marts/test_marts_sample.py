"""The sample brand, from raw files to the published files."""

import hashlib
import json
import re
from pathlib import Path

import duckdb
import fact_matrix
import yaml

PROJECT = Path(__file__).resolve().parents[3]
# Pre-sales come twice a year: their deposits are in the two years of the whole sample.
TAKES_LONGER = {
    ("fct_orders", "deposit_amount", "oms"),
    ("fct_order_timeline", "deposit_paid_at", "oms"),
    ("fct_order_timeline", "ordered_to_deposit_hours", "oms"),
    ("fct_order_timeline", "deposit_to_paid_hours", "oms"),
}

# What only downloads of platforms fill: the sample brand has none.
WITHOUT_DOWNLOADS = {
    "fct_money_files",
    "fct_money_movements",
    "margin_fees",
    "margin_line_fees",
    "month_open_amounts",
}


def cells_of_the_page() -> set[fact_matrix.Cell]:
    """The marks of docs/fact_matrix.md."""
    return fact_matrix.cells_of(fact_matrix.PAGE.read_text(encoding="utf-8"))


def marts() -> set[str]:
    """Every mart that the project has a model for."""
    return {
        f"{layer}.{path.stem}"
        for layer in ("subject", "thematic")
        for path in (PROJECT / "models" / layer).rglob("*.sql")
    }


def published_content(brand) -> dict[str, str]:
    """A fingerprint of every published table: its rows in a fixed order."""
    with duckdb.connect(str(brand.published_file), read_only=True) as con:
        names = con.execute(
            "select schema_name || '.' || table_name from duckdb_tables() order by all"
        ).fetchall()
        return {
            name: hashlib.sha256(
                repr(con.execute(f"select * from {name} order by all").fetchall()).encode()
            ).hexdigest()
            for (name,) in names
        }


def test_every_mart_is_published_in_both_forms(sample_brand):
    published = published_content(sample_brand)
    views = sample_brand.query(
        "select schema_name || '.' || view_name from duckdb_views() where not internal"
    )
    # Its rows would be many and say nothing that the ledger does not.
    assert views == [("subject.fct_stock_daily",)]
    assert set(published) == marts() - {"subject.fct_stock_daily"}
    for name in published:
        schema, table = name.split(".")
        place = sample_brand.folder / "published" / "parquet" / schema / table
        # Facts with a day are cut by month.
        files = f"{place}/*/*.parquet" if place.is_dir() else f"{place}.parquet"
        parquet = f"read_parquet('{files}', hive_partitioning = false)"
        different = sample_brand.query(
            "select * exclude (_side) from ("
            f"select *, 1 as _side from {name} union all select *, -1 as _side from {parquet}"
            ") group by all having sum(_side) <> 0"
        )
        assert not different, name


def test_no_mart_is_empty(sample_brand):
    empty = {
        table["name"]
        for table in json.loads(
            (sample_brand.folder / "published" / "publication.json").read_text()
        )["tables"]
        if not table["rows"]
    }
    assert empty == WITHOUT_DOWNLOADS


def test_published_columns_carry_their_descriptions(sample_brand):
    (share,) = sample_brand.query(
        "select count(comment) * 1.0 / count(*) from duckdb_columns() where not internal"
    )[0]
    assert share == 1


def test_landed_and_rejected_rows_are_counted(sample_brand):
    logged = sample_brand.working_query(
        "select sum(rows_read), sum(rows_landed), sum(rows_rejected) from raw.load_log"
        " where status = 'landed'"
    )[0]
    (rejected,) = sample_brand.working_query("select count(*) from raw.rejected_rows")[0]
    assert logged[0] == logged[1] + logged[2]
    assert logged[2] == rejected > 0


def test_building_again_lands_nothing_and_changes_nothing(sample_brand):
    before = published_content(sample_brand)
    batches = sample_brand.working_query("select count(*) from raw.load_log")
    target = sample_brand.published_file.resolve()
    sample_brand.build()
    assert sample_brand.published_file.resolve() != target
    assert sample_brand.working_query("select count(*) from raw.load_log") == batches
    assert published_content(sample_brand) == before


def test_every_account_of_every_person_is_there(sample_brand):
    """Except deleted ones that no order, refund or ticket names."""
    truth = sample_brand.folder / "sample_brand_truth" / "account_person.csv"
    missing = sample_brand.query(
        f"select platform, account_id from read_csv('{truth}', all_varchar=true) as truth"
        " anti join subject.dim_accounts as accounts"
        " on truth.platform = accounts.platform_code and truth.account_id = accounts.account_id"
    )
    deleted = sample_brand.working_query(
        "select platform, account_id from raw.accounts where is_deleted"
    )
    assert set(missing) <= set(deleted)


def test_the_fact_matrix_matches_the_sample(sample_brand):
    """And a test on raw rows names each column; what takes more than 70 days is not filled here."""
    _, cells = fact_matrix.filled(sample_brand.published_file)
    sources = set(sample_brand.sources.split(","))
    marked = {cell for cell in cells_of_the_page() if cell[2] in sources}
    assert cells <= marked, (
        f"filled, and without a mark in docs/fact_matrix.md: {sorted(cells - marked)}"
    )
    assert marked - cells <= TAKES_LONGER, (
        f"marked in docs/fact_matrix.md, and never filled: {sorted(marked - cells - TAKES_LONGER)}"
    )
    recomputed = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("marts", "pipeline")
        for path in (Path(__file__).parents[1] / folder).glob("*.py")
    )
    untied = {
        (fact, column)
        for fact, column, _ in marked
        if not re.search(rf"\b{column}\b", recomputed) and not column.endswith("_key")
    }
    assert not untied, (
        f"no test names these columns, tie them to the raw rows: {sorted(untied)}; TIES of"
        " tests/python/marts/test_marts_ties_*.py has a query for each fact"
    )


def test_dbt_unit_tests_pass(sample_brand):
    """A build skips them: they check the models' SQL, not the day's data."""
    tested = sample_brand.dbt("test", "--select", "test_type:unit")
    assert tested.returncode == 0, tested.stdout[-5000:]
    assert "ERROR=0" in tested.stdout and "PASS=0" not in tested.stdout


def test_every_column_documented_as_not_null_refuses_nulls(sample_brand):
    said = {
        (layer, model["name"], column["name"])
        for layer in ("subject", "thematic")
        for path in (PROJECT / "models" / layer).rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
        for column in model.get("columns", [])
        if {"type": "not_null"} in column.get("constraints", [])
    }
    refusing = sample_brand.working_query(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where schema_name in ('subject', 'thematic') and not is_nullable"
    )
    assert len(said) > 300
    assert set(refusing) == said
