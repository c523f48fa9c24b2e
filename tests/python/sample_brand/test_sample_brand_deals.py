"""Pre-sales, statements and listings of the sample brand, read back from landed files."""

from decimal import Decimal

ORDER = "platform, shop_id, order_id"
PAID_IN = f"""
    select {ORDER}, sum(amount) as received, count(*) as payments, max(stage) as stage
    from payments where status = 'succeeded' group by {ORDER}
"""


def test_deposit_and_balance_add_up_to_the_payable_amount(sample):
    orders, differing = sample.rows(
        f"""
        select count(*), count(*) filter (received <> payable_amount)
        from orders inner join ({PAID_IN}) using ({ORDER})
        where order_type = 'presale' and paid_at is not null and payments = 2
        """
    )[0]
    assert orders > 20
    assert differing == 0


def test_a_deposit_without_balance_is_kept_or_given_back(sample):
    kept = sample.value(
        f"""
        select count(*) from orders inner join ({PAID_IN}) using ({ORDER})
        where order_type = 'presale' and paid_at is null and stage = 'deposit'
            and received = deposit_amount
        """
    )
    given_back = sample.value(
        "select count(*) from payments where stage = 'deposit' and status = 'cancelled'"
    )
    assert kept > 0
    assert given_back > 0


def test_statements_pay_out_what_was_paid_but_for_a_few_cents(sample):
    rows = sample.rows(
        f"""
        select abs(sum(amount) - any_value(received))
        from settlements inner join ({PAID_IN}) using ({ORDER})
        where kind = 'payout' group by {ORDER}
        """
    )
    off = [difference for (difference,) in rows if difference]
    assert 0 < len(off) < len(rows) / 100
    assert max(off) <= Decimal("0.03")


def test_no_order_is_settled_before_it_is_paid(sample):
    early = sample.value(
        f"""
        select count(*) from settlements
        inner join (
            select {ORDER}, min(paid_at) as first_paid_at
            from payments where status = 'succeeded' group by {ORDER}
        ) using ({ORDER})
        where settled_at < first_paid_at
        """
    )
    assert early == 0


def test_some_orders_are_not_settled_yet_and_some_dues_have_no_order(sample):
    open_orders = sample.value(
        f"select count(*) from orders anti join settlements using ({ORDER})"
        " where paid_at is not null"
    )
    assert open_orders > 0
    assert sample.value("select count(*) from settlements where order_id is null") > 0
