-- Settlement of an Amazon account, flat file V2: a statement of 14 days, whose first row has its
-- total alone.

create or replace table file_amazon_settlement as
with
named as (
    select
        *,
        (19000000000 + hash(shop_id) % 1000 * 1000000 + statement_no)::varchar as statement_id,
        getvariable('first_day') + (statement_no * 14)::int as begins_on
    from platform_amazon_amounts
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
