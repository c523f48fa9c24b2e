"""Live streams, partners and spending of the sample brand, recomputed from its raw rows.

DuckDB only hands over the raw rows here; versions, rates and commission are plain Python.
"""

from collections import defaultdict
from decimal import Decimal

import pytest
from test_marts_marketing import account_of, rounded
from test_marts_recomputed import RawBrand, Row, order_id_of, shop_of


@pytest.fixture(scope="module")
def raw(sample_brand) -> RawBrand:
    return RawBrand(sample_brand.working_query)


def test_every_live_stream(sample_brand, raw):
    partners = {row["partner_id"]: row for row in raw.latest("partners", "partner_id")}
    streams = {
        (*shop_of(row), row["live_session_id"]): row
        for row in raw.latest("live_sessions", "shop_id", "live_session_id")
    }
    facts = {
        (platform, shop, order): rest
        for platform, shop, order, *rest in sample_brand.query(
            "select o.platform_code, s.shop_id, o.order_id, o.is_valid, o.is_test, o.paid_amount,"
            " o.refund_paid_amount, o.revenue_amount, o.refund_amount, o.unit_count"
            " from subject.fct_orders as o inner join subject.dim_shops as s using (shop_key)"
        )
    }
    sold = defaultdict(list)
    for row in raw.latest("orders", "shop_id", "order_id"):
        if row["live_session_id"] is not None and not row["is_test"]:
            sold[(*shop_of(row), row["live_session_id"])].append(
                (account_of(row), order_id_of(row))
            )
    expected = {}
    for key in {*streams, *sold}:
        stream = streams.get(key)
        partner = stream and partners.get(stream["partner_id"])
        rate = stream and stream["commission_rate"]
        if rate is None:
            rate = partner and partner["commission_rate"]
        valid = [(who, facts[order]) for who, order in sold[key] if facts[order][0]]
        kept = [fact[2] - fact[3] for _, fact in valid]
        expected[key] = (
            stream is not None,
            stream and stream["partner_id"],
            stream and stream["viewers"],
            len(sold[key]),
            len(valid),
            len({who for who, _ in valid}),
            sum(fact[6] for _, fact in valid),
            *(sum((fact[column] for _, fact in valid), Decimal(0)) for column in (2, 4, 5)),
            rate,
            None
            if rate is None
            else sum((rounded(rate * amount, "0.0001") for amount in kept), Decimal(0)),
            stream and raw.day(stream, raw.instant(stream, "starts_at")),
        )
    actual = {
        tuple(row[:3]): tuple(row[3:])
        for row in sample_brand.query(
            "select l.platform_code, s.shop_id, l.live_session_id, l.is_listed, p.partner_id,"
            " l.viewer_count, l.placed_order_count, l.order_count, l.buyer_count, l.unit_count,"
            " l.paid_amount, l.revenue_amount, l.refund_amount, l.commission_rate,"
            " l.commission_amount, l.session_date from subject.fct_live_sessions as l"
            " inner join subject.dim_shops as s using (shop_key)"
            " left join subject.dim_partners as p using (partner_key)"
        )
    }
    assert actual == expected
    assert any(row[4] == 0 for row in expected.values())
    assert any(row[4] > 1 for row in expected.values())
    assert any(row[10] is None for row in expected.values())


def test_every_partner_has_its_public_name(sample_brand, raw):
    expected = {
        (row["partner_id"], row["handle"], row["commission_rate"])
        for row in raw.latest("partners", "partner_id")
    }
    actual = sample_brand.query(
        "select partner_id, handle, commission_rate from subject.dim_partners"
    )
    assert set(actual) == expected
    assert len(actual) == len(expected)


def test_every_day_of_spending(sample_brand, raw):
    key = ("spend_on", "platform", "shop_id", "campaign_id", "channel", "sku_id")
    latest = {}
    for row in raw.rows("ad_spend"):
        one = tuple(row[name] for name in key)
        if one not in latest or _written(row) > _written(latest[one]):
            latest[one] = row
    expected = {
        one: (
            row["impressions"],
            row["clicks"],
            row["clicks"] / Decimal(row["impressions"]) if row["impressions"] else None,
            row["cost"],
            row["cost"] / row["clicks"] if row["clicks"] else None,
            row["reported_orders"],
            row["reported_revenue"],
        )
        for one, row in latest.items()
        if not row["is_deleted"]
    }
    actual = {
        tuple(row[:6]): tuple(row[6:])
        for row in sample_brand.query(
            "select a.spend_date, a.platform_code, s.shop_id, a.campaign_id, a.channel, p.sku_id,"
            " a.impression_count, a.click_count, a.click_rate, a.cost_amount,"
            " a.cost_per_click_amount, a.reported_order_count, a.reported_revenue_amount"
            " from subject.fct_ad_spend as a"
            " left join subject.dim_shops as s using (shop_key)"
            " left join subject.dim_products as p using (product_key)"
        )
    }
    assert actual.keys() == expected.keys()
    for one, row in expected.items():
        for found, value, digits in zip(actual[one], row, (0, 0, 6, 0, 4, 0, 0), strict=True):
            if value is None or not digits:
                assert found == value, one
            else:
                # A half may go either way: rates are computed in doubles.
                assert abs(found - value) <= Decimal(f"0.5000001e-{digits}"), one
    assert any(row[2] is None for row in expected.values())


def _written(row: Row) -> tuple:
    return row["updated_at"], row["_batch_id"], row["_source_row"]
