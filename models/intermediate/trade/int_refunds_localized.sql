-- Grain: one row per refund: its keys, instants in UTC and place in the order's sequence of
-- completed refunds. The order is known when it is among the orders; the account is the refund's
-- own, else its order's.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'applied_at',
        'touched_key': 'coalesce(order_id, refund_id)',
        'touched_by': {
            'int_refunds_unioned': 'coalesce(order_id, refund_id)',
            'int_orders_validated': 'order_id',
        },
    },
) }}

with

refunds as (

    select * from {{ touched_rows(ref('int_refunds_unioned'), 'coalesce(order_id, refund_id)') }}

),

orders as (

    select * from {{ touched_rows(ref('int_orders_validated'), 'order_id') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

localized as (

    select
        refunds.*,
        {{ surrogate_key(['refunds.platform_code', 'refunds.shop_id', 'refunds.refund_id']) }}
            as refund_key,
        {{ order_key('refunds') }} as named_order_key,
        {{ account_key('refunds') }} as own_account_key,
        shops.shop_key,
        shops.time_zone,
        shops.currency_code as shop_currency_code,
        {{ utc_instant('refunds', 'applied', 'shops.time_zone') }} as applied_at,
        case
            when refunds.refund_status = 'completed'
                then {{ utc_instant('refunds', 'completed', 'shops.time_zone') }}
        end as completed_at
    from refunds
    {{ join_shops('refunds') }}

),

joined as (

    select
        localized.*,
        localized.refund_status = 'completed' as is_completed,
        orders.order_key,
        orders.purchase_date,
        coalesce(orders.is_valid, false) as is_order_valid,
        coalesce(localized.own_account_key, orders.account_key) as account_key,
        coalesce(orders.order_currency_code, localized.shop_currency_code) as currency_code,
        {{ local_date('localized.completed_at', 'localized.time_zone') }} as completed_date
    from localized
    left join orders
        on localized.named_order_key = orders.order_key

),

-- Where a source does not say when a refund completed, it is booked on the order's purchase date.
final as (

    select
        *,
        case when is_completed then coalesce(completed_date, purchase_date) end as booked_date,
        is_completed and completed_date is null as is_booked_date_assumed,
        case
            when is_completed and order_key is not null
                then row_number() over (
                    partition by order_key, is_completed
                    order by completed_at asc nulls first, refund_key asc
                )
        end as refund_number
    from joined

)

select * from final
