"""Answers to the owner's questions on a handful of rows, counted by hand: parcels to marketing."""

from datetime import datetime

import pytest
from questions_pages import TODAY, Ask, ago, on_tiny_warehouses


@pytest.fixture
def ask(sample_brand) -> Ask:
    return on_tiny_warehouses(sample_brand)


def test_18_late_parcels_are_a_share_of_delivered_and_promised_ones(ask):
    rows = [
        ("outbound", ago(7), True, True, False, False),
        ("outbound", ago(59), True, False, False, False),
        ("outbound", ago(20), True, None, False, False),
        ("outbound", ago(20), False, None, True, False),
        ("outbound", ago(20), False, None, True, True),
        ("return", ago(20), True, True, False, False),
        ("outbound", ago(6), True, True, False, False),
        ("outbound", ago(60), True, True, False, False),
    ]
    (row,) = ask(
        18,
        subject__dim_carriers=[{"carrier_code": "SF", "carrier_name": "SF Express"}],
        subject__fct_shipments=[
            {
                "carrier_code": "SF",
                "direction": direction,
                "shipped_date": day,
                "delivered_at": datetime(2024, 9, 1) if delivered else None,
                "transit_hours": 24 if delivered else None,
                "is_delivered_late": late,
                "is_overdue": overdue,
                "is_lost": lost,
            }
            for direction, day, delivered, late, overdue, lost in rows
        ],
    )
    assert (row["parcels"], row["delivered_parcels"], row["late_rate"]) == (5, 3, 0.5)
    assert (row["overdue_parcels"], row["lost_parcels"]) == (1, 1)


def test_19_a_parcel_is_unmoved_when_its_last_scan_is_old_and_no_delivery(ask):
    scans = [("moved", False, "in_transit", ago(9), number) for number in range(1, 8)]
    scans += [
        ("lost", True, "in_transit", ago(4), None),
        ("on its way", True, "in_transit", ago(3), None),
        ("there", True, "delivered", ago(9), None),
    ]
    (row,) = ask(
        19,
        subject__fct_parcel_scans=[
            {
                "shipment_key": f"{key} {hours}",
                "facility": "hub",
                "is_last_scan": last,
                "scan_code": code,
                "scanned_date": day,
                "dwell_hours": hours,
            }
            for key, last, code, day, hours in scans
        ],
    )
    assert (row["parcels"], row["median_dwell_hours"], row["unmoved_parcels"]) == (10, 4, 1)


def test_20_units_in_no_parcel_are_not_available(ask):
    stock = {"sku_id": "s", "date_day": TODAY, "is_out_of_stock": False}
    (row,) = ask(
        20,
        subject__fct_stock_daily=[
            stock | {"warehouse_id": "W", "available_to_ship_quantity": 10, "sold_quantity": 7},
            stock | {"warehouse_id": None, "available_to_ship_quantity": -3, "sold_quantity": 0},
            stock
            | {
                "warehouse_id": "W",
                "date_day": ago(27),
                "available_to_ship_quantity": 0,
                "sold_quantity": 7,
                "is_out_of_stock": True,
            },
            stock | {"warehouse_id": "W", "date_day": ago(28), "sold_quantity": 99},
        ],
    )
    assert (row["available_units"], row["sold_units_28_days"], row["cover_days"]) == (7, 14, 14)
    assert (row["days_out_of_stock"], row["median_lead_days"]) == (1, None)


def test_23_a_waiting_ticket_has_no_verdict(ask):
    rows = [
        (5, True, False, ago(59)),
        (15, False, False, ago(0)),
        (None, None, True, ago(1)),
        (None, None, None, ago(1)),
        (999, False, False, ago(60)),
    ]
    (row,) = ask(
        23,
        subject__fct_tickets=[
            {
                "agent_group_id": "g",
                "opened_date": day,
                "is_bot_resolved": by_bot,
                "first_reply_at": None if minutes is None else datetime(2024, 9, 1),
                "first_reply_minutes": minutes,
                "is_first_reply_within_target": within,
            }
            for minutes, within, by_bot, day in rows
        ],
    )
    assert (row["tickets"], row["bot_resolved_tickets"], row["unanswered_tickets"]) == (4, 1, 1)
    assert (row["median_first_reply_minutes"], row["within_target_rate"]) == (10, 0.5)


def test_25_a_ticket_without_messages_is_unassigned(ask):
    messages = [
        ("bot", "bot"),
        ("both", "bot"),
        ("both", "agent"),
        ("both", "agent"),
        ("open", "bot"),
    ]
    (row,) = ask(
        25,
        subject__fct_tickets=[
            {"ticket_key": key, "topic": "t", "is_open": key == "open"}
            for key in ("bot", "both", "silent", "open")
        ],
        subject__fct_ticket_messages=[
            {"ticket_key": key, "sender": sender, "is_handoff": False} for key, sender in messages
        ],
    )
    assert (row["closed_tickets"], row["tickets_with_bot"], row["bot_resolved_rate"]) == (3, 2, 0.5)
    assert (row["agent_messages_per_ticket"], row["handoff_ticket_rate"]) == (2, 0)


def test_26_one_late_parcel_makes_the_order_late(ask):
    parcels = [
        ("split", False, ago(20)),
        ("split", True, ago(14)),
        ("on time", False, ago(30)),
        ("on its way", None, None),
        ("on its way", True, ago(30)),
        ("young", True, ago(13)),
    ]
    on_time, late = ask(
        26,
        subject__fct_orders=[
            {"order_key": key, "is_valid": True, "revenue_base_amount": 10, "refund_base_amount": 1}
            for key in ("split", "on time", "on its way", "young")
        ],
        subject__fct_shipments=[
            {
                "order_key": key,
                "direction": "outbound",
                "is_delivered_late": is_late,
                "delivered_at": day and datetime.combine(day, datetime.min.time()),
                "delivered_date": day,
            }
            for key, is_late, day in parcels
        ],
        subject__fct_tickets=[{"order_key": "split"}, {"order_key": "split"}, {"order_key": None}],
        subject__fct_reviews=[{"order_key": "split", "rating": rating} for rating in (1, 3)],
    )
    assert (on_time["is_late"], on_time["orders"], on_time["contact_rate"]) == (False, 1, 0)
    assert (on_time["average_rating"], on_time["poor_review_rate"]) == (None, None)
    assert (late["is_late"], late["orders"], late["contact_rate"]) == (True, 1, 1)
    assert (late["average_rating"], late["poor_review_rate"], late["refund_rate"]) == (2, 1, 0.1)


def test_27_claimed_sales_are_apart_from_live_stream_sales(ask):
    ad = {"channel": "search", "click_count": 10, "reported_order_count": 1}
    live = {"viewer_count": 5, "order_count": 1, "session_date": ago(3)}
    own, partner, search = sorted(
        ask(
            27,
            subject__fct_ad_spend=[
                ad
                | {"spend_date": day, "cost_base_amount": cost, "reported_revenue_base_amount": 30}
                for day, cost in [(ago(59), 10), (ago(0), None), (ago(60), 10)]
            ],
            subject__fct_live_sessions=[
                live | {"net_revenue_base_amount": 80},
                live
                | {
                    "partner_key": "p",
                    "net_revenue_base_amount": 60,
                    "commission_base_amount": 20,
                },
            ],
        ),
        key=lambda row: row["channel"],
    )
    assert (search["kind"], search["reached_count"], search["order_count"]) == ("ad", 20, 2)
    # A day of unknown cost is in no return.
    assert (search["brought_base_amount"], search["return_per_cost"]) == (60, 3)
    assert (own["cost_base_amount"], own["return_per_cost"]) == (None, None)
    assert (partner["brought_base_amount"], partner["return_per_cost"]) == (60, 3)


def test_28_a_step_counts_only_inside_the_funnel(ask):
    visits = [("a", ago(27), 90), ("b", ago(0), 0), ("c", ago(1), 0), ("d", ago(28), 500)]
    steps = [("a", "cart", True), ("a", "checkout", True), ("a", "pay", True), ("b", "cart", True)]
    steps += [("b", "pay", False), ("c", "cart", False), ("d", "pay", True)]
    (row,) = ask(
        28,
        subject__fct_web_sessions=[
            {
                "web_session_key": key,
                "channel": "direct",
                "session_date": day,
                "revenue_base_amount": amount,
            }
            for key, day, amount in visits
        ],
        subject__fct_funnel_steps=[
            {"web_session_key": key, "step": step, "is_in_funnel": inside}
            for key, step, inside in steps
        ],
        subject__fct_web_events=[
            {"web_session_key": key, "event_kind": kind}
            for key, kind in [("a", "search"), ("a", "search"), ("b", "view"), ("d", "search")]
        ],
    )
    assert (row["visits"], row["search_rate"], row["cart_rate"]) == (3, 0.3333, 0.6667)
    assert (row["checkout_rate"], row["pay_rate"]) == (0.3333, 0.3333)
    assert row["revenue_per_visit_base_amount"] == 30


def test_29_an_order_with_two_coupons_counts_once(ask):
    coupons = [(ago(15), True, "1"), (ago(104), True, "1"), (ago(30), True, "unpaid")]
    coupons += [(ago(20), False, None), (ago(14), True, "2"), (ago(105), True, "2")]
    coupon, email = ask(
        29,
        subject__fct_coupons=[
            {"funded_by": "seller", "issued_date": day, "is_used": used, "order_key": order}
            for day, used, order in coupons
        ],
        subject__fct_outreach=[
            {
                "outreach_kind": "email",
                "purpose": "birthday",
                "sent_date": ago(20),
                "is_delivered": delivered,
                "is_followed_by_purchase": True,
                "order_key": "1",
            }
            for delivered in (True, None, False)
        ],
        subject__fct_orders=[
            {"order_key": "1", "is_valid": True, "net_revenue_base_amount": 50},
            {"order_key": "2", "is_valid": True, "net_revenue_base_amount": 70},
            {"order_key": "unpaid", "is_valid": False, "net_revenue_base_amount": 90},
        ],
    )
    assert (coupon["sent_count"], coupon["success_count"], coupon["success_rate"]) == (4, 3, 0.75)
    assert (coupon["order_count"], coupon["net_revenue_base_amount"]) == (1, 50)
    assert (email["sent_count"], email["order_count"], email["net_revenue_base_amount"]) == (
        2,
        1,
        50,
    )


def test_30_a_variant_compares_with_the_control_of_its_own_test(ask):
    variants = [
        ("t", "control", True, 4, 1),
        ("t", "new", False, 6, 3),
        ("u", "alone", False, 5, 0),
        ("u", "empty", False, 0, 0),
    ]
    rows = ask(
        30,
        subject__dim_experiments=[
            {
                "experiment_variant_key": test + variant,
                "experiment_key": test,
                "experiment_name": test,
                "variant": variant,
                "is_control": control,
                "planned_share": 0.5,
            }
            for test, variant, control, *_ in variants
        ],
        subject__fct_experiments=[
            {
                "experiment_variant_key": test + variant,
                "account_key": str(number),
                "has_purchased": number < buyers,
                "net_revenue_base_amount": 12 if number < buyers else 0,
            }
            for test, variant, _, accounts, buyers in variants
            for number in range(accounts)
        ],
    )
    control, new, alone, empty = rows
    assert (control["actual_share"], control["buyer_rate"], control["lift"]) == (0.4, 0.25, 0)
    assert (new["actual_share"], new["buyer_rate"], new["lift"]) == (0.6, 0.5, 1)
    assert (new["margin"], new["net_revenue_per_account_base_amount"]) == (0.4001, 6)
    assert (alone["actual_share"], alone["buyer_rate"], alone["lift"]) == (1, 0, None)
    assert (empty["accounts"], empty["buyer_rate"], empty["lift"]) == (0, None, None)
