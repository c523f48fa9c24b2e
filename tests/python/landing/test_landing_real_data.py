"""Public data sets, with the row counts that are known from elsewhere."""

import shutil

from ingest.landing import land

OLIST_ROWS = {
    "olist_orders": 8_135,
    "olist_order_items": 8_365,
    "olist_order_payments": 8_924,
    "olist_order_reviews": 8_225,
    "olist_customers": 8_135,
    "olist_products": 5_460,
    "olist_sellers": 1_610,
    "olist_category_names": 71,
    "olist_geolocation": 45_928,
}


def test_online_retail_lands_completely_and_once(brand, real_data_dir):
    brand.sources = ["online_retail"]
    report = land(brand.sources, real_data_dir, brand.warehouse_dir)
    total = report.total
    assert (total.landed_files, total.rows_landed, total.rows_rejected) == (305, 541_909, 0)
    again = land(brand.sources, real_data_dir, brand.warehouse_dir).total
    assert (again.landed_files, again.unchanged_files, again.rows_landed) == (0, 305, 0)
    # The figures of the data set's published analyses.
    assert brand.query("""
        select count(*), count(distinct customer_id), count(distinct stock_code),
            count(distinct invoice_no), sum(quantity * unit_price)::decimal(18, 3)::varchar
        from raw.online_retail_invoices
        where customer_id is not null and quantity > 0 and unit_price > 0
    """) == [(397_884, 4_338, 3_665, 18_532, "8911407.904")]
    assert brand.query("""
        select count(*) from (
            select _source_file, max(_source_row) - count(*) as above_rows
            from raw.online_retail_invoices group by all
        ) where above_rows <> 1
    """) == [(0,)]


def test_olist_lands_completely(brand, real_data_dir):
    brand.sources = ["olist"]
    report = land(brand.sources, real_data_dir, brand.warehouse_dir)
    assert {name: counts.rows_landed for name, counts in report.tables.items()} == OLIST_ROWS
    assert report.total.rows_rejected == 0
    # 8,885 lines hold 8,225 reviews: the last one starts where the file ends.
    assert brand.query("select max(_source_row) from raw.olist_order_reviews") == [(8_885,)]


def test_tmall_lands_completely_without_its_own_folder(brand, real_data_dir):
    brand.sources = ["tmall"]
    shutil.copytree(real_data_dir / "tmall", brand.landing_dir)
    report = brand.land()
    assert {name: counts.rows_landed for name, counts in report.tables.items()} == {
        "tmall_order_report": 28_010,
        "tmall_listings": 27_598,
    }
    assert brand.query("""
        select count(*) filter (where paid_at is not null),
            sum(net_paid_amount) filter (where paid_at is not null)::decimal(18, 2)::varchar,
            sum(refund_amount)::decimal(18, 2)::varchar
        from raw.tmall_order_report
    """) == [(24_087, "1902487.15", "572335.92")]
