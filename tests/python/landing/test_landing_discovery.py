"""Which file goes to which table."""

import os

import pytest

from ingest.declarations import Source, Table, declared_source_files, load_sources
from ingest.discovery import discover, natural_key

ALL_SOURCES = list(declared_source_files())


@pytest.fixture
def shared_out(tmp_path):
    """Create empty files and return the names taken per table, and those without a table."""

    def shared(names: list[str], sources: list[str]) -> tuple[dict[str, list[str]], list[str]]:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        found = discover(load_sources(sources), tmp_path, set(ALL_SOURCES))
        taken = {
            table.raw_name: [file.name for file in files]
            for table, files in found.files.items()
            if files
        }
        return taken, found.not_taken

    return shared


@pytest.mark.parametrize(
    "name",
    [
        "orders.csv",
        "orders_2024.csv",
        "orders-2024.tsv",
        "orders.2024.txt",
        "orders2024.jsonl",
        "Orders_export.NDJSON",
        "orders.parquet",
        "orders_订单.xlsx",
        "orders (1).csv",
        "orders[1].csv",
        "orders.csv.gz",
        "orders/a.csv",
        "orders/2024/01/anything at all.csv",
    ],
)
def test_a_stem_a_separator_and_a_known_ending_belong_to_the_table(shared_out, name):
    assert shared_out([f"oms/{name}"], ["oms"]) == ({"orders": [f"oms/{name}"]}, [])


def test_the_longest_stem_wins(tmp_path):
    def table(stem: str) -> Table:
        return Table("shop", stem, stem, stem, (), (), 0.05, "")

    for name in ("order_lines_2024.csv", "order_2024.csv", "order_lines.csv"):
        (tmp_path / "shop").mkdir(exist_ok=True)
        (tmp_path / "shop" / name).touch()
    source = Source("shop", (table("order"), table("order_lines")))
    found = discover([source], tmp_path, {"shop"})
    names = {one.name: [file.path.name for file in files] for one, files in found.files.items()}
    assert names == {
        "order": ["order_2024.csv"],
        "order_lines": ["order_lines.csv", "order_lines_2024.csv"],
    }


@pytest.mark.parametrize(
    "name", ["ordersx.csv", "my_orders.csv", "orders.pdf", "orders", "orders.parquet.gz", "x/a.csv"]
)
def test_other_names_are_ignored(shared_out, name):
    shown = "oms/x/" if name == "x/a.csv" else f"oms/{name}"
    assert shared_out([f"oms/{name}"], ["oms"]) == ({}, [shown])


@pytest.mark.parametrize(
    "name", [".orders.csv", "orders.csv.tmp", "orders.csv.part", "~$orders.xlsx", "orders/.x.csv"]
)
def test_unfinished_and_hidden_files_are_ignored(shared_out, name):
    assert shared_out([f"oms/{name}"], ["oms"]) == ({}, [])


def test_files_come_in_natural_order(shared_out):
    names = ["oms/orders/part10.csv", "oms/orders/part9.csv", "oms/orders/part1.csv"]
    taken, _ = shared_out(names, ["oms"])
    assert taken["orders"] == [names[2], names[1], names[0]]
    assert sorted(["b2", "a", "b10", "10", "9"], key=natural_key) == ["9", "10", "a", "b2", "b10"]


def test_loose_files_go_to_the_only_table_that_matches(shared_out):
    taken, not_taken = shared_out(
        ["orders.csv", "shipments.csv", "oms/orders.csv", "notes.csv"], ["oms", "wms"]
    )
    assert taken == {"orders": ["oms/orders.csv", "orders.csv"], "shipments": ["shipments.csv"]}
    assert not_taken == ["notes.csv"]


def test_one_source_without_a_folder_reads_the_landing_folder_itself(shared_out):
    taken, not_taken = shared_out(["2011-01-04.csv", "more/2011-01-05.csv"], ["online_retail"])
    assert taken == {"online_retail_invoices": ["2011-01-04.csv", "more/2011-01-05.csv"]}
    assert not_taken == []


def test_any_file_of_an_any_name_source_stays_in_its_folder(shared_out):
    taken, not_taken = shared_out(["online_retail/a.csv", "b.csv"], ["online_retail", "oms"])
    assert taken == {"online_retail_invoices": ["online_retail/a.csv"]}
    assert not_taken == ["b.csv"]


def test_folders_of_declared_sources_that_are_off_are_left_alone(shared_out):
    taken, not_taken = shared_out(["oms/orders.csv", "wms/shipments.csv", "stray/a.csv"], ["oms"])
    assert taken == {"orders": ["oms/orders.csv"]}
    assert not_taken == ["stray/"]


def test_a_file_named_like_a_pattern_is_read_itself(order_brand):
    header = "platform,shop_id,name\n"
    order_brand.write("oms/shops[1].csv", header + "tmall,a,one\n")
    order_brand.write("oms/shops1.csv", header + "tmall,b,two\n")
    order_brand.land()
    assert order_brand.query("select _source_file, name from raw.shops order by name") == [
        ("oms/shops[1].csv", "one"),
        ("oms/shops1.csv", "two"),
    ]


def test_a_quote_in_a_path_does_no_harm(order_brand):
    order_brand.write('oms/shops_d\'Or "x".csv', "platform,shop_id\ntmall,a\n")
    order_brand.land()
    assert order_brand.query("select _source_file from raw.shops") == [('oms/shops_d\'Or "x".csv',)]


def test_a_name_that_is_not_utf8_lands_escaped(order_brand):
    path = order_brand.write("oms/shops.csv", "platform,shop_id\ntmall,a\n")
    path.rename(os.fsdecode(os.fsencode(path).replace(b"shops", b"shops_\xb5\xea")))
    order_brand.land()
    assert order_brand.query("select _source_file from raw.shops") == [
        ("oms/shops_\\xb5\\xea.csv",)
    ]


def test_one_warning_names_the_files_without_a_table(brand, capsys):
    brand.write("wms/parcel_scan.csv", "x")
    brand.write("readme.md", "x")
    report = brand.land()
    assert len(report.warnings) == 1
    (warning,) = report.warnings
    assert "readme.md" in warning and "wms/parcel_scan.csv" in warning
    assert "wms/parcel_scans*.csv" in warning
    assert capsys.readouterr().err.count("warning:") == 1
