"""Answers to the owner's questions on a handful of rows, counted by hand: trade and goods."""

from datetime import date, timedelta
from typing import Any

import pytest
from questions_pages import TODAY, Ask, ago, on_tiny_warehouses


@pytest.fixture
def ask(sample_brand) -> Ask:
    return on_tiny_warehouses(sample_brand)


def shops(*names: str) -> list[dict[str, Any]]:
    return [{"shop_key": name, "shop_name": name, "platform_code": "tmall"} for name in names]


def test_1_four_weeks_end_on_the_as_of_date(ask):
    days = [
        (ago(0), 100, 30),
        (ago(27), 10, 0),
        (ago(28), 5, 0),
        (ago(55), 3, 4),
        (ago(56), 1000, 0),
        (TODAY + timedelta(days=1), 1000, 0),
        (ago(3), None, 2),
    ]
    (row,) = ask(
        1,
        subject__dim_shops=shops("a"),
        subject__fct_sales_daily=[
            {
                "shop_key": "a",
                "date_day": day,
                "revenue_base_amount": sold,
                "refund_base_amount": back,
                "net_revenue_base_amount": None if sold is None else sold - back,
            }
            for day, sold, back in days
        ],
    )
    assert (row["sold_base_amount"], row["refunded_base_amount"]) == (110, 32)
    assert (row["net_base_amount"], row["previous_net_base_amount"]) == (80, 4)
    assert row["growth_rate"] == 19


def test_2_an_order_without_account_counts_as_a_buyer(ask):
    rows = [
        ("1", "tmall-ann", True, 100, ago(0)),
        ("2", "jd-ann", True, 50, ago(0)),
        ("3", None, True, 30, ago(1)),
        ("4", None, True, 20, ago(2)),
        ("5", "bob", False, 500, None),
        ("6", "bob", True, None, ago(2)),
        ("7", "bob", True, 500, TODAY + timedelta(days=1)),
    ]
    (row,) = ask(
        2,
        subject__bridge_account_customer=[
            {"account_key": "tmall-ann", "customer_key": "ann"},
            {"account_key": "jd-ann", "customer_key": "ann"},
            {"account_key": "bob", "customer_key": "bob"},
        ],
        subject__fct_orders=[
            {
                "order_key": order,
                "account_key": account,
                "is_valid": valid,
                "revenue_base_amount": amount,
                "purchase_date": day,
                "unit_count": 2,
            }
            for order, account, valid, amount, day in rows
        ],
    )
    assert (row["buyer_count"], row["order_count"], row["revenue_base_amount"]) == (3, 4, 200)
    assert row["revenue_per_buyer_base_amount"] == pytest.approx(66.67)
    assert (row["revenue_per_order_base_amount"], row["median_order_base_amount"]) == (50, 40)
    assert row["units_per_order"] == 2


def test_3_tests_and_the_last_two_weeks_are_out(ask):
    orders = [
        ("paid", True, False, ago(14)),
        ("failed twice", False, False, ago(20)),
        ("test", True, True, ago(20)),
        ("too young", False, False, ago(13)),
        ("too old", True, False, ago(105)),
    ]
    payments = ["failed twice", "failed twice", "paid"]
    (row,) = ask(
        3,
        subject__fct_orders=[
            {
                "order_key": key,
                "platform_code": "jd",
                "is_valid": valid,
                "is_test": test,
                "ordered_date": day,
            }
            for key, valid, test, day in orders
        ],
        subject__fct_order_timeline=[
            {"order_key": key, "ordered_to_paid_hours": 0.5} for key, *_ in orders
        ],
        subject__fct_payments=[
            {"order_key": key, "payment_status": "succeeded" if key == "paid" else "failed"}
            for key in payments
        ],
    )
    assert row == {
        "platform_code": "jd",
        "placed_orders": 2,
        "valid_orders": 1,
        "paid_rate": 0.5,
        "median_minutes_to_pay": 30,
        "orders_with_failed_payment": 1,
    }


def test_5_an_order_of_unknown_cost_is_counted_and_not_summed(ask):
    orders = [(100, 40, ago(89)), (50, None, ago(1)), (-10, -10, ago(0)), (999, 999, ago(90))]
    (row,) = ask(
        5,
        subject__fct_orders=[
            {
                "platform_code": "jd",
                "currency_code": "CNY",
                "is_valid": True,
                "purchase_date": day,
                "net_revenue_amount": net,
                "contribution_amount": contribution,
                "commission_amount": 5,
            }
            for net, contribution, day in orders
        ],
    )
    assert (row["order_count"], row["orders_of_unknown_cost"]) == (2, 1)
    assert (row["net_revenue_amount"], row["platform_fee_amount"]) == (90, 10)
    assert (row["contribution_amount"], row["contribution_rate"]) == (30, 0.3333)


def test_6_what_is_paid_and_on_no_statement_is_owed(ask):
    rows = [
        ("settled", "told", True, 0, ago(46)),
        ("a cent short", "told", False, -0.01, ago(46)),
        ("owed", "told", None, None, ago(50)),
        ("young", "told", None, None, ago(45)),
        ("of another shop", "untold", None, None, ago(50)),
    ]
    statements = [
        ("goods", 200, True),
        ("fee", -12, True),
        ("refund", -50, True),
        ("fee", -9, False),
    ]
    (row,) = ask(
        6,
        subject__dim_shops=[{"shop_key": "told", "platform_code": "jd"}],
        subject__fct_order_reconciliation=[
            {
                "platform_code": "jd",
                "currency_code": "CNY",
                "shop_key": shop,
                "order_key": key,
                "is_valid": True,
                "is_reconciled": reconciled,
                "payout_difference_amount": difference,
                "purchase_date": day,
            }
            for key, shop, reconciled, difference, day in rows
        ],
        thematic__money_shop_months=[
            {"shop_key": "told", "is_settlement_told": True},
            {"shop_key": "told", "is_settlement_told": True},
            {"shop_key": "untold", "is_settlement_told": False},
        ],
        thematic__cash_open_orders=[
            {"order_key": "owed", "owed_amount": 60},
            {"order_key": "young", "owed_amount": 100},
        ],
        thematic__money_statement_months=[
            {
                "shop_key": "told",
                "currency_code": "CNY",
                "bridge_cause": cause,
                "amount": amount,
                "is_settled_book": counts,
            }
            for cause, amount, counts in statements
        ],
    )
    assert (row["order_count"], row["unexamined_orders"]) == (4, 1)
    assert (row["unsettled_orders"], row["unsettled_amount"]) == (1, 60)
    assert row["differing_orders"] == 1
    assert float(row["payout_difference_amount"]) == -0.01
    assert row["kept_rate"] == 0.06


def test_7_a_negative_balance_owes_nothing(ask):
    rows = [
        ("a", 100, "earned"),
        ("a", -40, "redeemed"),
        ("b", -30, "redeemed"),
        ("b", 10, "earned"),
    ]
    (row,) = ask(
        7,
        subject__fct_points=[
            {"account_key": account, "platform_code": "jd", "points": points, "point_reason": why}
            for account, points, why in rows
        ],
    )
    assert (row["account_count"], row["points_owed"], row["accounts_below_zero"]) == (2, 60, 1)
    assert (row["points_earned"], row["redeemed_rate"]) == (110, 0.6364)


def test_10_the_last_month_end_is_before_this_month(ask):
    spells = [
        ("champions", date(2024, 7, 31), None),
        ("lost", date(2024, 8, 31), date(2024, 9, 29)),
    ]
    spells += [("lost", date(2024, 7, 31), date(2024, 8, 30)), ("lost", date(2024, 9, 30), None)]
    rows = ask(
        10,
        thematic__rfm_segment_summary=[
            {"segment_code": code, "segment_name": code, "net_revenue_amount": amount}
            for code, amount in [("champions", 9), ("lost", 5), ("new", None)]
        ],
        thematic__rfm_history=[
            {"segment_code": code, "valid_from_date": first, "valid_to_date": last}
            for code, first, last in spells
        ],
    )
    assert [(row["segment_name"], row["customers_at_month_end"]) for row in rows] == [
        ("champions", 1),
        ("lost", 1),
        ("new", 0),
    ]


def test_12_overdue_customers_with_their_own_rhythm_who_are_not_gone(ask):
    people = [
        ("rich", True, "own", "cooling", 90),
        ("poor", True, "own", "active", 10),
        ("bought once", True, "brand", "active", 500),
        ("in time", False, "own", "active", 500),
        ("gone", True, "own", "dormant", 500),
    ]
    rows = ask(
        12,
        thematic__repurchase_customers=[
            {"customer_key": key, "is_overdue": overdue, "interval_basis": basis}
            for key, overdue, basis, *_ in people
        ],
        thematic__lifecycle_customers=[
            {"customer_key": key, "stage": stage} for key, _, _, stage, _ in people
        ],
        thematic__rfm_customers=[
            {"customer_key": key, "net_revenue_amount": amount} for key, *_, amount in people
        ],
    )
    assert [row["customer_key"] for row in rows] == ["rich", "poor"]


def test_13_a_platform_without_purchases_is_not_counted(ask):
    rows = [("ann-tmall", "tmall", True), ("ann-jd", "jd", False), ("bob-jd", "jd", True)]
    rows += [("bob-tmall", "tmall", True)]
    people = {"ann-tmall": "ann", "ann-jd": "ann", "bob-jd": "bob", "bob-tmall": "bob"}
    first, second = ask(
        13,
        subject__bridge_account_customer=[
            {"account_key": account, "customer_key": person} for account, person in people.items()
        ],
        subject__fct_orders=[
            {
                "account_key": account,
                "platform_code": platform,
                "is_valid": valid,
                "purchase_date": ago(1) if valid else None,
                "net_revenue_base_amount": 10,
            }
            for account, platform, valid in rows
        ],
        subject__fct_identity_events=[{"to_customer_key": "bob", "event_kind": "merge"}],
    )
    assert (first["platforms_bought_on"], first["customers"]) == (1, 1)
    assert first["linked_customers"] == 0
    assert (second["platforms_bought_on"], second["linked_customers"]) == (2, 1)
    assert second["median_net_revenue_base_amount"] == 20


def test_14_gifts_are_not_pieces_and_lines_without_a_product_count(ask):
    lines = [("1", "p", 3, False, 60), ("1", "p", 1, True, 0), ("2", "p", 1, False, 20)]
    lines += [("3", None, 1, False, 20)]
    known, unknown = ask(
        14,
        subject__dim_products=[{"product_key": "p", "sku_id": "p"}],
        subject__fct_order_lines=[
            {
                "order_key": order,
                "product_key": product,
                "quantity": pieces,
                "is_gift": gift,
                "revenue_base_amount": amount,
                "is_valid": True,
                "purchase_date": ago(89),
            }
            for order, product, pieces, gift, amount in lines
        ],
    )
    assert (known["sku_id"], known["units"], known["order_count"]) == ("p", 4, 2)
    assert (known["sales_share"], unknown["sku_id"], unknown["cumulative_share"]) == (0.8, None, 1)


def test_15_gifts_are_no_sale_and_new_products_are_left_out(ask):
    products = [("sold", ago(90)), ("given", None), ("new", ago(29)), ("still", ago(30))]
    lines = [("sold", False, ago(29)), ("given", True, ago(1)), ("still", False, ago(30))]
    (row,) = ask(
        15,
        subject__dim_products=[
            {
                "product_key": key,
                "category_2": "c",
                "product_status": "active",
                "launched_date": launched,
            }
            for key, launched in products
        ],
        subject__fct_order_lines=[
            {"product_key": key, "is_gift": gift, "is_valid": True, "purchase_date": day}
            for key, gift, day in lines
        ],
        subject__fct_stock_ledger=[
            {"product_key": "still", "closing_value_amount": 9, "valid_from_date": ago(9)},
            {
                "product_key": "still",
                "closing_value_amount": 100,
                "valid_from_date": ago(20),
                "valid_to_date": ago(10),
            },
        ],
    )
    assert (row["active_skus"], row["moving_skus"], row["moving_rate"]) == (3, 1, 0.3333)
    assert (row["still_skus"], row["still_stock_amount"]) == (2, 9)


def test_16_two_stars_are_poor_and_three_are_not(ask):
    line = {"is_valid": True, "is_gift": False, "revenue_base_amount": 100, "exchanged_quantity": 0}
    (row,) = ask(
        16,
        subject__dim_products=[
            {"product_key": key, "sku_id": key} for key in ("often", "rarely", "lately")
        ],
        subject__fct_order_lines=[
            line
            | {
                "product_key": key,
                "quantity": pieces,
                "refund_base_amount": back,
                "purchase_date": day,
            }
            for key, pieces, back, day in [
                ("often", 12, 0, ago(120)),
                ("often", 8, 50, ago(30)),
                ("often", 9, 100, ago(29)),
                ("rarely", 19, 100, ago(60)),
                ("lately", 50, 100, ago(1)),
            ]
        ],
        subject__fct_reviews=[{"product_key": "often", "rating": rating} for rating in (2, 3, 5)],
    )
    assert (row["sku_id"], row["units"], row["refund_rate"]) == ("often", 20, 0.25)
    assert (row["review_count"], row["poor_review_rate"], row["median_rating"]) == (3, 0.3333, 3)


def test_17_only_the_last_look_at_a_competitor_counts(ask):
    shop = {"platform_code": "tmall", "shop_name": "other", "category": "c"}
    listing = {"platform_code": "tmall", "product_key": "p", "price_kind": "listing"}
    (row,) = ask(
        17,
        subject__dim_products=[{"product_key": "p", "category_2": "c"}],
        subject__dim_product_prices=[
            listing | {"shop_key": "s", "listing_id": "1", "price_amount": 90, "is_current": False},
            listing | {"shop_key": "s", "listing_id": "1", "price_amount": 60, "is_current": True},
        ],
        subject__fct_market_listings=[
            shop | {"listing_id": "x", "observed_date": ago(9), "price_amount": 999},
            shop | {"listing_id": "x", "observed_date": ago(2), "price_amount": 40},
            shop | {"listing_id": "y", "observed_date": ago(2), "price_amount": 60},
        ],
    )
    assert (row["our_listings"], row["our_median_price_amount"], row["price_changes"]) == (1, 60, 1)
    assert (row["their_listings"], row["their_median_price_amount"]) == (2, 50)
    assert row["price_ratio"] == 1.2
