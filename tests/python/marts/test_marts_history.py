"""Price, cost and level spells and points of the sample brand, recomputed from raw rows."""

from collections import defaultdict
from datetime import datetime, timedelta
from hashlib import md5

import pytest
from test_marts_recomputed import Row, version, versions_by
from trade_reference import HOME, SHARED, Money, naive, spells, written_at, zone_of


@pytest.fixture(scope="module")
def trade(sample_brand) -> Money:
    return Money(sample_brand)


def test_every_price_spell(sample_brand, trade):
    raw, expected = trade.raw, set()
    for versions in versions_by(raw.rows("listings"), ("platform", "shop_id", "listing_id")):
        told = (
            (
                naive(raw.instant(row, "updated_at")),
                None if row["is_deleted"] else (row["sku_id"], row["price"]),
            )
            for row in versions
        )
        first = versions[0]
        expected |= {
            ("listing", first["shop_id"], first["listing_id"], sku, price, since, until)
            for (sku, price), since, until in spells(told)
        }
    for versions in versions_by(raw.rows("products"), ("sku_id",)):
        told = (
            (
                written_at(row, "updated_at", HOME),
                None if row["is_deleted"] else row["list_price"],
            )
            for row in versions
        )
        expected |= {
            ("list_price", None, None, versions[0]["sku_id"], price, since, until)
            for price, since, until in spells(told)
        }
    actual = sample_brand.query(
        "select p.price_kind, s.shop_id, p.listing_id, p.sku_id, p.price_amount, p.valid_from_at,"
        " p.valid_to_at from subject.dim_product_prices as p"
        " left join subject.dim_shops as s using (shop_key)"
    )
    assert len(actual) == len(expected)
    assert set(actual) == expected


def test_every_cost_span(sample_brand, trade):
    expected = {
        (sku, cost, since, until and until - timedelta(days=1))
        for sku, known in trade.costs.items()
        for cost, since, until in known
    }
    actual = sample_brand.query(
        "select sku_id, unit_cost_amount, valid_from_date, valid_to_date"
        " from subject.dim_product_costs"
    )
    assert len(actual) == len(expected)
    assert set(actual) == expected
    assert any(until for *_, until in expected)


def test_an_order_is_sold_at_the_listing_price(sample_brand):
    """The sample's own consistency: what a line says is what the shop showed then."""
    differing = sample_brand.query(
        "select count(*) from subject.fct_order_lines as l join subject.fct_orders as o"
        " using (order_key) join subject.dim_product_prices as p on p.shop_key = l.shop_key"
        " and p.product_key = l.product_key and o.ordered_at >= p.valid_from_at"
        " and o.ordered_at < coalesce(p.valid_to_at, timestamp '9999-12-31')"
        " where not l.is_gift and p.valid_to_at - p.valid_from_at > interval 1 hour"
        " and l.unit_price_amount <> p.price_amount"
    )
    assert differing == [(0,)]


def member(row: Row) -> tuple:
    return (
        row["platform"], None if row["platform"] in SHARED else row["shop_id"], row["account_id"],
    )  # fmt: skip


def test_every_level_spell(sample_brand, trade):
    listed, seen = defaultdict(list), defaultdict(list)
    for row in trade.raw.latest("member_levels", "shop_id", "account_id", "valid_from"):
        at = written_at(row, "valid_from", zone_of(row["platform"]))
        listed[member(row)].append((at, row["level"]))
    for versions in versions_by(trade.raw.rows("accounts"), ("platform", "shop_id", "account_id")):
        for row in sorted(versions, key=version):
            if row["member_level"] or row["is_deleted"]:
                at = written_at(row, "updated_at", zone_of(row["platform"]))
                level = None if row["is_deleted"] else row["member_level"]
                seen[member(row)].append((at, level))
    expected = set()
    for account in listed.keys() | seen.keys():
        told = seen[account]
        last_sent = max((at for at, level in told if level), default=datetime.min)
        first = min((at for at, _ in listed[account]), default=datetime.max)
        told = [
            (at, level) for at, level in told if at < first or (level is None and at >= last_sent)
        ]
        # Deleted accounts have no row that tells their id: the key itself is compared.
        key = md5(chr(31).join(part or "" for part in account).encode()).hexdigest()
        expected |= {
            (key, level, since, until) for level, since, until in spells(told + listed[account])
        }
    actual = sample_brand.query(
        "select account_key, member_level, valid_from_at, valid_to_at"
        " from subject.dim_member_levels"
    )
    assert len(actual) == len(expected)
    assert set(actual) == expected


def test_every_balance(sample_brand, trade):
    movements = defaultdict(list)
    for row in trade.raw.latest("point_movements", "movement_id"):
        at = written_at(row, "occurred_at", zone_of(row["platform"]))
        movements[member(row)].append((at, -row["points"], row))
    expected, unknown = {}, 0
    for account in movements.values():
        account.sort(key=lambda movement: movement[:2])
        balance, balances = 0, {}
        for at, spent, row in account:
            balance -= spent
            balances[row["movement_id"]] = (at, row["points"], balance)
        lowest = min(balance for *_, balance in balances.values())
        unknown += lowest < 0
        expected |= {
            movement: (at, points, balance if lowest >= 0 else None)
            for movement, (at, points, balance) in balances.items()
        }
    actual = {
        row[0]: row[1:]
        for row in sample_brand.query(
            "select movement_id, occurred_at, points, balance_points from subject.fct_points"
        )
    }
    assert actual == expected
    assert 0 < unknown < len(movements) / 4
