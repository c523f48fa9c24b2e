-- Settlement of an Amazon account, flat file V2: a statement of 14 days, whose first row has its
-- total alone. The principal is before promotions.

create or replace table file_amazon_settlement as
with
of_statements as (
    select
        *,
        date_diff('day', getvariable('first_day'), settled_moment::date) // 14 as statement_no
    from platform_entries
    where platform = 'amazon'
),
sold as (
    select
        of_statements.* exclude (cents),
        line_no, sku_id, quantity,
        line_tax_cents, line_freight_cents,
        line_goods_cents - line_gross_cents as promotion_cents,
        -- What the platform is off by, it is off by in the first item.
        line_gross_cents + case when line_no = 1 then cents - payable_in_cents else 0 end
            as principal_cents
    from of_statements
    inner join platform_lines using (platform, shop_id, order_id, currency)
    where kind = 'payout'
),
given_back as (
    select
        of_statements.* exclude (cents), platform_refunds.refund_id, sku_id,
        -goods_back_cents as principal_cents,
        -freight_back_cents as freight_cents,
        -tax_back_cents as tax_cents
    from of_statements
    inner join platform_refunds using (platform, shop_id, order_id, refund_place)
    left join platform_lines using (platform, shop_id, order_id, line_no)
    where kind = 'refund'
),
booked as (
    select *, 1 as place, 'ItemPrice' as amount_type, 'Principal' as description,
        principal_cents as cents from sold
    union all by name
    select *, 2 as place, 'ItemPrice' as amount_type, 'Shipping' as description,
        line_freight_cents as cents from sold
    union all by name
    select *, 3 as place, 'ItemPrice' as amount_type, 'Tax' as description,
        line_tax_cents as cents from sold
    union all by name
    select *, 4 as place, 'Promotion' as amount_type, 'Principal' as description,
        promotion_cents as cents from sold
    union all by name
    select *, 1 as place, 'ItemPrice' as amount_type, 'Principal' as description,
        principal_cents as cents from given_back
    union all by name
    select *, 2 as place, 'ItemPrice' as amount_type, 'Shipping' as description,
        freight_cents as cents from given_back
    union all by name
    select *, 3 as place, 'ItemPrice' as amount_type, 'Tax' as description,
        tax_cents as cents from given_back
    union all by name
    select
        *,
        5 as place,
        case when order_id is null then 'other-transaction' else 'ItemFees' end as amount_type,
        case
            when kind = 'commission' then 'Commission'
            when kind = 'payment_fee' then 'PaymentMethodFee'
            when kind = 'penalty' then 'BalanceAdjustment'
            when order_id is null then 'Service Fee'
            else 'DigitalServicesFee'
        end as description
    from of_statements
    where kind not in ('payout', 'refund')
),
named as (
    select
        *,
        (19000000000 + hash(shop_id) % 1000 * 1000000 + statement_no)::varchar as statement_id,
        getvariable('first_day') + (statement_no * 14)::int as begins_on
    from booked
    where cents <> 0
),
told as (
    select
        any_value(platform) as platform, shop_id, statement_id, begins_on, 0 as place,
        sum(cents)::bigint as total_cents, any_value(currency) as currency
    from named
    group by shop_id, statement_id, begins_on
    union all by name
    select * exclude (currency) from named
)
select
    platform,
    shop_id,
    strftime(begins_on, '%Y%m%d') as file_part,
    case when total_cents is null
        then strftime(settled_moment, '%Y%m%d%H%M%S') || settlement_id || coalesce(line_no, 0)
            || place
        else '' end as sort_key,
    statement_id as "settlement-id",
    case when total_cents is not null
        then strftime(begins_on::timestamp, '%Y-%m-%d %H:%M:%S UTC') end
        as "settlement-start-date",
    case when total_cents is not null
        then strftime(begins_on + interval 14 day, '%Y-%m-%d %H:%M:%S UTC') end
        as "settlement-end-date",
    case when total_cents is not null
        then strftime(begins_on + interval 16 day, '%Y-%m-%d %H:%M:%S UTC') end as "deposit-date",
    money(total_cents) as "total-amount",
    currency as "currency",
    case
        when total_cents is not null then null
        when order_id is null then 'other-transaction'
        when is_of_refund then 'Refund'
        else 'Order'
    end as "transaction-type",
    order_id as "order-id",
    refund_id as "adjustment-id",
    case when order_id is not null then 'Amazon.com' end as "marketplace-name",
    amount_type as "amount-type",
    description as "amount-description",
    money(cents) as "amount",
    strftime(los_angeles_in_utc(settled_moment), '%Y-%m-%d') as "posted-date",
    strftime(los_angeles_in_utc(settled_moment), '%Y-%m-%d %H:%M:%S UTC') as "posted-date-time",
    sku_id as "sku",
    quantity as "quantity-purchased"
from told;
