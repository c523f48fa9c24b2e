-- An account with a large share of a shop's orders is hardly one buyer: systems give orders of
-- nobody an id of their own. More than one in twenty of at least a hundred orders is beyond the
-- best buyer of a shop; an id that looks like nobody's is told from its second order on. Declare it
-- in seeds/placeholder_accounts.csv when it is nobody's; a buyer of many orders may stay.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

with

orders as (

    select
        platform_code,
        shop_id,
        account_id,
        count(*) as order_count,
        sum(count(*)) over (partition by platform_code, shop_id) as shop_order_count
    from {{ ref('int_orders_localized') }}
    where not is_test
    group by platform_code, shop_id, account_id, account_key is null or is_guest
    -- What is declared is nobody's already; it counts among the shop's orders.
    qualify account_id is not null and not (account_key is null or is_guest)

)

select
    platform_code,
    shop_id,
    account_id,
    order_count,
    round(100.0 * order_count / shop_order_count, 1) as share_pct,
    'account ' || account_id || ' of ' || platform_code || ' shop ' || coalesce(shop_id, '(none)')
    || ' holds ' || order_count || ' of ' || shop_order_count || ' orders ('
    || round(100.0 * order_count / shop_order_count, 1) || ' %). If it is nobody, add the line '
    || platform_code || ',' || account_id || ',<who says so> to seeds/placeholder_accounts.csv'
        as what_to_do
from orders
where
    (shop_order_count >= 100 and 20 * order_count > shop_order_count)
    or (
        order_count >= 2
        and {{ regexp_occurs(
            'lower(trim(account_id))',
            '^(0+|-1|9{4,}|1{4,}|-+|n/?a|nan|null|none|nil|nobody|unknown|undefined|anonymous'
            ~ '|guest|test|default|dummy|walk-?in|匿名|匿名用户|游客|散客|未知|无)$'
        ) }}
    )
