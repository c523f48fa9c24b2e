"""The sample brand, from raw files to what readers open."""

import hashlib
import json
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[3]


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
        parquet = sample_brand.folder / "published" / "parquet" / schema / f"{table}.parquet"
        different = sample_brand.query(
            f"(from {name} except all from '{parquet}') union all"
            f" (from '{parquet}' except all from {name})"
        )
        assert not different, name


def test_the_marts_hold_something(sample_brand):
    empty = {
        table["name"]
        for table in json.loads(
            (sample_brand.folder / "published" / "publication.json").read_text()
        )["tables"]
        if not table["rows"]
    }
    assert empty == set()


def test_published_columns_carry_their_descriptions(sample_brand):
    (share,) = sample_brand.query(
        "select count(comment) * 1.0 / count(*) from duckdb_columns() where not internal"
    )[0]
    assert share == 1


def test_what_landed_and_what_did_not_is_counted(sample_brand):
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


def test_accounts_of_people_are_all_there(sample_brand):
    """But for those that were deleted and that no order, refund or ticket names."""
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


@pytest.mark.parametrize("kind", ["phone", "email", "nickname", "address", "receiver_name"])
def test_personal_data_stays_behind(sample_brand, kind):
    """No published text holds a raw phone, e-mail, name or street address."""
    column = f"select distinct {kind} as value from raw." + (
        "orders" if kind == "receiver_name" else "accounts"
    )
    secrets = {
        value
        for (value,) in sample_brand.working_query(f"from ({column}) where length(value) >= 5")
    }
    if kind not in ("nickname", "receiver_name"):
        assert len(secrets) > 100
    texts = sample_brand.query(
        "select schema_name || '.' || table_name, column_name from duckdb_columns()"
        " where data_type = 'VARCHAR' and not internal"
    )
    for table, name in texts:
        values = {
            value
            for (value,) in sample_brand.query(
                f"select distinct {name} from {table} where {name} is not null"
            )
        }
        assert not values & secrets, f"{table}.{name} holds a raw {kind}"


def test_dbt_unit_tests_pass(sample_brand):
    """A build leaves them out: they are about the models' text, not about the day's data."""
    tested = sample_brand.dbt("test", "--select", "test_type:unit")
    assert tested.returncode == 0, tested.stdout[-5000:]
    assert "ERROR=0" in tested.stdout and "PASS=0" not in tested.stdout
