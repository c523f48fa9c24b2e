"""The contents of the sample brand, read back from the landed files."""

import csv
from collections import Counter
from pathlib import Path

from ingest.declarations import load_sources
from ingest.sample_brand.landing_folder import truth_folder
from ingest.sample_brand.tables import TABLES

ORDER = "platform, shop_id, order_id"
NET = "quantity * unit_price - line_discount"
DISCOUNTS = "seller_discount + platform_discount + partner_discount + points_discount"


def read_truth(folder: Path, name: str) -> list[dict[str, str]]:
    with open(folder / name, encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_every_row_lands_and_exactly_the_bad_lines_are_rejected(sample):
    assert sample.report.refusals == []
    landed = {name: counts.rows_landed for name, counts in sample.report.tables.items()}
    assert landed == sample.outcome.rows
    truth = read_truth(truth_folder(sample.options), "bad_lines.csv")
    expected = Counter((line["table_name"], line["line"]) for line in truth)
    found = Counter(sample.rows("select table_name, line from landed.raw.rejected_rows"))
    assert found == expected
    assert {line["kind"] for line in truth} == {
        "wrong_type", "bad_date", "missing_key", "ragged", "unclosed_quote",
    }  # fmt: skip


def test_bad_lines_stay_below_one_in_twenty_in_each_file(sample):
    worst = sample.value("select max(rows_rejected / rows_read) from landed.raw.load_log")
    assert 0 < worst < 0.05


def test_every_declared_column_of_every_table_is_sometimes_filled(sample):
    tables = [t for s in load_sources(["oms", "wms", "helpdesk", "marketing"]) for t in s.tables]
    assert {t.raw_name for t in tables} == {t.name for t in TABLES}
    empty = []
    for table in tables:
        names = [column.name for column in table.columns]
        counts = sample.rows(
            f"select {', '.join(f'count({name})' for name in names)} from landed.raw."
            f"{table.raw_name}"
        )[0]
        empty += [f"{table.raw_name}.{n}" for n, c in zip(names, counts, strict=True) if not c]
    assert not empty, (
        f"declared, and the sample brand never fills it: {empty}; each table's columns are written"
        " in ingest/sample_brand/sql/export_<table>.sql"
    )


def test_as_many_orders_as_were_asked_for(sample):
    count = sample.value(f"select count(distinct ({ORDER})) from landed.raw.orders")
    assert abs(count - sample.options.order_target) < 0.05 * sample.options.order_target


def test_lines_discounts_freight_and_tax_add_up_to_payable(sample):
    wrong = sample.rows(
        f"""
        select {ORDER}, payable_amount, any_value({DISCOUNTS}), sum({NET})
        from orders inner join order_lines using ({ORDER})
        group by {ORDER}, payable_amount, freight, tax, {DISCOUNTS}
        having sum({NET}) - ({DISCOUNTS}) + freight + tax <> payable_amount
        """
    )
    assert wrong == []
    without_lines = sample.value(
        f"select count(*) from orders anti join order_lines using ({ORDER})"
    )
    assert without_lines == 0


def test_every_version_of_an_order_came_with_lines_that_add_up(sample):
    wrong = sample.value(
        f"""
        with versions as (
            select distinct {ORDER}, updated_at, payable_amount - freight - tax + {DISCOUNTS} as net
            from landed.raw.orders where is_deleted is null
        ),
        lines as (
            select {ORDER}, updated_at, sum({NET}) as net
            from (
                select distinct {ORDER}, line_no, updated_at, quantity, unit_price, line_discount
                from landed.raw.order_lines where is_deleted is null
            )
            group by {ORDER}, updated_at
        )
        select count(*) from versions full join lines using ({ORDER}, updated_at)
        where versions.net is distinct from lines.net
        """
    )
    assert wrong == 0
    vanished = sample.value(
        f"""
        select count(distinct ({ORDER}, line_no)) from landed.raw.order_lines
        where is_deleted is null and ({ORDER}) in (select ({ORDER}) from orders)
            and ({ORDER}, line_no) not in (select ({ORDER}, line_no) from order_lines)
        """
    )
    assert vanished > 0


def test_no_discount_exceeds_what_is_left(sample):
    assert sample.value(f"select min({NET}) from order_lines") >= 0
    assert (
        sample.value(
            "select min(least(seller_discount, platform_discount, partner_discount,"
            " points_discount, payable_amount - freight - tax, freight, tax)) from orders"
        )
        == 0
    )
    for funder in ("seller", "platform", "partner", "points"):
        assert sample.value(f"select max({funder}_discount) from orders") > 0


def test_succeeded_payments_equal_the_payable_amount(sample):
    wrong = sample.rows(
        f"""
        with paid as (
            select {ORDER}, sum(amount) as amount from payments
            where status = 'succeeded' group by {ORDER}
        )
        select {ORDER}, status, payable_amount, coalesce(paid.amount, 0)
        from orders left join paid using ({ORDER})
        where coalesce(paid.amount, 0) <> case
            when orders.paid_at is not null then payable_amount
            -- A deposit is lost, given back, or waits for its balance.
            when order_type = 'presale' and paid.amount is not null then deposit_amount
            else 0
        end
        """
    )
    assert wrong == []
    kinds = sample.rows("select distinct stage, status from payments order by all")
    assert set(kinds) == {
        ("deposit", "succeeded"),
        ("deposit", "cancelled"),
        ("balance", "succeeded"),
        ("full", "succeeded"),
        ("full", "failed"),
        ("full", "cancelled"),
    }
    assert (
        sample.value(
            "select count(*) from payments where status = 'succeeded'"
            " and abs(fee - amount * 0.006) > 0.005"
        )
        == 0
    )


def test_statuses_follow_the_money(sample):
    found = set(sample.rows("select status, paid_at is not null, payment_on_delivery from orders"))
    assert {status for status, _, _ in found} >= {
        "paid", "shipped", "delivered", "completed", "closed", "cancelled",
    }  # fmt: skip
    raw = {status for (status,) in sample.rows("select distinct status from landed.raw.orders")}
    assert raw == {
        None, "created", "deposit_paid", "paid", "shipped", "delivered", "completed", "closed",
        "cancelled",
    }  # fmt: skip
    for status, is_paid, on_delivery in found:
        if status in ("created", "deposit_paid", "closed"):
            assert not is_paid
        elif status in ("paid", "completed", "cancelled"):
            assert is_paid
        else:
            assert is_paid or on_delivery
    assert sample.value(
        "select count(*) from orders where payable_amount = 0 and paid_at > created_at"
    )
    assert sample.value("select count(*) from orders where is_test") > 0


def allocated(weights: list[int], discounts: list[int]) -> list[int]:
    """Spread each discount in turn over what is left, by the largest remainder; in cents."""
    left = list(weights)
    for discount in discounts:
        total = sum(left)
        shares = [divmod(discount * weight, total) if total else (0, 0) for weight in left]
        spread = [share for share, _ in shares]
        order = sorted(range(len(left)), key=lambda i: (-shares[i][1], -left[i], i))
        for i in order[: discount - sum(spread)]:
            spread[i] += 1
        left = [weight - share for weight, share in zip(left, spread, strict=True)]
    return left


def test_refunds_never_exceed_what_was_paid(sample):
    orders = sample.rows(
        f"""
        select ({ORDER}), (freight * 100)::bigint,
            [(seller_discount * 100)::bigint, (platform_discount * 100)::bigint,
             (partner_discount * 100)::bigint, (points_discount * 100)::bigint],
            list(line_no order by line_no), list((({NET}) * 100)::bigint order by line_no)
        from orders inner join order_lines using ({ORDER})
        where ({ORDER}) in (select ({ORDER}) from refunds where status = 'completed')
        group by all
        """
    )
    paid = {}
    for order, freight, discounts, numbers, nets in orders:
        paid[order] = (freight, dict(zip(numbers, allocated(nets, discounts), strict=True)))
    back = Counter()
    freight_back = Counter()
    for order, line_no, amount, freight, kind in sample.rows(
        f"""
        select ({ORDER}), line_no, (amount * 100)::bigint, (freight_amount * 100)::bigint, kind
        from refunds where status = 'completed' and order_id is not null
        """
    ):
        assert (amount == 0) == (kind == "exchange"), (order, line_no)
        freight_back[order] += freight
        lines = paid[order][1]
        back[order, line_no] += amount
        room = sum(lines.values()) if line_no is None else lines[line_no]
        assert back[order, line_no] <= room, (order, line_no)
    for order, (freight, lines) in paid.items():
        assert freight_back[order] <= freight
        assert sum(amount for (o, _), amount in back.items() if o == order) <= sum(lines.values())
    assert any(line_no is None for _, line_no in back)
    assert any(line_no is not None for _, line_no in back)


def test_refunds_come_in_every_kind(sample):
    kinds = set(sample.rows("select kind, stage from refunds"))
    assert kinds == {
        ("refund_only", "before_shipping"),
        ("refund_only", "after_shipping"),
        ("return_and_refund", "after_shipping"),
        ("exchange", "after_shipping"),
    }
    statuses = {status for (status,) in sample.rows("select distinct status from refunds")}
    assert statuses == {"applied", "completed", "rejected", "cancelled"}
    unknown = set(sample.rows("select account_id is null from refunds where order_id is null"))
    assert unknown == {(True,), (False,)}
    several = f"select count(*) from (from refunds group by {ORDER} having count(order_id) > 1)"
    assert sample.value(several.replace("(from", f"(select {ORDER} from")) > 0


def test_festival_days_stand_out(sample):
    days = dict(sample.rows("select created_at::date::varchar, count(*) from orders group by all"))
    usual = sorted(days.values())[len(days) // 2]
    for peak in ("2024-11-01", "2024-11-11"):
        assert days[peak] > 3 * usual
    assert days["2024-12-12"] > 2 * usual
    presale = {d for (d,) in sample.rows(
        "select distinct strftime(created_at, '%m-%d') from orders where order_type = 'presale'"
    )}  # fmt: skip
    assert min(presale) >= "10-21"
    assert max(presale) <= "10-31"
    dropped, total = sample.rows(
        "select count(*) filter (status = 'closed'), count(*) from orders"
        " where order_type = 'presale'"
    )[0]
    assert 0.05 * total < dropped < 0.3 * total


def test_only_the_brands_own_site_writes_offsets(sample):
    found = sample.rows(
        """
        select distinct platform, created_at_offset_minutes
        from landed.raw.orders where is_deleted is null order by all
        """
    )
    offsets = {(p, o) for p, o in found if o is not None}
    assert offsets == {("shopify", -240), ("shopify", -300)}
    assert ("shopify", None) not in found
    # Summer time ended at two in the morning of 3 November 2024.
    switch = sample.rows(
        """
        select created_at_offset_minutes, min(created_at), max(created_at)
        from landed.raw.orders where platform = 'shopify' and is_deleted is null
        group by all order by 1
        """
    )
    assert str(switch[0][1]) >= "2024-11-03 02:00"
    assert str(switch[1][2]) < "2024-11-03 02:00"
