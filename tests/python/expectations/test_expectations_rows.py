"""Rules about rows: the nearest row that holds, and the nearest that does not."""

import duckdb
import pytest

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

CASES = [
    ("orders", "placed_in_future", orders(created=NOON_AFTER.format(0)), None),
    ("orders", "placed_in_future", orders(created=NOON_AFTER.format(1)), 100),
    ("orders", "no_account", orders(account=ACCOUNT.format(50)), None),
    ("orders", "no_account", orders(account=ACCOUNT.format(51)), 51),
    ("orders", "paid_before_placed", orders(paid=BEFORE.format(1)), None),
    ("orders", "paid_before_placed", orders(paid=BEFORE.format(2)), 2),
    ("orders", "paid_before_placed", orders(), None),
    ("order_lines", "negative_price", "select 1 as quantity, 0 as unit_price", None),
    ("order_lines", "negative_price", "select 1 as quantity, -0.01 as unit_price", 100),
    ("order_lines", "nothing_sold", "select i + 1 as quantity, 1 as unit_price", None),
    ("order_lines", "nothing_sold", "select i as quantity, 1 as unit_price", 1),
    ("order_lines", "free_lines", FREE.format(50), None),
    ("order_lines", "free_lines", FREE.format(51), 51),
    ("refunds", "takes_money", REFUND.format(0, "null", DAY), None),
    ("refunds", "takes_money", REFUND.format("-0.01", 0, DAY), 100),
    ("refunds", "takes_money", REFUND.format(0, "-0.01", DAY), 100),
    ("refunds", "completed_before_asked", REFUND.format(1, 0, DAY), None),
    ("refunds", "completed_before_asked", REFUND.format(1, 0, "null::timestamp"), None),
    ("refunds", "completed_before_asked", REFUND.format(1, 0, BEFORE.format(1)), 1),
    (
        "online_retail_invoices",
        "cancellation_sells",
        "select 'C1' as invoice_no, -1 as quantity union all select '1', 1",
        None,
    ),
    (
        "online_retail_invoices",
        "cancellation_sells",
        "select 'C1' as invoice_no, case when i = 0 then 0 else -1 end as quantity",
        1,
    ),
    (
        "olist_orders",
        "approved_before_placed",
        f"select {BEFORE.format(1)} as order_approved_at, {DAY} as order_purchase_timestamp",
        None,
    ),
    (
        "olist_orders",
        "approved_before_placed",
        f"select {BEFORE.format(2)} as order_approved_at, {DAY} as order_purchase_timestamp",
        2,
    ),
    ("tmall_order_report", "total_not_tied", REPORT.format(DAY, 7, 3), None),
    ("tmall_order_report", "total_not_tied", REPORT.format(DAY, 7, 2), 100),
    ("tmall_order_report", "total_not_tied", REPORT.format("null", 0, 0), None),
    ("tmall_order_report", "refunded_unpaid", REPORT.format("null", 0, 0), None),
    ("tmall_order_report", "refunded_unpaid", REPORT.format("null", 0, 3), 100),
    ("tmall_order_report", "refunded_unpaid", REPORT.format(DAY, 7, 3), None),
]


def broken_rows(table: str, name: str, select: str, rows: int = 100) -> int | None:
    """How many rows of a batch of so many break the rule; a second batch has one such row each."""
    (rule,) = [rule for rule in row_rules()[table] if rule.name == name]
    batch = (
        "(select *, 1 as _batch_id, 'f' as _source_file from"
        f" ({select} from range({rows}) as numbers(i)))"
        if "union all" not in select
        else f"(select *, 1 as _batch_id, 'f' as _source_file from ({select}))"
    )
    found = duckdb.sql(rule.query.replace("{batch}", batch))
    broken = found.fetchall()
    return broken[0][found.columns.index("rows")] if broken else None


@pytest.mark.parametrize(("table", "name", "select", "rows"), CASES)
def test_a_rule_holds_up_to_its_limit(table, name, select, rows):
    assert broken_rows(table, name, select) == rows


def test_every_rule_has_a_case_that_breaks_it_and_one_that_does_not():
    rules = {(table, rule.name) for table, rules in row_rules().items() for rule in rules}
    assert {(table, name) for table, name, _, rows in CASES if rows} == rules
    assert {(table, name) for table, name, _, rows in CASES if not rows} == rules


def test_a_share_of_few_rows_says_nothing():
    free = "select 1 as quantity, 0 as unit_price"
    assert broken_rows("order_lines", "free_lines", free, rows=49) is None
    assert broken_rows("order_lines", "free_lines", free, rows=50) == 50
