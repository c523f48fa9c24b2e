"""Coupons, messages and experiments of the sample brand."""

from collections.abc import Iterator

import duckdb
import pytest

from ingest.sample_brand import generator

ORDER = "platform, shop_id, order_id"


def test_a_used_coupon_is_the_discount_of_its_order(sample):
    used, wrong = sample.rows(
        f"""
        with goods as (
            select {ORDER}, sum(quantity * unit_price - line_discount) as goods
            from order_lines group by {ORDER}
        )
        select count(*), count(*) filter (
            face_value <> case funded_by
                when 'seller' then seller_discount else platform_discount end
            or goods < threshold
            or coupons.account_id <> orders.account_id
            or used_at <> orders.created_at
            or used_at not between issued_at and coalesce(expires_at, used_at)
            or coupons.campaign_id <> orders.campaign_id and orders.order_type <> 'live'
        )
        from coupons
        inner join orders
            on (coupons.platform, coupons.shop_id, used_order_id)
                = (orders.platform, orders.shop_id, orders.order_id)
        inner join goods
            on (coupons.platform, coupons.shop_id, used_order_id)
                = (goods.platform, goods.shop_id, goods.order_id)
        """
    )[0]
    assert used > 500
    assert wrong == 0
    assert used == sample.value("select count(used_order_id) from coupons")


def test_a_coupon_comes_back_when_its_order_is_not_paid(sample):
    returned = sample.value(
        """
        select count(*) from coupons
        where used_order_id is null and coupon_id in (
            select coupon_id from landed.raw.coupons where used_order_id is not null
        )
        """
    )
    assert returned > 0
    kept_by_unpaid = sample.value(
        """
        select count(*) from coupons
        inner join orders on (coupons.platform, coupons.shop_id, used_order_id)
            = (orders.platform, orders.shop_id, orders.order_id)
        where orders.closed_at is not null and orders.paid_at is null
            and not orders.payment_on_delivery
        """
    )
    assert kept_by_unpaid == 0


def test_messages_are_opened_and_clicked_after_they_are_sent(sample):
    assert (
        sample.value(
            "select count(*) from outreach where opened_at < sent_at or clicked_at < sent_at"
            " or clicked_at < opened_at or (not delivered and (opened_at > sent_at"
            " or clicked_at > sent_at))"
        )
        == 0
    )
    purposes = {purpose for (purpose,) in sample.rows("select distinct purpose from outreach")}
    assert purposes == {"win_back", "festival", "birthday", "balance_reminder", "member_day"}
    assert sample.value("select count(opened_at) from outreach where kind = 'sms'") == 0


def test_an_experiment_loses_part_of_its_treatment(sample):
    shares = dict(
        sample.rows(
            """
            select experiment_id, avg((variant = 'control')::int)
            from (
                select experiment_id, first(variant order by assigned_at) as variant
                from assignments group by experiment_id, platform, shop_id, account_id
            )
            group by experiment_id
            """
        )
    )
    assert shares["EXP-CHECKOUT-1"] > 0.53
    assert 0.45 < shares["EXP-FREIGHT-1"] < 0.53
    assert 0.29 < shares["EXP-GALLERY-1"] < 0.39


@pytest.fixture(scope="module")
def crowd() -> Iterator[duckdb.DuckDBPyConnection]:
    """60,000 accounts that buy on the first day; one in fifteen buys again in each fortnight."""
    with duckdb.connect() as con:
        con.execute(
            """
            set variable seed = 1;
            set variable days = 150;
            set variable first_day = date '2024-03-01';
            set variable last_day = date '2024-07-28';
            set variable horizon = date '2024-07-29';
            """
        )
        _run(con, "macros", "calendar")
        con.execute(
            """
            create table account_history as
            select
                range as account_no, range as person_id, 'jd' as platform, null as shop_id,
                'a' || range as account_id, timestamp '2024-02-20' as registered_at,
                null::timestamp as deleted_at
            from range(60000);
            create table orders as
            with times as (
                select account_no, 0 as n, timestamp '2024-03-01 12:00:00' as paid_at
                from account_history
                union all
                select account_no, n, timestamp '2024-03-01 12:00:00'
                    + to_hours((24 * (14 * n + whole(account_no * 16 + n, 'day', 0, 13)))::int)
                from account_history cross join range(1, 10) as fortnights (n)
                where chance(account_no * 16 + n, 'buys again', 1 / 15)
            )
            select
                account_no * 16 + n as order_no, account_no, paid_at, false as is_test,
                'paid' as fate, null::date as sale_from, null as festival_id
            from times;
            """
        )
        _run(con, "win_backs", "outreach", "experiments")
        yield con


def _run(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    for name in names:
        con.execute((generator.SQL / f"{name}.sql").read_text(encoding="utf-8"))


def test_one_experiment_works_and_the_others_do_not(crowd):
    rates = {
        (code, variant): rate
        for code, variant, rate in crowd.execute(
            """
            select code, variant, avg((exists (
                select 1 from orders where orders.account_no = assignments.account_no
                    and paid_at >= assigned_at and paid_at < ends_at
            ))::int)
            from assignments group by code, variant
            """
        ).fetchall()
    }
    assert 1.1 < rates["FREIGHT", "treatment"] / rates["FREIGHT", "control"] < 1.5
    assert 0.9 < rates["CHECKOUT", "treatment"] / rates["CHECKOUT", "control"] < 1.1
    for variant in ("variant_a", "variant_b"):
        assert 0.9 < rates["GALLERY", variant] / rates["GALLERY", "control"] < 1.1


def test_a_win_back_message_works_a_little(crowd):
    """Of the customers who have been away for sixty days, those who were written to buy more."""
    sent, others = crowd.execute(
        """
        with waiting as (
            select account_no, paid_at,
                lead(paid_at) over (partition by account_no order by paid_at) as next_paid_at
            from orders
        ),
        candidates as (
            select waiting.*, sent_at, outreach.account_no is not null as is_sent
            from waiting left join outreach
                on waiting.account_no = outreach.account_no and purpose = 'win_back'
                and date_trunc('month', sent_at) = timestamp '2024-06-01'
            where paid_at < timestamp '2024-04-10'
                and coalesce(next_paid_at > timestamp '2024-06-10 21:00:00', true)
        )
        select
            avg((coalesce(next_paid_at < timestamp '2024-06-17 10:00:00', false))::int)
                filter (is_sent),
            avg((coalesce(next_paid_at < timestamp '2024-06-17 10:00:00', false))::int)
                filter (not is_sent)
        from candidates
        """
    ).fetchone()
    assert 1.1 < sent / others < 2


def test_every_campaign_of_a_coupon_or_message_is_known(sample):
    for table in ("coupons", "outreach"):
        known, unknown = sample.rows(
            f"select count(campaigns.campaign_id), count(*) - count(campaigns.campaign_id)"
            f" from {table} left join campaigns using (campaign_id)"
            f" where {table}.campaign_id is not null"
        )[0]
        assert known > 0
        assert unknown == 0, table
