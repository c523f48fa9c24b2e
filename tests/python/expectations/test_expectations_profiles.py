"""Measured columns of a table with no, some or wrong declarations."""

from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest
from raw_batches import DAY

from expectations.profiles import Profile, profile_of
from expectations.runner import run
from ingest.declarations import load_sources
from ingest.errors import LandingError
from ingest.landing import land

INVENTED = """
version: 2
sources:
  - name: bazaar
    schema: raw
    config: {meta: {reject_limit: 0.05}}
    tables:
      - name: sales
        identifier: bazaar_sales
        config: {meta: {key: [sale_id]MEASURED}}
        columns:
          - {name: sale_id, data_type: varchar, config: {meta: {required: true}}}
          - {name: sale_currency, data_type: varchar}
          - {name: note, data_type: varchar}
          - {name: is_gift, data_type: boolean}
          - {name: shipped_on, data_type: date}
          - {name: sold_at, data_type: timestamp}
          - {name: pieces, data_type: integer}
          - {name: price, data_type: "decimal(18, 4)"}
          - {name: is_deleted, data_type: boolean}
"""


def invented(folder, measured=""):
    path = folder / "models" / "staging" / "bazaar" / "_bazaar__sources.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(INVENTED.replace("MEASURED", measured and f", measured: {measured}"))
    (source,) = load_sources(["bazaar"], folder)
    return source.tables[0]


def test_defaults_follow_from_names_and_types(tmp_path):
    table = invented(tmp_path)
    usual = Profile(("sold_at",), ("sale_currency", "is_gift"), ("price",), ("sale_id",))
    assert profile_of(table) == usual
    without = replace(table, columns=tuple(c for c in table.columns if c.name != "sold_at"))
    assert profile_of(without).times == ("shipped_on",)
    without = replace(table, columns=table.columns[:4])
    assert (profile_of(without).times, profile_of(without).amounts) == ((), ())


def test_declared_settings_override_the_defaults(tmp_path):
    said = "{categories: [note], amounts: [], times: [shipped_on, sold_at], is_planned: true}"
    assert profile_of(invented(tmp_path, said)) == Profile(
        ("shipped_on", "sold_at"), ("note",), (), ("sale_id",), is_planned=True
    )
    assert profile_of(invented(tmp_path, "{times: []}")).times == ()
    said = "{replaced_by: [_source_file, _source_row]}"
    assert profile_of(invented(tmp_path, said)).replaced_by == ("_source_file", "_source_row")


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        ("{time: [sold_at]}", "sales: measured knows no 'time'; it takes times, categories"),
        ("{times: [sold]}", "sales: measured.times names sold, which is not one of its columns"),
        ("{times: [note]}", "sales: measured.times names note, which is varchar; it can be"),
        ("{amounts: [note]}", "measured.amounts names note, which is varchar"),
        ("{categories: [price]}", "measured.categories names price, which is decimal"),
        (
            "{replaced_by: [sale]}",
            "measured.replaced_by names sale, which is not one of its columns",
        ),
    ],
)
def test_a_setting_that_cannot_be_measured_is_reported(tmp_path, measured, words):
    with pytest.raises(
        LandingError, match=r"^models/staging/bazaar/_bazaar__sources.yml: "
    ) as said:
        profile_of(invented(tmp_path, measured))
    assert words in str(said.value)


def test_a_new_source_is_judged_without_extra_configuration(tmp_path, monkeypatch):
    """Landing and expectations know an invented table from its declaration alone."""
    table = invented(tmp_path)
    for module in ("ingest.landing", "expectations.runner"):
        monkeypatch.setattr(
            f"{module}.load_sources", lambda _names: load_sources(["bazaar"], tmp_path)
        )
    folder = tmp_path / "landing" / "bazaar" / "sales"
    folder.mkdir(parents=True)
    for ago in range(28, -1, -1):
        day = DAY - timedelta(days=ago)
        price = 10 if ago else 10_000
        lines = [f"{day}-{n},EUR,any {n} words,{day} 09:00:00,{price}" for n in range(60)]
        text = "\n".join(["sale_id,sale_currency,note,sold_at,price", *lines])
        (folder / f"{day}.csv").write_text(text + "\n")
    land(["bazaar"], tmp_path / "landing", tmp_path)
    outcomes = run("raw", tmp_path / "build" / "warehouse.duckdb", ["bazaar"])
    assert table.raw_name == "bazaar_sales"
    assert {(one.rule, one.blocks) for one in outcomes if not one.passed} == {
        ("amounts", True),
        ("amounts", False),
    }
    with duckdb.connect(str(tmp_path / "build" / "warehouse.duckdb")) as con:
        measured = con.execute(
            "select distinct column_name from operations.batch_measures where rule = 'drift'"
        ).fetchall()
    assert sorted(measured) == [("is_gift",), ("sale_currency",)]
