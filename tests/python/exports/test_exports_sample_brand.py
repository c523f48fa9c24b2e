"""The platforms' files of the sample brand give the orders, refunds and money of its plain files.

What a platform's file cannot say is listed in docs/sample_brand.md.
"""

from decimal import Decimal

import duckdb
import pytest
from two_warehouses import build_both

from ingest.exports.layouts import layouts

# Nothing marks a test order; what Amazon cancelled has no price and was never paid.
TOLD = """
    not plain_is_test
    and not (platform_code = 'amazon' and plain_order_status in ('cancelled', 'closed'))
"""
# These tell what is left of a price, and not who bore the rest.
WITHOUT_FUNDERS = ("tmall", "taobao", "jd")
OTHERS_DISCOUNT = (
    "plain_platform_discount_amount + plain_partner_discount_amount + plain_points_discount_amount"
)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return build_both(tmp_path_factory.mktemp("two"))


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple]:
    return con.execute(query).fetchall()


def test_every_order_of_every_platform_is_there(con):
    counts = dict(rows(con, "select platform_code, count(*) from orders group by all"))
    assert set(counts) == {"tmall", "taobao", "jd", "pinduoduo", "douyin", "shopify", "amazon"}
    assert min(counts.values()) > 25
    assert rows(con, "select * from orders where is_lost") == []
    assert rows(con, "select count(*) from files.subject.fct_orders") == [(sum(counts.values()),)]


def test_the_same_orders_are_valid(con):
    assert rows(con, f"select order_id from orders where {TOLD} and plain_is_valid")
    assert rows(con, f"select order_id from orders where {TOLD} and not plain_is_valid")
    differing = "plain_is_valid is distinct from files_is_valid"
    assert rows(con, f"select * from orders where {TOLD} and {differing}") == []


def test_orders_are_bought_on_the_same_day(con):
    # Amazon tells when an order was placed, not when it was paid.
    day = "if(platform_code = 'amazon' and plain_is_valid, plain_ordered_date, plain_purchase_date)"
    differing = f"files_purchase_date is distinct from {day}"
    assert rows(con, f"select * from orders where {TOLD} and {differing}") == []


@pytest.mark.parametrize(
    "column", ["unit_count", "gross_amount", "paid_amount", "payable_amount", "freight_amount"]
)
def test_units_and_amounts_of_an_order_are_equal(con, column):
    differing = f"plain_{column} is distinct from files_{column}"
    assert rows(con, f"select * from orders where {TOLD} and {differing}") == []
    (total,) = rows(con, f"select sum(files_{column}) from orders where {TOLD}")
    assert total[0] > 0


def test_lines_are_equal_but_on_pinduoduo_where_an_order_is_one(con):
    lines = "if(platform_code = 'pinduoduo', 1, plain_line_count)"
    assert rows(con, f"select * from orders where files_line_count is distinct from {lines}") == []
    plain, files = (
        f"""
        select order_key, line_number, product_key, quantity, gross_amount
        from {side}.subject.fct_order_lines
        where order_key in (
            select order_key from orders where {TOLD} and platform_code <> 'pinduoduo'
        )
        """
        for side in ("plain", "files")
    )
    assert len(rows(con, plain)) > 1000
    assert rows(con, f"({plain}) except ({files})") == []
    assert rows(con, f"({files}) except ({plain})") == []


def test_revenue_is_equal_where_the_file_says_who_bears_a_discount(con):
    without = f"platform_code in {WITHOUT_FUNDERS} and {OTHERS_DISCOUNT} > 0"
    differing = "plain_revenue_amount is distinct from files_revenue_amount"
    assert rows(con, f"select * from orders where {TOLD} and not ({without}) and {differing}") == []
    # The others' discounts count as the seller's: revenue is what was paid.
    unknown = f"select files_revenue_amount = files_paid_amount from orders where {without}"
    assert set(rows(con, unknown)) == {(True,)}


@pytest.mark.parametrize("platform", ["tmall", "taobao", "douyin", "shopify", "amazon"])
def test_refunds_give_back_the_same_cash(con, platform):
    query = """
        select order_id, sum(cash_amount) from refunds inner join orders using (order_key)
        where side = '{side}' and is_completed and platform_code = '{platform}'
        group by order_id order by order_id
    """
    plain, files = (
        [row for row in rows(con, query.format(side=side, platform=platform)) if row[1]]
        for side in ("plain", "files")
    )
    assert len(plain) >= 4
    assert files == plain


@pytest.mark.parametrize("platform", ["pinduoduo", "jd"])
def test_what_went_back_whole_is_known_by_its_status(con, platform):
    query = """
        select order_id, sum(goods_amount)
        from refunds inner join orders using (order_key)
        where side = '{side}' and is_completed and not plain_is_test
            and platform_code = '{platform}' {more}
        group by all {having} order by all
    """
    is_whole = "having sum(goods_amount) = max(plain_paid_amount)"
    if platform == "jd":
        is_whole += " and max(plain_order_status) = 'cancelled'"
    plain = rows(con, query.format(side="plain", platform=platform, more="", having=is_whole))
    presumed = query.format(side="files", platform=platform, more="and is_presumed", having="")
    assert plain
    assert rows(con, presumed) == plain


@pytest.mark.parametrize("platform", ["pinduoduo", "jd"])
def test_what_went_back_in_part_is_known_by_its_statement(con, platform):
    query = """
        select order_id, sum(cash_amount)
        from refunds inner join orders using (order_key)
        where side = '{side}' and is_completed and not plain_is_test
            and platform_code = '{platform}' and {more}
        group by all order by all
    """
    # Refunds of the last days are in no statement yet.
    told = """
        order_key in (
            select order_key from plain.subject.fct_settlements where source_kind = 'refund'
        )
        and order_key not in (
            select order_key from refunds where side = 'files' and is_presumed
        )
    """
    plain = rows(con, query.format(side="plain", platform=platform, more=told))
    assert len(plain) >= 4
    settled = query.format(side="files", platform=platform, more="not is_presumed")
    assert rows(con, settled) == plain


def test_refunds_on_douyin_complete_on_the_same_days(con):
    query = """
        select order_id, booked_date, sum(cash_amount)
        from refunds inner join orders using (order_key)
        where side = '{side}' and is_completed and platform_code = 'douyin' and cash_amount > 0
        group by all order by all
    """
    plain, files = (rows(con, query.format(side=side)) for side in ("plain", "files"))
    assert plain and files == plain


# How a platform calls, or where it hides, what the plain statements tell.
CALLED = """
    case
        when platform_code = 'amazon' and kind in ('payout', 'refund') then 'of buyers'
        when platform_code in ('taobao', 'pinduoduo') and kind = 'commission' then 'service_fee'
        when platform_code = 'pinduoduo' and kind = 'subsidy' and amount < 0 then 'refund'
        when platform_code = 'shopify' and kind in ('service_fee', 'penalty') then 'adjustment'
        when platform_code = 'amazon' and kind = 'penalty' then 'adjustment'
        when kind = 'payout' then 'goods'
        when kind = 'freight_insurance' then 'insurance'
        else kind
    end
"""
# Amazon tells goods, promotions, freight and tax apart.
OF_BUYERS = ("goods", "discount", "freight_income", "tax_collected", "refund")


def test_movements_of_each_class_are_those_of_the_plain_statements(con):
    plain = rows(
        con,
        f"""
        select shop_key, {CALLED} as class, sum(amount)
        from (
            select shop_key, platform_code, source_kind as kind, settled_amount as amount
            from plain.subject.fct_settlements where platform_code <> 'offline'
        )
        group by all order by all
        """,
    )
    files = rows(
        con,
        f"""
        select
            shop_key,
            if(
                platform_code = 'amazon' and money_class_code in {OF_BUYERS},
                'of buyers', money_class_code
            ) as class,
            sum(amount)
        from files.subject.fct_money_movements
        where money_class_code <> 'withdrawal'
        group by all order by all
        """,
    )
    assert len({shop for shop, *_ in plain}) == 8
    assert files == plain


def test_a_promotion_on_amazon_is_a_discount_and_no_refund(con):
    query = """
        select distinct money_class_code from files.subject.fct_money_movements
        where platform_code = 'amazon' and movement_type = '{}' and amount < 0
            and fee_name = 'Principal'
    """
    assert rows(con, query.format("Order")) == [("discount",)]
    assert rows(con, query.format("Refund")) == [("refund",)]


def test_payouts_are_the_net_of_the_payments_that_they_hold(con):
    query = """
        select payout_id, sum(amount)
        from files.subject.fct_money_movements
        where platform_code = 'shopify' and {which} group by all order by all
    """
    held = rows(con, query.format(which="payout_id is not null"))
    paid_out = rows(
        con,
        """
        select '77' || strftime(moved_date, '%Y%m%d'), amount
        from files.subject.fct_money_movements
        where money_class_code = 'withdrawal' order by all
        """,
    )
    assert len(held) > 4
    assert paid_out == held


def test_every_file_whose_layout_can_prove_it_is_proved(con):
    judged = rows(
        con,
        "select source_file, layout, proof_result, proof_detail from files.raw.load_log"
        " where status = 'landed'",
    )
    with_proofs = {name for name, layout in layouts().items() if layout.proofs}
    assert {layout for _, layout, *_ in judged} & with_proofs >= {
        *("taobao_orders", "alipay_wallet", "jd_orders", "jd_settlement", "shopify_orders"),
        *("douyin_settlement", "shopify_payment_transactions", "amazon_settlement"),
    }
    unproved = [row for row in judged if row[1] in with_proofs and row[2] != "proved"]
    assert unproved == []
    # The balance and both totals of a wallet hold, not one of them.
    assert not [row for row in judged if "in the total alone" in row[3]]


def test_no_row_of_the_files_is_rejected(con):
    assert rows(con, "select count(*) from files.raw.rejected_rows") == [(0,)]
    (landed,) = rows(con, "select sum(amount) from files.raw.exports_money_rows")
    assert landed[0] > Decimal(0)
