"""Rules about rows: the nearest row that passes, and the nearest that breaks the rule."""

import duckdb
import pytest

from expectations.rows import as_ranges, from_ranges
from expectations.runner import row_rules

DAY = "timestamp '2024-06-01'"
ORDERS = (
    "select {account} as account_id, {created} as created_at, {paid} as paid_at,"
    f" {DAY} + interval 12 hour as _loaded_at, false as is_deleted"
)
NOON_AFTER = "timestamp '2024-06-02 12:00:0{}'"
FREE = "select 1 as quantity, case when i < {} then 0 else 1 end as unit_price"
REFUND = f"select {{}} as amount, {{}} as freight_amount, {{}} as completed_at, {DAY} as applied_at"
REPORT = "select {} as paid_at, 10 as total_amount, {} as net_paid_amount, {} as refund_amount"


def orders(account: str = "'a'", created: str = DAY, paid: str = "null::timestamp") -> str:
    return ORDERS.format(account=account, created=created, paid=paid)


BEFORE = f"case when i < {{}} then {DAY} - interval 1 second else {DAY} end"
ACCOUNT = "case when i >= {} then 'a' end"
FUTURE = f"case when i < {{}} then {NOON_AFTER.format(1)} else {DAY} end"
ODD = "case when i < {} then {} else 1 end"
LINES = "select {} as quantity, {} as unit_price"
DISCOUNTS = (
    "select {} as seller_discount, null::int as platform_discount, 0 as partner_discount,"
    " {} as points_discount"
)
CANCELLED = "select case when i = 100 then '1' else 'C1' end as invoice_no, {} as quantity"
APPROVED = f"select {{}} as order_approved_at, {DAY} as order_purchase_timestamp"

# Table, rule, the rows of a batch of a hundred, how many are odd, and whether that stops a run.
STATEMENT = "select '{}' as kind, {} as amount"
MOVED = "select '{}' as kind, {} as quantity"
HALF = "case when i < 50 then 1 else -1 end"
MORE = "case when i < 51 then 1 else -1 end"
HALF_LEAVE = "case when i < 50 then -1 else 1 end"
CASES = [
    ("orders", "placed_in_future", orders(created=NOON_AFTER.format(0)), 0, None),
    ("orders", "placed_in_future", orders(created=FUTURE.format(1)), 1, "warning"),
    ("orders", "placed_in_future", orders(created=FUTURE.format(9)), 9, "warning"),
    ("orders", "placed_in_future", orders(created=FUTURE.format(10)), 10, "critical"),
    ("orders", "no_account", orders(account=ACCOUNT.format(50)), 50, None),
    ("orders", "no_account", orders(account=ACCOUNT.format(51)), 51, "critical"),
    ("orders", "paid_before_placed", orders(paid=BEFORE.format(0)), 0, None),
    ("orders", "paid_before_placed", orders(paid=BEFORE.format(9)), 9, "warning"),
    ("orders", "paid_before_placed", orders(paid=BEFORE.format(10)), 10, "critical"),
    ("orders", "paid_before_placed", orders(), 0, None),
    ("orders", "discount_below_nothing", DISCOUNTS.format(0, 5), 0, None),
    ("orders", "discount_below_nothing", DISCOUNTS.format("null::int", "null::int"), 0, None),
    ("orders", "discount_below_nothing", DISCOUNTS.format(ODD.format(1, -1), 5), 1, "warning"),
    ("orders", "discount_below_nothing", DISCOUNTS.format(5, ODD.format(50, -1)), 50, "warning"),
    ("orders", "discount_below_nothing", DISCOUNTS.format(5, ODD.format(51, -1)), 51, "critical"),
    ("order_lines", "discount_below_nothing", "select 0 as line_discount", 0, None),
    (
        "order_lines",
        "discount_below_nothing",
        f"select {ODD.format(50, '-0.01')} as line_discount",
        50,
        "warning",
    ),
    (
        "order_lines",
        "discount_below_nothing",
        f"select {ODD.format(51, '-0.01')} as line_discount",
        51,
        "critical",
    ),
    ("order_lines", "negative_price", LINES.format(1, 0), 0, None),
    ("order_lines", "negative_price", LINES.format(1, ODD.format(1, "-0.01")), 1, "warning"),
    ("order_lines", "negative_price", LINES.format(1, ODD.format(80, -1)), 80, "warning"),
    ("order_lines", "negative_price", LINES.format(1, ODD.format(81, -1)), 81, "critical"),
    ("order_lines", "nothing_sold", LINES.format("i + 1", 1), 0, None),
    ("order_lines", "nothing_sold", LINES.format("i", 1), 1, "warning"),
    ("order_lines", "nothing_sold", LINES.format(ODD.format(50, -1), 1), 50, "warning"),
    ("order_lines", "nothing_sold", LINES.format(ODD.format(51, -1), 1), 51, "critical"),
    ("order_lines", "free_lines", FREE.format(50), 50, None),
    ("order_lines", "free_lines", FREE.format(51), 51, "critical"),
    ("refunds", "takes_money", REFUND.format(0, "null", DAY), 0, None),
    ("refunds", "takes_money", REFUND.format(ODD.format(1, "-0.01"), 0, DAY), 1, "warning"),
    ("refunds", "takes_money", REFUND.format(0, ODD.format(50, "-0.01"), DAY), 50, "warning"),
    ("refunds", "takes_money", REFUND.format(0, ODD.format(51, "-0.01"), DAY), 51, "critical"),
    ("refunds", "completed_before_asked", REFUND.format(1, 0, DAY), 0, None),
    ("refunds", "completed_before_asked", REFUND.format(1, 0, "null::timestamp"), 0, None),
    ("refunds", "completed_before_asked", REFUND.format(1, 0, BEFORE.format(100)), 100, "warning"),
    ("payments", "fees_below_nothing", "select 0 as fee", 0, None),
    ("payments", "fees_below_nothing", "select null::decimal as fee", 0, None),
    ("payments", "fees_below_nothing", f"select {ODD.format(1, '-0.01')} as fee", 1, "warning"),
    ("payments", "fees_below_nothing", f"select {ODD.format(51, '-0.01')} as fee", 51, "critical"),
    ("settlements", "fees_that_are_paid_out", STATEMENT.format("payout", 5), 0, None),
    ("settlements", "fees_that_are_paid_out", STATEMENT.format("commission", -5), 0, None),
    ("settlements", "fees_that_are_paid_out", STATEMENT.format("Commission", HALF), 0, None),
    (
        "settlements",
        "fees_that_are_paid_out",
        STATEMENT.format("payment_fee", MORE),
        51,
        "critical",
    ),
    ("stock_movements", "turned_round", MOVED.format("sale", -1), 0, None),
    ("stock_movements", "turned_round", MOVED.format("receipt", 1), 0, None),
    ("stock_movements", "turned_round", MOVED.format("adjustment", -1), 0, None),
    ("stock_movements", "turned_round", MOVED.format("transfer", 1), 0, None),
    ("stock_movements", "turned_round", MOVED.format("Receipt", HALF_LEAVE), 50, "warning"),
    ("stock_movements", "turned_round", MOVED.format("damage", MORE), 51, "critical"),
    ("online_retail_invoices", "cancellation_sells", CANCELLED.format("-1"), 0, None),
    (
        "online_retail_invoices",
        "cancellation_sells",
        CANCELLED.format("case when i < 50 then 0 else -1 end"),
        50,
        "warning",
    ),
    (
        "online_retail_invoices",
        "cancellation_sells",
        CANCELLED.format("case when i < 51 then 1 else -1 end"),
        51,
        "critical",
    ),
    ("olist_orders", "approved_before_placed", APPROVED.format(DAY), 0, None),
    ("olist_orders", "approved_before_placed", APPROVED.format(BEFORE.format(9)), 9, "warning"),
    ("olist_orders", "approved_before_placed", APPROVED.format(BEFORE.format(10)), 10, "critical"),
    ("tmall_order_report", "total_not_tied", REPORT.format(DAY, 7, 3), 0, None),
    ("tmall_order_report", "total_not_tied", REPORT.format(DAY, 7, 2), 100, "warning"),
    ("tmall_order_report", "total_not_tied", REPORT.format("null", 0, 0), 0, None),
    ("tmall_order_report", "refunded_unpaid", REPORT.format("null", 0, 0), 0, None),
    (
        "tmall_order_report",
        "refunded_unpaid",
        REPORT.format("null", 0, "case when i < 50 then 3 else 0 end"),
        50,
        "warning",
    ),
    ("tmall_order_report", "refunded_unpaid", REPORT.format("null", 0, 3), 100, "critical"),
    ("tmall_order_report", "refunded_unpaid", REPORT.format(DAY, 7, 3), 0, None),
]


def broken(
    table: str, name: str, select: str, rows: int = 100, accepted: str = "false"
) -> dict[str, dict]:
    """The messages by severity for a batch with this number of rows, some of them accepted."""
    (rule,) = [rule for rule in row_rules()[table] if rule.name == name]
    batch = (
        "(select *, 1 as _batch_id, 'f' as _source_file, i + 2 as _source_row,"
        f" ({accepted}) as _is_accepted from range({rows}) as numbers(i), lateral ({select}))"
    )
    said = {}
    for severity in rule.severities:
        found = duckdb.sql(rule.query(severity).replace("{batch}", batch))
        for row in found.fetchall():
            said[severity] = dict(zip(found.columns, row, strict=True))
    return said


@pytest.mark.parametrize(("table", "name", "select", "rows", "severity"), CASES)
def test_a_rule_holds_up_to_its_limit(table, name, select, rows, severity):
    said = broken(table, name, select)
    assert list(said) == ([severity] if severity else [])
    assert [one["rows"] for one in said.values()] == [rows] * len(said)


def test_every_rule_has_a_case_for_each_way_to_break_it_and_one_that_does_not():
    ways = {
        (table, rule.name, severity)
        for table, rules in row_rules().items()
        for rule in rules
        for severity in rule.severities
    }
    cases = {(table, name, how) for table, name, _, _, how in CASES}
    ways |= {(table, name, None) for table, name, _ in ways}
    assert not ways - cases, f"add to CASES (None: it holds): {sorted(ways - cases, key=str)}"
    assert not cases - ways, f"no rule is broken so: {sorted(cases - ways, key=str)}"


def test_a_share_of_few_rows_is_not_judged():
    free = "select 1 as quantity, 0 as unit_price"
    assert broken("order_lines", "free_lines", free, rows=49) == {}
    assert list(broken("order_lines", "free_lines", free, rows=50)) == ["critical"]


def test_a_few_odd_rows_never_stop_even_a_small_file():
    back = LINES.format(-1, 1)
    assert list(broken("order_lines", "nothing_sold", back, rows=9)) == ["warning"]
    assert list(broken("order_lines", "nothing_sold", back, rows=10)) == ["critical"]


def test_accepted_rows_are_ignored_and_the_others_still_count():
    odd = LINES.format(ODD.format(60, -1), 1)
    assert list(broken("order_lines", "nothing_sold", odd)) == ["critical"]
    (said,) = broken("order_lines", "nothing_sold", odd, accepted="i < 10").values()
    assert (said["rows"], said["accepted_rows"], said["concerned_rows"]) == (50, 10, 100)
    assert broken("order_lines", "nothing_sold", odd, accepted="i < 60") == {}


def test_the_first_odd_rows_are_shown_with_line_and_values():
    odd = LINES.format("case when i = 5 then 0 when i > 90 then -i else 1 end", 1)
    (said,) = broken("order_lines", "nothing_sold", odd).values()
    assert said["first_rows"] == [7, *range(93, 102)]
    assert said["first_values"] == ["quantity = 0", "quantity = -91", "quantity = -92"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [("12", [12]), ("12,17-19", [12, 17, 18, 19]), ("3-3, 2", [2, 3])],
)
def test_rows_are_given_as_lines_and_ranges(text, rows):
    assert from_ranges(text) == rows
    assert from_ranges(as_ranges(rows)) == rows


@pytest.mark.parametrize("text", ["", "0", "x", "5-3", "1-", "-2", "1,,2", "1-999999999"])
def test_an_invalid_list_of_rows_is_refused(text):
    with pytest.raises(ValueError):
        from_ranges(text)


def test_ranges_are_printed_in_short_form():
    assert as_ranges([14, 12, 13, 17]) == "12-14,17"
