"""Visits of the sample brand, recomputed from its raw rows.

DuckDB only hands over the raw rows here; sessions, accounts and funnels are plain Python.
"""

import re
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest
from test_marts_recomputed import RawBrand, Row, order_id_of, shop_of

IDLE = timedelta(minutes=30)
KINDS = ("search", "view", "share", "favourite", "cart", "checkout", "pay")
STEPS = ("view", "cart", "checkout", "pay")
SHARED = ("tmall", "taobao", "jd", "pinduoduo", "douyin", "amazon")
UTM = ("utm_source", "utm_medium", "utm_campaign")


def rounded(value: Decimal, digits: str = "0.01") -> Decimal:
    return value.quantize(Decimal(digits), ROUND_HALF_UP)


def minutes(earlier: datetime | None, later: datetime | None) -> Decimal | None:
    if earlier is None or later is None:
        return None
    return rounded(Decimal((later - earlier).total_seconds()) / 60)


def account_of(row: Row) -> tuple | None:
    """Accounts are a platform's where its shops share them, else a shop's."""
    if row["account_id"] is None:
        return None
    return row["platform"], None if row["platform"] in SHARED else row["shop_id"], row["account_id"]


def host_of(link: str | None) -> str | None:
    return link and re.sub(r"^\w+://", "", link).split("/")[0]


class Visits:
    """Every event of the brand in its session, with the account that it belongs to."""

    def __init__(self, raw: RawBrand) -> None:
        self.raw = raw
        visitors = defaultdict(list)
        for row in raw.latest("web_events", "event_id"):
            row["at"] = raw.instant(row, "occurred_at")
            row["account"] = account_of(row)
            visitors[self._visitor(row)].append(row)
        self.sessions: list[list[Row]] = []
        for events in visitors.values():
            events.sort(key=lambda e: (e["at"], KINDS.index(e["kind"])))
            own = []
            for event in events:
                if not own or event["at"] - own[-1][-1]["at"] > IDLE:
                    own.append([])
                own[-1].append(event)
            self.sessions += own
            self._join_accounts(events, own)

    @staticmethod
    def _visitor(row: Row) -> tuple:
        if row["anonymous_id"] is not None:
            return "anonymous", *shop_of(row), row["anonymous_id"]
        return ("account", row["account"]) if row["account"] else ("event", row["event_id"])

    @staticmethod
    def _join_accounts(events: list[Row], sessions: list[list[Row]]) -> None:
        following = None
        for event in reversed(events):
            following = event["account"] or following
            event["belongs_to"] = following
        for session in sessions:
            before = None
            for event in session:
                before = event["account"] or before
                event["belongs_to"] = event["belongs_to"] or before


@pytest.fixture(scope="module")
def visits(sample_brand) -> Visits:
    return Visits(RawBrand(sample_brand.working_query))


@pytest.fixture(scope="module")
def account_ids(sample_brand) -> dict:
    """Account key → platform and id, as the accounts' mart has them."""
    rows = sample_brand.query(
        "select account_key, platform_code, account_id from subject.dim_accounts"
    )
    return {key: names for key, *names in rows}


def first(events: list[Row], *names: str) -> tuple:
    """The values of the first event that has any of them."""
    for event in events:
        if any(event[name] is not None for name in names):
            return tuple(event[name] for name in names)
    return (None,) * len(names)


def channel(event: Row, source: tuple) -> str:
    if source[1]:
        return source[1].lower()
    if source[0] or source[2]:
        return "campaign"
    return "referral" if event["referrer"] else "direct"


def bare(page: str | None) -> str | None:
    return page and re.split("[?#]", page)[0]


def named(account: tuple | None) -> list | None:
    return account and [account[0], account[2]]


def test_every_session(sample_brand, visits, account_ids):
    orders = dict(
        ((platform, shop, order), (is_valid, revenue))
        for platform, shop, order, is_valid, revenue in sample_brand.query(
            "select o.platform_code, s.shop_id, o.order_id, o.is_valid, o.revenue_amount"
            " from subject.fct_orders as o inner join subject.dim_shops as s using (shop_key)"
        )
    )
    payments = sorted(
        (event["at"], event["event_id"], number, order_id_of(event))
        for number, session in enumerate(visits.sessions)
        for event in session
        if event["kind"] == "pay" and event["order_id"] is not None
    )
    paid = defaultdict(list)
    seen = set()
    for _, _, number, order in payments:
        if order not in seen and order in orders and orders[order][0]:
            paid[number].append(orders[order][1])
        seen.add(order)
    expected = {}
    for number, session in enumerate(visits.sessions):
        event, last = session[0], session[-1]
        source = first(session, *UTM)
        pages = [one["page"] for one in session if one["page"]]
        expected[event["event_id"]] = (
            named(event["belongs_to"]),
            len({one["account"] for one in session if one["account"]}),
            event["at"].replace(tzinfo=None),
            last["at"].replace(tzinfo=None),
            visits.raw.day(event, event["at"]),
            minutes(event["at"], last["at"]),
            bare(pages[0]),
            bare(pages[-1]),
            channel(event, source),
            host_of(event["referrer"]),
            *source,
            *first(session, "campaign_id"),
            *first(session, "device"),
            *(sum(one["kind"] == kind for one in session) for kind in KINDS),
            len({one["sku_id"] for one in session if one["sku_id"]}),
            len(paid[number]),
            sum(paid[number], Decimal(0)),
        )
    actual = {
        event_id: (account_ids.get(account), *rest)
        for event_id, account, *rest in sample_brand.query(
            "select e.event_id, s.account_key, s.named_account_count, s.started_at, s.ended_at,"
            " s.session_date, s.duration_minutes, s.entry_page, s.exit_page, s.channel,"
            " s.referrer_host, s.utm_source, s.utm_medium, s.utm_campaign, s.campaign_id, s.device,"
            f" {', '.join(f's.{kind}_count' for kind in KINDS)}, s.product_count, s.order_count,"
            " s.revenue_amount from subject.fct_web_sessions as s"
            " inner join subject.fct_web_events as e using (web_session_key)"
            " where e.event_number = 1"
        )
    }
    assert actual == expected
    # The cases that the rules are for.
    assert any(
        visits.raw.day(session[0], session[0]["at"])
        != visits.raw.day(session[0], session[-1]["at"])
        for session in visits.sessions
    )
    pauses = {b["at"] - a["at"] for session in visits.sessions for a, b in pairwise(session)}
    assert max(pauses) == IDLE
    assert len(seen) < len(payments), "an order is paid twice, in two sessions"
    assert any(e["account"] is None and e["belongs_to"] for s in visits.sessions for e in s)
    assert any(s[0]["belongs_to"] is None for s in visits.sessions)


def test_some_browsers_are_shared_by_two_accounts(visits):
    accounts = defaultdict(set)
    for session in visits.sessions:
        for event in session:
            if event["anonymous_id"] and event["account"]:
                accounts[(*shop_of(event), event["anonymous_id"])].add(event["account"])
    assert any(len(several) > 1 for several in accounts.values())


def test_every_event(sample_brand, visits, account_ids):
    expected = {}
    for session in visits.sessions:
        for number, event in enumerate(session, start=1):
            following = session[number]["at"] if number < len(session) else None
            expected[event["event_id"]] = (
                number,
                named(event["belongs_to"]),
                event["account"] is not None,
                minutes(event["at"], following),
                bare(event["page"]),
                event["campaign_id"],
            )
    actual = {
        event_id: (number, account_ids.get(account), *rest)
        for event_id, number, account, *rest in sample_brand.query(
            "select event_id, event_number, account_key, is_logged_in, minutes_to_next_event, page,"
            " campaign_id from subject.fct_web_events"
        )
    }
    assert actual == expected


def test_searches_are_published_without_personal_data(sample_brand, visits):
    found = dict(
        sample_brand.query(
            "select event_id, search_query from subject.fct_web_events"
            " where search_query is not null"
        )
    )
    searches = [e for s in visits.sessions for e in s if e["search_query"] is not None]
    assert len(found) == len(searches)
    changed = 0
    for event in searches:
        if re.search(r"[@0-9０-９]", event["search_query"]):
            changed += 1
            assert not re.search(r"[@0-9０-９]", found[event["event_id"]])
        else:
            assert found[event["event_id"]] == event["search_query"]
    assert changed > 3


def strict(session: list[Row]) -> list[datetime | None]:
    """The times of the strict funnel, one step after the other."""
    times, position = [], -1
    for step in STEPS:
        position = next(
            (
                n
                for n, event in enumerate(session)
                if position is not None and n > position and event["kind"] == step
            ),
            None,
        )
        times.append(None if position is None else session[position]["at"])
    return times


def test_every_step_of_the_funnel(sample_brand, visits):
    expected = {}
    for session in visits.sessions:
        kinds = [event["kind"] for event in session]
        times = strict(session)
        for number, step in enumerate(STEPS):
            at = next((event["at"] for event in session if event["kind"] == step), None)
            later = any(one in kinds for one in STEPS[number + 1 :])
            expected[session[0]["event_id"], step] = (
                number + 1,
                kinds.count(step),
                at and at.replace(tzinfo=None),
                at is not None,
                at is None and later,
                times[number] and times[number].replace(tzinfo=None),
                times[number] is not None,
                minutes(times[number], times[number + 1] if number < 3 else None),
            )
    actual = {
        (event_id, step): tuple(rest)
        for event_id, step, *rest in sample_brand.query(
            "select e.event_id, f.step, f.step_number, f.event_count, f.first_at, f.is_reached,"
            " f.is_skipped, f.funnel_at, f.is_in_funnel, f.minutes_to_next_step"
            " from subject.fct_funnel_steps as f"
            " inner join subject.fct_web_events as e using (web_session_key)"
            " where e.event_number = 1"
        )
    }
    assert actual == expected
    assert any(row[3] and not row[6] for row in expected.values())
    assert any(row[4] for row in expected.values())
