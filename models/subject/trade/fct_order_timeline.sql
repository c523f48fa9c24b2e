{{ config(
    materialized='incremental',
    meta={'ordered_by': 'ordered_at', 'touched_key': 'order_key'},
) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}

),

milestones as (

    select * from {{ touched_keys.touched_rows(ref('int_order_milestones')) }}

),

final as (

    select
        orders.order_key,
        orders.source,
        orders.platform_code,
        orders.shop_key,
        orders.account_key,
        orders.order_type,
        orders.is_valid,
        orders.ordered_date,
        orders.purchase_date,
        orders.ordered_at,
        milestones.deposit_paid_at,
        orders.paid_at,
        orders.closed_at,
        milestones.first_shipped_at,
        milestones.all_shipped_at,
        milestones.first_delivered_at,
        milestones.all_delivered_at,
        milestones.first_reviewed_at,
        milestones.first_refunded_at,
        {{ hours_between('orders.ordered_at', 'milestones.deposit_paid_at') }}
            as ordered_to_deposit_hours,
        {{ hours_between('milestones.deposit_paid_at', 'orders.paid_at') }}
            as deposit_to_paid_hours,
        {{ hours_between('orders.ordered_at', 'orders.paid_at') }} as ordered_to_paid_hours,
        {{ hours_between('orders.paid_at', 'milestones.first_shipped_at') }}
            as paid_to_first_shipped_hours,
        {{ hours_between('milestones.first_shipped_at', 'milestones.all_shipped_at') }}
            as first_to_all_shipped_hours,
        {{ hours_between('milestones.first_shipped_at', 'milestones.first_delivered_at') }}
            as first_shipped_to_first_delivered_hours,
        {{ hours_between('milestones.first_delivered_at', 'milestones.all_delivered_at') }}
            as first_to_all_delivered_hours,
        {{ hours_between('orders.ordered_at', 'milestones.all_delivered_at') }}
            as ordered_to_all_delivered_hours,
        {{ hours_between('milestones.all_delivered_at', 'milestones.first_reviewed_at') }}
            as delivered_to_reviewed_hours,
        {{ hours_between('orders.paid_at', 'milestones.first_refunded_at') }}
            as paid_to_refunded_hours
    from orders
    left join milestones
        on orders.order_key = milestones.order_key

)

select * from final
