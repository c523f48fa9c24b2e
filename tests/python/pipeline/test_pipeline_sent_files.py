"""A brand with every known kind of odd row: each number is right, or has a warning."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from pipeline_brand import Brand
from sent_files import all_cases


@pytest.fixture(scope="module")
def said_and_brand(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Brand]:
    """The brand of all cases, built, and the build's output."""
    folder: Path = tmp_path_factory.mktemp("sent")
    brand = Brand(folder, "oms,wms,helpdesk,marketing", folder / "landing")
    for table, rows in all_cases().items():
        names = list(dict.fromkeys(name for row in rows for name in row))
        text = io.StringIO()
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        brand.write(f"{table}.csv", text.getvalue().rstrip("\n"))
    brand.write(
        "oms/orders_2.csv",
        "platform,shop_id,order_id,account_id,status,created_at,paid_at,updated_at",
        "tmall,cases,P1,a1,completed,2024-11-05 10:00:00,2024-11-05 10:01:00,2024-11-15 10:01:00",
    )
    brand.write(
        "oms/order_lines_2024-12-02.csv",
        "platform,shop_id,order_id,line_no,sku_id,quantity,unit_price",
        "shopify,fewer,FL1,1,S,1,60",
    )
    return brand.build(), brand


@pytest.fixture(scope="module")
def brand(said_and_brand: tuple[str, Brand]) -> Brand:
    return said_and_brand[1]


@pytest.fixture(scope="module")
def said(said_and_brand: tuple[str, Brand]) -> str:
    return said_and_brand[0]


def orders(brand: Brand, shop: str, *columns: str) -> list[tuple]:
    """These columns of a shop's orders, by order id; numbers as floats."""
    rows = brand.query(
        f"select {', '.join(columns)} from subject.fct_orders as orders"
        " join subject.dim_shops as shops using (shop_key)"
        " where shops.shop_id = ? order by orders.order_id",
        shop,
    )
    return [tuple(float(v) if hasattr(v, "as_tuple") else v for v in row) for row in rows]


def test_rows_of_one_day_of_ad_spend_add_up(brand: Brand) -> None:
    assert brand.query("select cost_amount, currency_code from subject.fct_ad_spend") == [
        (42, "CNY")
    ]


def test_a_closed_order_is_refunded_if_its_platform_does_so(brand: Brand) -> None:
    columns = ("order_status", "is_valid", "net_revenue_amount")
    assert ("closed", True, 0.0) in orders(brand, "closed", *columns)
    assert brand.query(
        "select is_presumed, refund_amount, cast(completed_date as varchar)"
        " from subject.fct_refunds where refund_id = 'closed TC1'"
    ) == [(True, 100, "2024-11-07")]


def test_a_closed_order_on_other_platforms_gives_a_warning(brand: Brand, said: str) -> None:
    assert ("cancelled", True, 100.0) in orders(
        brand, "closed", "order_status", "is_valid", "net_revenue_amount"
    )
    assert "cancelled or closed" in said
    assert "CN1" in said


def test_numbers_with_zero_decimals_are_integers(brand: Brand) -> None:
    assert orders(brand, "floats", "net_revenue_amount") == [(60.0,)]
    assert brand.query(
        "select count(*), count(distinct bridge.customer_key)"
        " from subject.bridge_account_customer as bridge"
        " join subject.dim_accounts using (account_key) where account_id in ('501', '601')"
    ) == [(2, 1)]
    assert brand.query("select 1 from subject.dim_accounts where account_id like '%.0'") == []


def test_ids_lose_invisible_and_full_width_characters(brand: Brand) -> None:
    assert orders(brand, "invisible", "order_id", "net_revenue_amount") == [
        ("ZW1", 60.0),
        ("ZW2", 60.0),
    ]


def test_lines_have_the_amounts_that_were_sent(brand: Brand) -> None:
    assert orders(brand, "below", "gross_amount", "seller_discount_amount", "paid_amount") == [
        (6.0, 0.0, 6.0),
        (7.0, 0.0, 7.0),
        (10.0, 0.0, 10.0),
    ]


def test_rows_of_one_file_are_one_delivery(brand: Brand) -> None:
    columns = ("line_count", "paid_amount", "payable_difference_amount")
    assert orders(brand, "stamps", *columns) == [(2, 30.0, 0.0)]


def test_a_line_missing_from_a_later_file_is_removed_and_reported(brand: Brand, said: str) -> None:
    assert orders(brand, "fewer", "line_count", "net_revenue_amount") == [(1, 60.0)]
    assert "oms.order_lines: 1 no longer counted, of 1 order_id such as FL1" in said


def test_a_refund_of_a_closed_order_replaces_the_presumed_one(brand: Brand) -> None:
    """Two shops have the order's id, and the refund names none: it stays without an order."""
    assert brand.query(
        "select refund_id, is_presumed, refund_amount, shop_key from subject.fct_refunds"
        " where refund_id in ('tw1', 'closed TW1')"
    ) == [("tw1", False, 100, None)]


def test_scans_in_the_carriers_words_count_as_delivery(brand: Brand, said: str) -> None:
    assert brand.query(
        "select scan_code from subject.fct_parcel_scans join subject.fct_shipments"
        " using (shipment_key) where shipment_id = 'w1' order by scanned_at"
    ) == [("picked_up",), ("清关",), ("delivered",)]
    assert brand.query(
        "select cast(delivered_at as varchar) from subject.fct_shipments where shipment_id = 'w1'"
    ) == [("2024-11-08 04:00:00",)]
    assert "1 scans of wms have the code 清关" in said


def test_a_parcel_refused_at_the_door_is_not_a_sale(brand: Brand) -> None:
    assert orders(brand, "refused", "is_valid") == [(False,)]


def test_a_later_chargeback_does_not_move_the_payment_date(brand: Brand, said: str) -> None:
    days = orders(brand, "back", "order_id", "cast(purchase_date as varchar)")
    assert days == [("BK1", "2024-11-11"), ("BK2", "2024-11-05")]
    assert "refund bk2 of jd takes 100" in said and "was it paid twice" in said


def test_stock_has_the_cost_of_its_day(brand: Brand, said: str) -> None:
    assert brand.query(
        "select valid_from_date - date '2024-11-01', closing_quantity, closing_value_amount"
        " from subject.fct_stock_ledger where sku_id = 'COST' order by 1"
    ) == [(0, 100, 1000), (1, 99, 990), (2, 102, 1020), (3, 103, 1030)]
    assert "Sold and damaged pieces have a negative quantity" in said
    assert "2 equal rows of SKU LOTS in W on 2024-11-01 count once: 5 pieces" in said


def test_a_shop_that_changed_its_currency_gives_a_warning(brand: Brand, said: str) -> None:
    assert orders(brand, "moved", "orders.currency_code") == [("EUR",)]
    assert "shop moved of shopify was sent with another currency before" in said


def test_a_number_out_of_its_range_rejects_only_its_row(brand: Brand) -> None:
    rejected = brand.working_query("select reason from raw.rejected_rows order by 1")
    assert [reason for (reason,) in rejected] == [
        "closed_at: '2024-11-05 09:00:00' is before opened_at, 2024-11-05 10:01:00",
        "commission_rate: '20' is not from 0 to 1; 20 % is 0.2",
        "rating: '10' is not from 1 to 5",
    ]
    assert brand.query(
        "select refund_tax_amount from subject.fct_refunds where refund_id = 'tax'"
    ) == [(0,)]
    assert brand.query(
        "select open_quantity from subject.fct_purchase_orders where purchase_order_id = 'back'"
    ) == [(0,), (0,)]
    assert brand.query("select event_kind from subject.fct_web_events") == [("other",)]


def test_lines_with_one_number_are_all_kept(brand: Brand) -> None:
    assert orders(brand, "numbers", "line_count", "unit_count", "paid_amount") == [(2, 5, 50.0)]


def test_rows_with_one_id_are_all_kept(brand: Brand) -> None:
    assert orders(brand, "shared", "order_id", "is_valid", "refund_amount") == [
        ("S1", True, 30.0),
        ("S2", True, 0.0),
    ]
    assert brand.query(
        "select count(*), sum(settled_amount) from subject.fct_settlements"
        " where settlement_id = 's'"
    ) == [(3, 95)]


def test_parts_with_their_own_times_are_all_kept(brand: Brand) -> None:
    columns = ("is_valid", "paid_amount", "refund_amount")
    assert orders(brand, "times", *columns) == [(True, 100.0, 30.0)]
    assert brand.query(
        "select sum(settled_amount) from subject.fct_settlements where settlement_id = 't'"
    ) == [(95,)]
    counted = brand.working_query(
        "select on_hand_quantity from staging.stg_wms__stock_counts"
        " where warehouse_id = 'W' and sku_id = 'S'"
    )
    assert counted == [(13,)]


def test_a_deletion_and_lines_without_a_shop_find_their_order(brand: Brand) -> None:
    columns = ("order_status", "seller_discount_amount", "paid_amount", "refund_amount")
    assert orders(brand, "silent", *columns) == [("completed", 10.0, 90.0, 30.0)]
    assert brand.query(
        "select refund_id, refund_tax_amount from subject.fct_refunds where refund_id like 'as_'"
    ) == [("as2", 3)]


def test_an_order_with_a_negative_line_returns_its_subsidy(brand: Brand) -> None:
    assert orders(brand, "subsidy", "revenue_amount", "net_revenue_amount") == [(70.0, 0.0)]


def test_ambiguous_rows_give_a_warning(brand: Brand, said: str) -> None:
    assert orders(brand, "told", "is_valid", "seller_discount_amount") == [
        (False, 0.0),
        (True, 0.0),
    ]
    assert "paid by their status" in said
    assert "PT1" in said
    assert "A discount is positive" in said


def test_rows_without_a_shop_find_their_order(brand: Brand) -> None:
    assert orders(brand, "known", "net_revenue_amount") == [(60.0,)]
    for fact, id_column in (
        ("fct_refunds", "refund_id"),
        ("fct_shipments", "shipment_id"),
        ("fct_tickets", "ticket_id"),
        ("fct_reviews", "review_id"),
    ):
        assert brand.query(
            f"select shop_id, orders.order_id from subject.{fact} as fact"
            " join subject.fct_orders as orders on fact.order_key = orders.order_key"
            " join subject.dim_shops as shops on fact.shop_key = shops.shop_key"
            f" where {id_column} = 'n1'"
        ) == [("known", "NS1")], fact
    assert (
        brand.query(
            "select shop_id from subject.dim_shops"
            " where shop_id is null or shop_id = 'no_such_shop'"
        )
        == []
    )


def test_unmatched_references_are_counted(brand: Brand, said: str) -> None:
    counted = brand.query(
        "select reference, unmatched_count, example_reference, cast(first_date as varchar)"
        " from subject.fct_unmatched_references where table_name = 'refunds' order by all"
    )
    assert counted == [
        ("order", 1, "TW1", "2024-11-08"),
        ("order", 2, "NOWHERE", "2024-11-08"),
        ("shop", 1, "no_such_shop", "2024-11-08"),
    ]
    assert "NOWHERE" in said
    assert brand.query(
        "select sum(refund_amount) from subject.fct_sales_daily where shop_key is null"
    ) == [(6,)]


def test_payments_decide_when_an_order_is_paid_in_full(brand: Brand) -> None:
    columns = ("orders.order_id", "is_valid", "cast(purchase_date as varchar)")
    assert orders(brand, "paid", *columns) == [
        ("D1", True, "2024-11-11"),
        ("D4", True, "2024-11-11"),
    ]
    assert brand.query(
        "select deposit_to_paid_hours, source_paid_to_paid_hours"
        " from subject.fct_order_timeline join subject.fct_orders as orders using (order_key)"
        " where orders.order_id = 'D1'"
    ) == [(Decimal("244.42"), Decimal("244.42"))]


def test_a_delivered_scan_delivers_its_parcel(brand: Brand) -> None:
    assert brand.query(
        "select shipment_id, cast(delivered_at as varchar), is_overdue, is_lost"
        " from subject.fct_shipments where shipment_id like 'shDS%' order by 1"
    ) == [
        ("shDS1", "2024-09-04 03:00:00", False, False),
        ("shDS2", "2024-09-04 03:00:00", False, False),
    ]


def test_stated_and_scanned_delivery_are_both_kept(brand: Brand) -> None:
    assert brand.query(
        "select shipment_id, cast(stated_delivered_at as varchar),"
        " cast(delivered_scan_at as varchar), delivery_scan_lag_hours"
        " from subject.fct_shipments where shipment_id in ('shDS1', 'shRT1') order by 1"
    ) == [
        ("shDS1", None, "2024-09-04 03:00:00", None),
        ("shRT1", "2024-02-04 01:00:00", "2024-02-04 01:00:00", 0),
    ]


def test_a_reused_tracking_number_is_another_parcel(brand: Brand) -> None:
    assert brand.query(
        "select shipment_id, scan_count, count(parcel_scan_key) from subject.fct_shipments as sent"
        " join subject.fct_parcel_scans as scans using (shipment_key)"
        " where shipment_id like 'shRT%' group by all order by 1"
    ) == [("shRT1", 3, 3), ("shRT2", 1, 1)]


def test_a_placeholder_id_is_not_a_customer(brand: Brand) -> None:
    assert brand.query(
        "select account_id, purchase_occasions from thematic.rfm_customers"
        " join subject.bridge_account_customer using (customer_key)"
        " join subject.dim_accounts using (account_key)"
        " where account_id in ('NULL', '0', 'k1')"
    ) == [("k1", 1)]
    assert orders(brand, "guests", "account_key is null").count((True,)) == 6


def test_two_accounts_with_one_address_are_one_customer(brand: Brand) -> None:
    assert brand.query(
        "select count(distinct bridge.customer_key), min(link_reason)"
        " from subject.bridge_account_customer as bridge"
        " join subject.dim_accounts using (account_key)"
        " where account_id in ('g1', 'g2')"
    ) == [(1, "account_email")]


def test_tax_inside_a_refund_does_not_reduce_revenue(brand: Brand) -> None:
    assert orders(brand, "tax", "orders.order_id", "net_revenue_amount") == [
        ("TX1", 50.0),
        ("TX2", 0.0),
    ]
    assert brand.query(
        "select refund_tax_amount, excess_amount from subject.fct_refunds"
        " where refund_id in ('x1', 'x2') order by refund_id"
    ) == [(4, 0), (34, 0)]


def test_a_zone_in_its_display_form_is_known(brand: Brand) -> None:
    assert brand.query(
        "select time_zone, currency_code from subject.dim_shops where shop_id = 'zone'"
    ) == [("Asia/Shanghai", "CNY")]


def test_a_million_is_a_valid_amount(brand: Brand) -> None:
    assert orders(brand, "million", "paid_amount", "revenue_base_amount") == [
        (1_000_000.0, 1_000_000.0)
    ]


def test_the_largest_amounts_can_be_summed(brand: Brand) -> None:
    assert brand.query(
        "select order_count, revenue_amount, tax_amount, refund_amount"
        " from subject.fct_sales_daily join subject.dim_shops using (shop_key)"
        " where shop_id = 'largest' and order_count > 0"
    ) == [(20, 400 * 10**12, 20 * 10**12, 3 * 10**12 - 142857142857)]
    assert brand.query(
        "select revenue_amount from subject.fct_live_sessions where live_session_id = 'LS'"
    ) == [(400 * 10**12,)]
    assert brand.query(
        "select max(closing_value_amount) from subject.fct_stock_ledger where sku_id = 'L'"
    ) == [((2 * 10**9 + 10) * 10**12,)]


def test_platform_names_ignore_case(brand: Brand) -> None:
    assert orders(brand, "cases", "orders.order_id", "order_status", "orders.platform_code") == [
        ("P1", "completed", "tmall")
    ]
