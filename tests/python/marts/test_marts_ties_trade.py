"""Columns of the trade facts on every row of the sample brand, by queries of the raw rows.

Deposits come with festivals, which the sample's days do not reach: their columns are empty there.
No discount finds too little room and no penalty names its order: those amounts are zero.
"""

import duckdb
import pytest
from tie_words import hours

SETTLED = ("commission", "freight_insurance", "payment_fee", "refund", "service_fee")
KNOWN = ("payout", "subsidy", *SETTLED)


def latest(table: str, key: str) -> str:
    """The latest version of each row by its key, with its shop; the deleted ones are gone."""
    return f"""
        select versions.*, {shop_order("versions")} as order_key, zones.zone
        from (
            select *
            from raw.{table}
            qualify row_number() over (
                partition by {key}
                order by
                    updated_at
                    - to_minutes(coalesce(updated_at_offset_minutes, 0)) desc nulls last,
                    _batch_id desc,
                    _source_row desc
            ) = 1
        ) as versions
        left join zones
            on lower(versions.platform) = zones.platform
            and versions.shop_id is not distinct from zones.shop_id
        where not coalesce(versions.is_deleted, false)
    """


def shop_order(rows: str) -> str:
    """The key of the order that rows name."""
    return (
        f"case when {rows}.order_id is not null then md5(lower({rows}.platform) || chr(31)"
        f" || coalesce({rows}.shop_id, '') || chr(31) || {rows}.order_id) end"
    )


def instant(column: str) -> str:
    """A wall clock in UTC: by its own offset, else by the zone of the shop."""
    return (
        f"case when {column}_offset_minutes is not null"
        f" then {column} - to_minutes({column}_offset_minutes)"
        f" else timezone('UTC', timezone(zone, {column})) end"
    )


def day(moment: str) -> str:
    """The shop's day of an instant."""
    return f"cast(timezone(zone, timezone('UTC', {moment})) as date)"


def settled(kind: str) -> str:
    """The statements' sum of a kind, signed from the seller's view."""
    sign = "-" if kind in SETTLED else ""
    return f"{sign}sum(case when lower(kind) = '{kind}' then amount else 0 end)"


ZONES = """
with zones as (
    -- Accounts that shops share name no shop: their zone is the platform's.
    select platform_code as platform, null as shop_id, time_zone as zone from reference.platforms
    union all
    select lower(s.platform), s.shop_id, coalesce(s.time_zone, p.time_zone)
    from (
        select *
        from raw.shops
        qualify row_number() over (
            partition by platform, shop_id
            order by updated_at desc nulls last, _batch_id desc, _source_row desc
        ) = 1
    ) as s
    inner join reference.platforms as p on lower(s.platform) = p.platform_code
)
"""
ORDERS = f"{ZONES}, orders as ({latest('orders', 'platform, shop_id, order_id')})"
STATEMENTS = f"""{ORDERS},
settlements as ({latest("settlements", "settlement_id")}),
statements as (
    select
        order_key,
        min({instant("settled_at")}) as first_settled_at,
        max({instant("settled_at")}) as last_settled_at,
        sum(amount) as net_settled_amount,
        {", ".join(f"{settled(kind)} as {kind}" for kind in KNOWN)},
        sum(case when lower(kind) in {KNOWN} then 0 else amount end) as other,
        bool_or(lower(kind) = 'payment_fee') as tells_payment_fee
    from settlements
    where order_key is not null
    group by order_key
)
"""
FEES = f"""{STATEMENTS},
payments as ({latest("payments", "payment_id")}),
shipments as ({latest("shipments", "shipment_id")}),
listed as (
    select order_key, sum(fee) as fee
    from payments
    where lower(status) = 'succeeded'
    group by order_key
),
parcels as (select order_key, sum(freight_cost) as cost from shipments group by order_key),
fees as (
    select
        orders.order_key,
        orders.cancel_reason,
        -- Parcels are paid in the default currency; the rate is that of the order's day.
        cast(
            round(
                parcels.cost
                * case when found.currency_code = 'CNY' then 1.0::double else 1.0 / rates.rate end,
                4
            ) as decimal(18, 4)
        ) as freight_cost_amount,
        case when tells_payment_fee then payment_fee else listed.fee end as payment_fee_amount,
        service_fee + freight_insurance as service_fee_amount
    from orders
    left join statements using (order_key)
    left join listed using (order_key)
    left join parcels using (order_key)
    left join subject.fct_orders as found using (order_key)
    left join reference.fx_rates as rates
        on found.currency_code = rates.currency_code
        and coalesce(found.purchase_date, found.ordered_date)
        between rates.valid_from_date and rates.valid_to_date
)
"""
LINES = """
sent as (
    select
        *,
        updated_at - to_minutes(coalesce(updated_at_offset_minutes, 0)) as written_at
    from raw.order_lines
),
-- An order's latest version sends all of its lines; one deleted by name since is gone too.
newest as (
    select platform, shop_id, order_id, max((written_at, _batch_id)) as newest
    from sent
    where not coalesce(is_deleted, false)
    group by all
),
lines as (
    select sent.*
    from sent
    inner join newest using (platform, shop_id, order_id)
    where not coalesce(sent.is_deleted, false)
        and (sent.written_at, sent._batch_id) = newest.newest
        and not exists (
            from sent as gone
            where gone.is_deleted
                and (gone.platform, gone.shop_id, gone.order_id, gone.line_no)
                = (sent.platform, sent.shop_id, sent.order_id, sent.line_no)
                and (gone.written_at, gone._batch_id) > newest.newest
        )
    qualify row_number() over (
        partition by platform, shop_id, order_id, line_no order by _source_row desc
    ) = 1
),
goods as (
    select
        md5(lower(platform) || chr(31) || shop_id || chr(31) || order_id) as order_key,
        sum(quantity * unit_price) as gross,
        sum(line_discount) as discount,
        sum(greatest(line_discount - quantity * unit_price, 0)) as beyond
    from lines
    group by order_key
)
"""

TIES = {
    "fct_orders": f"""{FEES}, {LINES}
select
    order_key,
    fees.cancel_reason,
    freight_cost_amount,
    payment_fee_amount,
    service_fee_amount,
    -- What the lines do not hold, then what the goods left by the lines do not hold.
    goods.beyond + greatest(
        orders.seller_discount + orders.platform_discount + orders.partner_discount
        + orders.points_discount - (goods.gross - (goods.discount - goods.beyond)),
        0
    ) as unallocated_discount_amount
from fees
inner join orders using (order_key)
left join goods using (order_key)
""",
    "fct_order_reconciliation": f"""{STATEMENTS}
select
    order_key,
    first_settled_at,
    last_settled_at,
    net_settled_amount,
    commission as settled_commission_amount,
    freight_insurance as settled_freight_insurance_amount,
    other as settled_other_amount,
    payment_fee as settled_payment_fee_amount,
    payout as settled_payout_amount,
    refund as settled_refund_amount,
    service_fee as settled_service_fee_amount,
    subsidy as settled_subsidy_amount
from orders
left join statements using (order_key)
""",
    "fct_order_timeline": f"""{ORDERS},
payments as ({latest("payments", "payment_id")}),
refunds as ({latest("refunds", "refund_id")}),
-- Once paid, always paid: by the first version that says when.
paid as (
    select
        {shop_order("versions")} as order_key,
        arg_min(
            struct_pack(wall := paid_at, minutes := paid_at_offset_minutes),
            paid_at - to_minutes(coalesce(paid_at_offset_minutes, 0))
        ) as first_paid
    from raw.orders as versions
    where paid_at is not null
    group by order_key
),
dated as (
    select
        order_key,
        zone,
        created_at,
        created_at_offset_minutes,
        coalesce(paid_at, first_paid.wall) as paid_at,
        case when paid_at is null then first_paid.minutes else paid_at_offset_minutes end
            as paid_at_offset_minutes
    from orders
    left join paid using (order_key)
),
deposits as (
    select order_key, min({instant("paid_at")}) as deposit_paid_at
    from payments
    where lower(stage) = 'deposit' and lower(status) = 'succeeded'
    group by order_key
),
returned as (
    select order_key, min({instant("completed_at")}) as refunded_at
    from refunds
    where lower(status) = 'completed'
    group by order_key
),
steps as (
    select
        order_key,
        {instant("created_at")} as ordered_at,
        {instant("paid_at")} as paid_at,
        deposit_paid_at,
        refunded_at
    from dated
    left join deposits using (order_key)
    left join returned using (order_key)
)
select
    order_key,
    deposit_paid_at,
    {hours("ordered_at", "deposit_paid_at")} as ordered_to_deposit_hours,
    {hours("deposit_paid_at", "paid_at")} as deposit_to_paid_hours,
    {hours("paid_at", "refunded_at")} as paid_to_refunded_hours
from steps
""",
    "fct_payments": f"""{ZONES}, payments as ({latest("payments", "payment_id")})
select
    payment_id,
    fee as fee_amount,
    {day(instant("paid_at"))} as paid_date,
    coalesce(lower(stage), 'full') as payment_stage
from payments
""",
    "fct_points": f"""{ZONES}, movements as ({latest("point_movements", "movement_id")})
select
    movement_id,
    {day(instant("occurred_at"))} as occurred_date,
    lower(reason) as source_reason
from movements
""",
    "fct_refunds": f"""{ZONES}, refunds as ({latest("refunds", "refund_id")})
select
    refund_id,
    lower(kind) = 'exchange' as is_exchange,
    case when lower(status) = 'completed' then coalesce(freight_amount, 0) end
        as refund_freight_amount
from refunds
""",
    "fct_settlements": f"""{STATEMENTS}
select
    settlement_id,
    -- The sample's statements are in the currencies of their orders.
    case when orders.order_key is not null then settlements.amount end as order_amount,
    lower(kind) as source_kind
from settlements
left join orders using (order_key)
""",
}


@pytest.mark.parametrize("fact", TIES)
def test_columns_tie_to_raw_rows(sample_brand, fact):
    """Every row of the fact equals the raw rows, and every raw row is there."""
    with duckdb.connect(str(sample_brand.working_file), read_only=True) as con:
        con.execute(f"create temp table tied as {TIES[fact]}")
        columns = ", ".join(name for name, *_ in con.execute("describe tied").fetchall())
        found = f"select {columns} from subject.{fact}"
        assert con.execute(f"select count(*) from ({found})").fetchall() > [(0,)]
        assert con.execute(f"({found}) except all from tied").fetchall() == []
        assert con.execute(f"from tied except all ({found})").fetchall() == []


@pytest.mark.parametrize(
    "column", ["freight_cost_amount", "payment_fee_amount", "service_fee_amount"]
)
def test_order_fees_are_spread_over_lines(sample_brand, column):
    """Lines add up to their order's fee; each has its part by what was paid, to the digit."""
    with duckdb.connect(str(sample_brand.working_file), read_only=True) as con:
        con.execute(f"create temp table fees as {FEES} from fees")
        wrong = con.execute(
            f"""
            select order_key
            from subject.fct_order_lines as lines
            inner join fees using (order_key)
            group by order_key, fees.{column}
            having sum(lines.{column}) is distinct from fees.{column}
            """
        ).fetchall()
        apart = con.execute(
            f"""
            select lines.order_key, lines.line_number
            from subject.fct_order_lines as lines
            inner join fees using (order_key)
            window orders as (partition by order_key)
            qualify abs(
                lines.{column} - fees.{column}::double * case
                    when sum(paid_amount) over orders > 0
                        then paid_amount / sum(paid_amount) over orders
                    else 1.0 / count(*) over orders
                end
            ) >= 0.0001
            """
        ).fetchall()
        told = f"select count(*) from subject.fct_order_lines where {column} > 0"
        assert con.execute(told).fetchall() > [(0,)]
    assert wrong == []
    assert apart == []
