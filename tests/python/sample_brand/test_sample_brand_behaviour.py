"""How the people, parcels and conversations of the sample brand behave."""

import csv
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from ingest.sample_brand import Options, generator
from ingest.sample_brand.landing_folder import truth_folder
from ingest.sample_brand.tables import TABLES

ORDER = "platform, shop_id, order_id"


@pytest.fixture(scope="module")
def two_years() -> duckdb.DuckDBPyConnection:
    """The whole two years in memory, without files."""
    options = Options(landing_dir=Path("unused"), warehouse_dir=Path("unused"), scale=0.3)
    with duckdb.connect() as con:
        generator.tell_story(con, options)
        yield con


def test_most_buyers_buy_once_and_some_keep_coming(two_years):
    once, often, most = two_years.execute(
        """
        with buyers as (
            select person_id, count(distinct paid_at::date) as occasions
            from orders where paid_at is not null and not is_test group by person_id
        )
        select avg((occasions = 1)::int), avg((occasions >= 5)::int), max(occasions) from buyers
        """
    ).fetchone()
    assert 0.60 < once < 0.70
    assert 0.03 < often < 0.12
    assert most >= 10


def test_consumables_are_bought_again_sooner(two_years):
    medians = dict(
        two_years.execute(
            """
            with gaps as (
                select category_no, day_no - lag(day_no) over (
                    partition by person_id order by day_no, order_no
                ) as gap
                from orders where persona = 'loyal'
            )
            select category_no, median(gap) from gaps where gap > 0 group by category_no
            """
        ).fetchall()
    )
    masks, skin, bedding = medians[2], medians[1], medians[5]
    assert masks < skin < bedding


def test_orders_are_mostly_valid_and_have_two_or_three_lines(two_years):
    count, valid, lines = two_years.execute(
        "select count(*), avg((paid_at is not null)::int), avg(line_count) from orders"
    ).fetchone()
    assert abs(count - 18_000) < 0.15 * 18_000
    assert 0.88 < valid < 0.96
    assert 2.1 < lines < 2.6
    versions = two_years.execute("select count(*) from order_versions").fetchone()[0]
    assert versions <= 2.05 * count


def test_the_brand_grows_and_festivals_sell_most(two_years):
    by_day = two_years.execute(
        "select strftime(day, '%m-%d') from orders group by day order by count(*) desc limit 8"
    ).fetchall()
    assert {day for (day,) in by_day} <= {"11-01", "11-11", "06-01", "06-18", "12-12", "03-08"}
    first, second = two_years.execute(
        "select count(*) filter (day_no < 365), count(*) filter (day_no >= 365) from orders"
    ).fetchone()
    assert 1.2 * first < second < 3 * first


def test_every_platform_and_kind_of_order_is_there(sample):
    kinds = {
        "select count(distinct platform) from orders": 8,
        "select count(distinct (platform, shop_id)) from orders": 10,
        "select count(distinct order_type) from orders": 4,
    }
    for query, expected in kinds.items():
        assert sample.value(query) == expected
    for column, order_type in (("group_id", "group"), ("live_session_id", "live")):
        is_type = f"order_type = '{order_type}'"
        assert (
            sample.value(f"select count(*) from orders where ({column} is null) = ({is_type})") == 0
        )
    # Both stores number their receipts alike: an order id alone is no key.
    assert sample.value("select count(*) - count(distinct order_id) from orders") > 0


def test_the_truth_names_the_person_of_every_account(sample):
    with open(truth_folder(sample.options) / "account_person.csv", encoding="utf-8") as source:
        truth = list(csv.DictReader(source))
    known = {(row["platform"], row["shop_id"], row["account_id"]) for row in truth}
    assert len(known) == len(truth)
    landed = set(
        sample.rows(
            "select distinct platform, coalesce(shop_id, ''), account_id from landed.raw.accounts"
        )
    )
    assert known == landed
    platforms = defaultdict(set)
    for row in truth:
        platforms[row["person_id"]].add(row["platform"])
    assert sum(len(found) > 1 for found in platforms.values()) > 20
    shared = {p for p, shop, _ in known if not shop}
    assert shared == {"tmall", "taobao", "jd", "pinduoduo", "douyin", "amazon"}
    orders = sample.rows(
        "select distinct platform,"
        " case when platform in ('shopify', 'offline') then shop_id else '' end,"
        " account_id from orders"
    )
    assert set(orders) <= known


def test_phones_are_fictional_and_written_in_many_ways(sample):
    phones = [p for (p,) in sample.rows("select phone from accounts where phone is not null")]
    digits = [p.translate(str.maketrans("０１２３４５６７８９", "0123456789")) for p in phones]
    fictional = ("154", "142", "555")
    assert all(any(prefix in d.replace(" ", "") for prefix in fictional) for d in digits)
    for sign in ("****", "+86 ", "-", "+1"):
        assert any(sign in phone for phone in phones), sign
    # Landing writes full-width digits as plain ones: only the files hold them.
    files = sample.options.landing_dir.glob("**/*accounts*/*.csv")
    assert any("１" in file.read_text() for file in files)
    receivers = [p for (p,) in sample.rows("select receiver_phone from orders")]
    assert any(p and "转" in p for p in receivers)


def test_parcels_hold_what_was_ordered(sample):
    wrong = sample.rows(
        f"""
        with packed as (
            select {ORDER}, sku_id, sum(shipment_lines.quantity) as quantity
            from shipments inner join shipment_lines using (shipment_id)
            where direction = 'outbound' group by {ORDER}, sku_id
        ),
        ordered as (
            select {ORDER}, sku_id, sum(quantity) as quantity from order_lines
            where ({ORDER}) in (select ({ORDER}) from shipments) group by {ORDER}, sku_id
        )
        select {ORDER}, sku_id, packed.quantity, ordered.quantity
        from packed full join ordered using ({ORDER}, sku_id)
        where packed.quantity is distinct from ordered.quantity
        """
    )
    assert wrong == []
    split = sample.value(
        f"select count(*) from (select {ORDER} from shipments where direction = 'outbound'"
        f" group by {ORDER} having count(*) = 2)"
    )
    assert split > 0


def test_some_parcels_are_late_some_are_lost_and_scans_run_forward(sample):
    late, delivered = sample.rows(
        "select count(*) filter (delivered_at > deliver_by_at), count(*) from shipments"
        " where direction = 'outbound' and status = 'delivered'"
    )[0]
    assert 0.04 < late / delivered < 0.2
    statuses = {s for (s,) in sample.rows("select distinct status from shipments")}
    assert statuses == {"pending", "shipped", "delivered", "returned", "lost"}
    backward = sample.value(
        """
        with ranked as (
            select *, case scan_code
                when 'picked_up' then 1
                when 'in_transit' then 2
                when 'out_for_delivery' then 3
                else 4
            end as stage
            from parcel_scans
        )
        select count(*) from (
            select stage < lag(stage) over (partition by tracking_no order by scanned_at, stage)
                as is_backward
            from ranked
        )
        where is_backward
        """
    )
    assert backward == 0
    assert (
        sample.value(
            """
            select count(*) from shipments left join parcel_scans
                on shipments.tracking_no = parcel_scans.tracking_no and scan_code = 'delivered'
            where shipments.delivered_at is distinct from parcel_scans.scanned_at
            """
        )
        == 0
    )
    silent = sample.value(
        "select max(scanned_at - shipped_at) from shipments inner join parcel_scans"
        " using (tracking_no) where status = 'lost'"
    )
    assert silent.days < 4


def test_times_of_an_order_are_in_sequence(sample):
    for earlier, later, table in (
        ("created_at", "paid_at", "orders"),
        ("created_at", "closed_at", "orders"),
        ("shipped_at", "delivered_at", "shipments"),
        ("applied_at", "completed_at", "refunds"),
        ("opened_at", "closed_at", "tickets"),
        ("created_at", "replied_at", "reviews"),
        ("starts_at", "ends_at", "campaigns"),
    ):
        assert sample.value(f"select count(*) from {table} where {later} < {earlier}") == 0
        assert sample.value(f"select count(*) from {table} where {later} > {earlier}") > 0
    registered = sample.value(
        """
        select count(*) from orders inner join accounts
            on orders.platform = accounts.platform and orders.account_id = accounts.account_id
            and (accounts.shop_id is null or orders.shop_id = accounts.shop_id)
        where created_at < registered_at
        """
    )
    assert registered == 0


def test_messages_stay_inside_their_tickets(sample):
    wrong = sample.value(
        """
        select count(*) from ticket_messages left join tickets using (ticket_id)
        where sent_at < opened_at
            -- Some buyers come back after the closing; nobody else writes then.
            or sent_at > closed_at + to_days(case when sender = 'customer' then 1 else 0 end)
            or (tickets.ticket_id is null
                and ticket_id not in (select ticket_id from landed.raw.tickets))
        """
    )
    assert wrong == 0
    first = sample.rows(
        "select distinct first(sender order by sent_at, message_id) from ticket_messages"
        " group by ticket_id"
    )
    assert first == [("customer",)]
    senders = {s for (s,) in sample.rows("select distinct sender from ticket_messages")}
    assert senders == {"customer", "bot", "agent"}
    personal = sample.value(
        "select count(*) from ticket_messages where regexp_matches(text, '1[45][0-9]{9}')"
    )
    assert personal > 0
    assert sample.value("select count(*) from tickets where closed_at is null") > 0


def test_late_parcels_bring_contacts_and_poor_ratings(sample):
    sample.con.execute(
        f"""
        create or replace temp table arrivals as
        select {ORDER}, max(delivered_at > deliver_by_at) as is_late from shipments
        where delivered_at is not null and direction = 'outbound' group by {ORDER}
        """
    )
    rating = dict(
        sample.rows(
            f"select is_late, avg(rating) from reviews inner join arrivals using ({ORDER})"
            " group by is_late"
        )
    )
    assert rating[True] < rating[False]
    contact = dict(
        sample.rows(
            f"""
            select is_late, avg((({ORDER}) in (
                select ({ORDER}) from tickets where topic = 'logistics' and order_id is not null
            ))::int) from arrivals group by 1
            """
        )
    )
    assert contact[True] > 3 * contact[False]


def test_every_campaign_of_an_order_is_known(sample):
    unknown = sample.rows(
        "select distinct campaign_id from orders where campaign_id is not null"
        " and campaign_id not in (select campaign_id from campaigns)"
    )
    assert unknown == []
    kinds = {k for (k,) in sample.rows("select distinct kind from campaigns")}
    assert kinds == {"festival", "monthly", "coupon", "live", "ad"}


def test_every_kind_of_dirt_occurs(sample):
    with open(truth_folder(sample.options) / "dirt.csv", encoding="utf-8") as source:
        dirt = defaultdict(int)
        for row in csv.DictReader(source):
            dirt[row["kind"]] += int(row["row_count"])
    assert dirt["all rows"] == sum(sample.outcome.rows.values())
    for kind in ("late", "repeated", "stray", "deletes", "overtaken by a newer version"):
        assert dirt[kind] > 0, kind
    # The same again, from the landed rows.
    assert dirt["deletes"] == sum(
        sample.value(f"select count(*) from landed.raw.{table.name} where is_deleted")
        for table in TABLES
    )
    columns = sample.rows("describe landed.raw.order_lines")
    names = ", ".join(name for name, *_ in columns if not name.startswith("_"))
    copies = sample.value(
        f"select sum(copies - 1) from (select count(*) as copies from landed.raw.order_lines"
        f" group by {names} having count(distinct _source_file) > 1)"
    )
    assert copies > 0
    overtaken = sample.value(
        f"""
        select count(*) from (
            select updated_at < max(updated_at) over (
                partition by {ORDER} order by _batch_id rows unbounded preceding
            ) as is_overtaken
            from landed.raw.orders
        )
        where is_overtaken
        """
    )
    assert overtaken > 0
