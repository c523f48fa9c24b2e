-- What statements gave back of an order on a day, where nothing else tells it: not of an order that
-- a refund names, or that is presumed to have gone back whole. Of several books, the best counts.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_id',
        'touched_by': {
            'int_money_movements_classified': 'select order_id'
                ~ ' from {int_money_movements_localized} where order_key is not null'
                ~ ' and money_movement_key in (select money_movement_key from changed_rows)',
            'int_money_told_again': 'select order_id from {int_money_movements_localized}'
                ~ ' where order_key is not null'
                ~ ' and money_movement_key in (select money_movement_key from changed_rows)',
        },
    },
) }}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_money_movements_localized')) }}
    where order_key is not null

),

classified as (

    select * from {{ ref('int_money_movements_classified') }}
    where money_class_code = 'refund'

),

told_again as (

    select * from {{ ref('int_money_told_again') }}
    where is_told_elsewhere

),

shops as (

    select * from {{ ref('int_shops_resolved') }}
    where is_shop and statements_tell_refunds

),

told as (

    select
        order_id,
        named_order_key as order_key
    from {{ touched_keys.touched_rows(ref('int_refunds_keyed')) }}
    where refund_status not in ('rejected', 'cancelled')
    union
    select
        order_id,
        order_key
    from {{ touched_keys.touched_rows(ref('int_refunds_presumed')) }}

),

given_back as (

    select
        movements.*,
        dense_rank() over (
            partition by movements.order_key
            order by
                case movements.book when 'statement' then 1 when 'wallet' then 2 else 3 end asc,
                movements.account asc nulls last
        ) as book_number
    from movements
    inner join classified
        on movements.money_movement_key = classified.money_movement_key
    inner join shops
        on movements.shop_key = shops.shop_key
    left join told_again
        on movements.money_movement_key = told_again.money_movement_key
    left join told
        on movements.order_key = told.order_key
    where
        told.order_key is null
        and told_again.money_movement_key is null
        -- A coupon that is taken back goes to the platform, not to the buyer.
        and coalesce(movements.fee_name, '') not like '%优惠券%'

),

final as (

    select
        source,
        platform_code,
        shop_id,
        order_id,
        order_key,
        shop_key,
        time_zone,
        shop_currency_code,
        concat_ws(' ', 'settled', order_id, moved_date) as refund_id,
        {{ surrogate_key(["'settled'", 'order_key', 'moved_date']) }} as refund_key,
        cast(null as string) as refund_kind,
        cast(null as string) as refund_reason,
        cast(-sum(movement_amount) as decimal(18, 4)) as cash_amount,
        max(moved_at) as completed_at,
        max(batch_id) as batch_id,
        max(loaded_at) as loaded_at
    from given_back
    where book_number = 1
    group by
        source, platform_code, shop_id, order_id, order_key, shop_key, time_zone,
        shop_currency_code, moved_date
    having sum(movement_amount) < 0

)

select * from final
