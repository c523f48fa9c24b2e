"""Published results, recomputed on the real files."""

from datetime import date
from decimal import Decimal

import case_online_retail
import duckdb
import fact_matrix
import pytest
from pipeline_brand import Brand
from source_ties import TIES


@pytest.fixture(scope="module")
def marketplaces(real_data_dir, tmp_path_factory) -> Brand:
    """Olist's nine files and Tmall's two, in one warehouse."""
    brand = Brand(tmp_path_factory.mktemp("marketplaces"), "olist,tmall", real_data_dir)
    brand.build()
    return brand


def test_online_retail_lands_every_row(online_retail):
    assert online_retail.working_query(
        "select count(*), count(distinct _batch_id) from raw.online_retail_invoices"
    ) == [(541909, 305)]
    assert online_retail.working_query("select count(*) from raw.rejected_rows") == [(0,)]


def test_online_retail_positive_lines(online_retail):
    assert online_retail.query(
        "select count(*), count(distinct orders.account_key), count(distinct product_key),"
        " count(distinct order_key), sum(order_lines.gross_amount)"
        " from subject.fct_order_lines as order_lines join subject.fct_orders as orders"
        " using (order_key) where account_key is not null and unit_price_amount > 0"
    ) == [(397884, 4338, 3665, 18532, Decimal("8911407.9040"))]


def test_online_retail_orders_with_zero_prices(online_retail):
    assert online_retail.query(
        "select count(*), count(distinct account_key) from subject.fct_orders"
        " where is_valid and account_key is not null"
    ) == [(18536, 4339)]


def test_online_retail_countries(online_retail):
    assert online_retail.query(
        "select regions.region_key, sum(orders.revenue_amount) as revenue_amount"
        " from subject.fct_orders as orders join subject.dim_regions as regions using (region_key)"
        " where account_key is not null group by 1 order by 2 desc limit 5"
    ) == [
        ("GB", Decimal("7308391.5540")),
        ("NL", Decimal("285446.3400")),
        ("IE", Decimal("265545.9000")),
        ("DE", Decimal("228867.1400")),
        ("FR", Decimal("209024.0500")),
    ]


def test_online_retail_half_of_revenue_from_the_top_212_customers(online_retail):
    ranked = (
        "select customer_key, sum(revenue_amount) as revenue_amount,"
        " row_number() over (order by sum(revenue_amount) desc, customer_key) as place"
        " from subject.fct_orders join subject.bridge_account_customer using (account_key)"
        " group by 1"
    )
    shares = online_retail.query(
        f"select sum(revenue_amount) filter (where place <= 212) / sum(revenue_amount),"
        f" sum(revenue_amount) filter (where place <= 211) / sum(revenue_amount) from ({ranked})"
    )[0]
    assert shares[0] >= 0.5 > shares[1]


def test_online_retail_recency_and_occasions(online_retail):
    assert online_retail.query(
        "select account_id, recency_days from thematic.rfm_customers"
        " join subject.dim_accounts using (customer_key)"
        " where account_id between '12346' and '12350' order by 1"
    ) == [("12346", 326), ("12347", 3), ("12348", 76), ("12349", 19), ("12350", 311)]
    assert online_retail.query(
        "select purchase_occasions from thematic.rfm_customers"
        " join subject.dim_accounts using (customer_key) where account_id = '12347'"
    ) == [(7,)]


def test_online_retail_cancellations_are_netted(online_retail):
    assert online_retail.query(
        "select net_revenue_amount from thematic.rfm_customers"
        " join subject.dim_accounts using (customer_key) where account_id = '12346'"
    ) == [(Decimal("0.0000"),)]
    assert online_retail.query("select count(*), count(order_key) from subject.fct_refunds") == [
        (9288, 0)
    ]
    # 33 customers have cancellations and nothing else: customers, but never buyers.
    assert online_retail.query(
        "select count(*), count(first_purchase_date) from subject.dim_customers"
    ) == [(4372, 4339)]
    assert online_retail.query("select count(*) from thematic.rfm_customers") == [(4339,)]


def test_online_retail_a_second_build_lands_nothing_twice(online_retail):
    landed = online_retail.run("ingest", "land")
    assert landed.returncode == 0
    assert online_retail.working_query("select count(*) from raw.online_retail_invoices") == [
        (541909,)
    ]


def test_olist_counts(marketplaces):
    assert marketplaces.query(
        "select count(*), count(*) filter (where line_count = 0), count(*) filter"
        " (where paid_at is null), count(*) filter (where order_status <> 'delivered')"
        " from subject.fct_orders where source = 'olist'"
    ) == [(8135, 775, 146, 2963)]
    assert marketplaces.query(
        "select count(distinct account_key), count(distinct account_key) filter (where orders > 1)"
        " from (select account_key, count(*) over (partition by account_key) as orders"
        " from subject.fct_orders where source = 'olist')"
    ) == [(8016, 73)]
    assert marketplaces.query(
        "select count(*) from (select review_id from subject.fct_reviews"
        " group by review_id having count(*) > 1)"
    ) == [(28,)]
    assert marketplaces.query(
        "select count(*) from (select order_key from subject.fct_payments"
        " where source = 'olist' group by order_key having count(*) > 1)"
    ) == [(274,)]


def test_olist_delivery(marketplaces):
    days, late, late_by_date, parcels = marketplaces.query(
        "select avg(order_to_delivery_hours) / 24, avg(is_delivered_late::int),"
        " avg(is_delivered_late_by_date::int), count(*)"
        " from subject.fct_shipments join subject.fct_orders using (order_key)"
        " where fct_shipments.source = 'olist' and order_status = 'delivered'"
        " and delivered_at is not null"
    )[0]
    assert parcels == 5164
    assert round(float(days), 2) == 12.52
    assert round(100 * late, 2) == 8.02
    assert round(100 * late_by_date, 2) == 6.62


def test_tmall_report(marketplaces):
    assert marketplaces.query(
        "select count(*), count(*) filter (where is_valid),"
        " sum(paid_amount) filter (where is_valid), sum(refund_amount),"
        " sum(net_revenue_amount) filter (where is_valid), min(ordered_date), max(ordered_date)"
        " from subject.fct_orders where source = 'tmall'"
    ) == [
        (
            28010,
            24087,
            Decimal("2474823.0700"),
            Decimal("572335.9200"),
            Decimal("1902487.1500"),
            date(2020, 2, 1),
            date(2020, 2, 29),
        )
    ]
    assert marketplaces.query(
        "select count(*), sum(refund_amount) from subject.fct_refunds where source = 'tmall'"
    ) == [(5646, Decimal("572335.9200"))]
    # It names no buyer: its orders are in no customer mart.
    assert marketplaces.query(
        "select count(account_key) from subject.fct_orders where source = 'tmall'"
    ) == [(0,)]
    assert marketplaces.query("select count(*) from subject.fct_market_listings") == [(27512,)]


def test_each_source_adds_up_from_line_to_day(marketplaces):
    """dbt checks every row; here the sums once more, source by source."""
    for source in ("olist", "tmall"):
        lines, orders, days = marketplaces.query(
            "select (select sum(revenue_amount) from subject.fct_order_lines"
            "  where source = $source and is_valid),"
            " (select sum(revenue_amount) from subject.fct_orders"
            "  where source = $source and is_valid),"
            " (select sum(revenue_amount) from subject.fct_sales_daily"
            "  join subject.dim_shops using (shop_key) where platform_code = $source)".replace(
                "$source", f"'{source}'"
            )
        )[0]
        assert lines == orders == days > 0


@pytest.mark.parametrize(("source", "fact"), TIES)
def test_each_column_ties_to_its_source(request, source, fact):
    """Every column that the matrix marks, on every row, is what the raw rows say."""
    brand = request.getfixturevalue(
        "online_retail" if source == "online_retail" else "marketplaces"
    )
    with duckdb.connect(str(brand.working_file), read_only=True) as con:
        con.execute(f"create temp view tied as {TIES[source, fact]}")
        columns = [name for name, *_ in con.execute("describe tied").fetchall()]
        marked = fact_matrix.cells_of(fact_matrix.PAGE.read_text(encoding="utf-8"))
        assert set(columns) == {cell[1] for cell in marked if cell[::2] == (fact, source)}
        found = f"select {', '.join(columns)} from subject.{fact} where source = '{source}'"
        assert con.execute(f"select count(*) from ({found})").fetchall() > [(0,)]
        assert con.execute(f"({found}) except all from tied").fetchall() == []
        assert con.execute(f"from tied except all ({found})").fetchall() == []


def test_the_fact_matrix_matches_public_sources(online_retail, marketplaces):
    public = {source for source, _ in TIES}
    marked = fact_matrix.cells_of(fact_matrix.PAGE.read_text(encoding="utf-8"))
    filled = set()
    for brand in (online_retail, marketplaces):
        filled |= fact_matrix.filled(brand.published_file)[1]
    assert filled == {cell for cell in marked if cell[2] in public}
    assert {cell[::2] for cell in filled} == {(fact, source) for source, fact in TIES}


def test_the_page_of_the_case_says_what_the_marts_do(online_retail):
    with duckdb.connect(str(online_retail.published_file), read_only=True) as con:
        written = case_online_retail.page(con)
    assert written == case_online_retail.PAGE.read_text(encoding="utf-8"), "run `make case`"
