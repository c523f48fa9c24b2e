-- Movements of one instant: what comes goes first, then by key. An account whose listed
-- movements would ever leave less than nothing had points before the list began: its balances
-- are unknown, not invented.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': "coalesce(account_id, '')",
        'touched_by': {
            'int_point_movements_unioned': "coalesce(account_id, '')",
            'int_orders_localized': 'account_id',
        },
    },
) }}

with

point_movements as (

    select * from {{ touched_keys.touched_rows(ref('int_point_movements_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_localized'), 'account_id') }}

),

keyed as (

    select
        point_movements.*,
        {{ surrogate_key([
            'point_movements.platform_code', 'point_movements.shop_id',
            'point_movements.movement_id',
        ]) }} as point_movement_key,
        {{ account_key('point_movements') }} as account_key,
        shops.time_zone,
        case
            when point_movements.source_reason in (
                'earned', 'granted', 'redeemed', 'reversed', 'expired', 'adjusted'
            ) then point_movements.source_reason
            else 'other'
        end as point_reason,
        {{ utc_instant('point_movements', 'occurred', 'shops.time_zone') }} as occurred_at
    from point_movements
    {{ join_shops('point_movements') }}

),

-- Points of a shared account name no shop, so an order is known by its account and id, where the
-- account's orders in two shops do not share it.
account_orders as (

    select
        account_key,
        order_id,
        min(order_key) as order_key
    from orders
    where account_key is not null
    group by account_key, order_id
    having count(*) = 1

),

summed as (

    select
        keyed.*,
        account_orders.order_key,
        cast(
            sum(keyed.points) over (
                partition by keyed.account_key
                order by
                    keyed.occurred_at asc, keyed.points desc, keyed.point_movement_key asc
                rows between unbounded preceding and current row
            ) as bigint
        ) as listed_balance
    from keyed
    left join account_orders
        on
            keyed.account_key = account_orders.account_key
            and keyed.order_id = account_orders.order_id

),

final as (

    select
        *,
        {{ local_date('occurred_at', 'time_zone') }} as occurred_date,
        case
            when min(listed_balance) over (partition by account_key) >= 0 then listed_balance
        end as balance_points
    from summed

)

select * from final
