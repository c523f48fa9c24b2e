"""Columns of marketing's facts on every row, tied to the raw rows of the sample brand.

DuckDB only hands over the raw rows here; versions, days, rates and sessions are plain Python. What
a coupon says of its order is what the published fact says of the order that the raw coupon names.
"""

from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from test_marts_marketing import KINDS, Visits
from test_marts_outreach import account_of, at, day, key_of
from test_marts_recomputed import RawBrand, Row, shop_of
from trade_reference import DIGIT, half_up

ORDER_COLUMNS = (
    "is_order_valid",
    "order_seller_discount_amount",
    "order_platform_discount_amount",
    "order_net_revenue_amount",
    "order_net_revenue_base_amount",
)


@pytest.fixture(scope="module")
def raw(sample_brand) -> RawBrand:
    return RawBrand(sample_brand.working_query)


@pytest.fixture(scope="module")
def visits(raw) -> Visits:
    return Visits(raw)


def visitor_of(event: Row) -> tuple:
    """The browser or app within the shop, else the account, else the event alone."""
    if event["anonymous_id"] is not None:
        return "browser", *shop_of(event), event["anonymous_id"]
    return ("account", event["account"]) if event["account"] else ("event", event["event_id"])


def test_every_partner(sample_brand, raw):
    """Streams count for the partner of their latest version."""
    starts = defaultdict(list)
    for row in raw.latest("live_sessions", "shop_id", "live_session_id"):
        if row["partner_id"] is not None:
            starts[row["partner_id"]].append(at(row, "starts_at"))
    partners = {row["partner_id"] for row in raw.latest("partners", "partner_id")}
    expected = {
        partner: (
            min(starts[partner], default=None),
            max(starts[partner], default=None),
            len(starts[partner]),
        )
        for partner in partners | set(starts)
    }
    actual = {
        partner: tuple(rest)
        for partner, *rest in sample_brand.query(
            "select partner_id, first_session_at, last_session_at, session_count"
            " from subject.dim_partners"
        )
    }
    assert actual == expected
    assert all(first < last for first, last, _ in expected.values())
    versions = [row for row in raw.rows("live_sessions") if row["partner_id"] is not None]
    assert sum(row[2] for row in expected.values()) < len(versions)


def test_the_terms_of_every_coupon(sample_brand, raw):
    """Days are the shop's; the face value is worth what it was on the day of issue."""
    rates = sample_brand.working_query(
        "select currency_code, valid_from_date, valid_to_date, rate from reference.fx_rates"
        " where to_currency_code = 'CNY'"
    )
    expected, shifted, foreign = {}, Counter(), set()
    for row in raw.latest("coupons", "coupon_id", "shop_id", "account_id"):
        issued, expires, used = (at(row, name) for name in ("issued_at", "expires_at", "used_at"))
        rate = Decimal(1)
        if row["currency"] != "CNY":
            [rate] = (
                rate
                for currency, since, until, rate in rates
                if currency == row["currency"] and since <= day(row, issued) <= until
            )
            foreign.add(rate)
        for name, instant in (("expires", expires), ("used", used)):
            shifted[name] += instant is not None and instant.date() != day(row, instant)
        expected[row["coupon_id"]] = (
            day(row, expires),
            day(row, used),
            half_up(row["face_value"] * rate, DIGIT),
            row["threshold"],
        )
    actual = {
        coupon: tuple(rest)
        for coupon, *rest in sample_brand.query(
            "select coupon_id, expires_date, used_date, face_value_base_amount, threshold_amount"
            " from subject.fct_coupons"
        )
    }
    assert actual == expected
    # The cases that the rules are for: days that are not those of UTC, and rates of several months.
    assert shifted["expires"] > 0 < shifted["used"]
    assert len(foreign) > 1
    assert {row[0] is None for row in expected.values()} == {True, False}
    assert {row[1] is None for row in expected.values()} == {True, False}


def test_the_order_of_every_coupon(sample_brand, raw):
    """A coupon has its order's values; null without a known order."""
    names = ", ".join(
        "o.is_valid" if name == "is_order_valid" else f"o.{name.removeprefix('order_')}"
        for name in ORDER_COLUMNS
    )
    orders = {
        (platform, shop, order): tuple(rest)
        for platform, shop, order, *rest in sample_brand.working_query(
            f"select o.platform_code, s.shop_id, o.order_id, {names}"
            " from subject.fct_orders as o inner join subject.dim_shops as s using (shop_key)"
        )
    }
    nothing = (None,) * len(ORDER_COLUMNS)
    expected = {
        row["coupon_id"]: orders.get((*shop_of(row), row["used_order_id"]), nothing)
        for row in raw.latest("coupons", "coupon_id", "shop_id", "account_id")
    }
    actual = {
        coupon: tuple(rest)
        for coupon, *rest in sample_brand.query(
            f"select coupon_id, {', '.join(ORDER_COLUMNS)} from subject.fct_coupons"
        )
    }
    assert actual == expected
    known = [row for row in expected.values() if row != nothing]
    assert {row[0] for row in known} == {True, False}
    # No two of the amounts are the same throughout.
    assert len({tuple(column) for column in zip(*known, strict=True)}) == len(ORDER_COLUMNS)
    assert len(known) < len(expected)


def test_the_day_of_every_first_assignment(sample_brand, raw):
    """The first assignment of an account counts, on the day that it had where it happened."""
    assigned, shifted = defaultdict(list), 0
    for row in raw.latest("assignments", "experiment_id", "shop_id", "account_id", "assigned_at"):
        key = row["experiment_id"], key_of(account_of(row))
        instant = at(row, "assigned_at")
        assigned[key].append((instant, day(row, instant)))
        shifted += instant.date() != day(row, instant)
    actual = {
        (experiment, account): date
        for experiment, account, date in sample_brand.query(
            "select experiment_id, account_key, assigned_date from subject.fct_experiments"
        )
    }
    assert actual == {key: min(seen)[1] for key, seen in assigned.items()}
    assert shifted > 0
    assert any(min(seen)[1] != max(seen)[1] for seen in assigned.values())


def test_the_place_of_every_event(sample_brand, visits):
    """An event ends its session or does not, on a day of its shop."""
    expected = {
        event["event_id"]: (visits.raw.day(event, event["at"]), number == len(session))
        for session in visits.sessions
        for number, event in enumerate(session, start=1)
    }
    actual = {
        event: tuple(rest)
        for event, *rest in sample_brand.query(
            "select event_id, occurred_date, is_exit from subject.fct_web_events"
        )
    }
    assert actual == expected
    assert {row[1] for row in expected.values()} == {True, False}
    assert any(
        event["at"].date() != visits.raw.day(event, event["at"])
        for session in visits.sessions
        for event in session
    )
    assert any(
        visits.raw.day(session[0], session[0]["at"])
        != visits.raw.day(session[-1], session[-1]["at"])
        for session in visits.sessions
    )


def test_the_counts_of_every_session(sample_brand, visits):
    """A session's number among its visitor's, and its events by kind."""
    visitors = defaultdict(list)
    for session in visits.sessions:
        visitors[visitor_of(session[0])].append(session)
    expected = {}
    for sessions in visitors.values():
        sessions.sort(key=lambda session: session[0]["at"])
        for number, session in enumerate(sessions, start=1):
            kinds = Counter(event["kind"] for event in session)
            expected[session[0]["event_id"]] = (
                number,
                kinds["cart"],
                kinds["checkout"],
                kinds["favourite"],
                kinds["pay"],
                kinds["search"],
                kinds["share"],
                kinds["view"],
            )
    actual = {
        event: tuple(rest)
        for event, *rest in sample_brand.query(
            "select e.event_id, s.session_number, s.cart_count, s.checkout_count,"
            " s.favourite_count, s.pay_count, s.search_count, s.share_count, s.view_count"
            " from subject.fct_web_sessions as s"
            " inner join subject.fct_web_events as e using (web_session_key)"
            " where e.event_number = 1"
        )
    }
    assert actual == expected
    assert max(row[0] for row in expected.values()) > 2
    # Every kind occurs, and no two kinds occur equally often in every session.
    columns = list(zip(*expected.values(), strict=True))
    assert len(set(columns)) == len(KINDS) + 1
    assert all(map(any, columns))
