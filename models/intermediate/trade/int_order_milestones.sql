-- Grain: one row per order with a deposit, a parcel, a review or a refund: when each first
-- happened, and when it had happened to all of it.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_key',
        'touched_by': {
            'int_payments_localized': 'order_key',
            'int_reviews_localized': 'named_order_key',
            'int_shipments_localized': 'order_key',
            'int_refunds_localized': 'order_key',
        },
    },
) }}

with

payments as (

    select * from {{ touched_rows(ref('int_payments_localized'), 'order_key') }}
    where payment_stage = 'deposit' and is_succeeded

),

reviews as (

    select * from {{ touched_rows(ref('int_reviews_localized'), 'named_order_key') }}

),

shipments as (

    select * from {{ touched_rows(ref('int_shipments_localized'), 'order_key') }}
    where direction = 'outbound'

),

refunds as (

    select * from {{ touched_rows(ref('int_refunds_localized'), 'order_key') }}

),

events as (

    select
        order_key,
        'deposit' as milestone,
        paid_at as happened_at
    from payments
    union all
    select
        named_order_key as order_key,
        'review' as milestone,
        created_at as happened_at
    from reviews
    union all
    select
        order_key,
        'shipping' as milestone,
        shipped_at as happened_at
    from shipments
    union all
    select
        order_key,
        'delivery' as milestone,
        delivered_at as happened_at
    from shipments
    union all
    select
        order_key,
        'refund' as milestone,
        completed_at as happened_at
    from refunds

),

final as (

    select
        order_key,
        min(case when milestone = 'deposit' then happened_at end) as deposit_paid_at,
        min(case when milestone = 'shipping' then happened_at end) as first_shipped_at,
        -- An order is shipped, and delivered, with the last of its parcels.
        case
            when
                count(case when milestone = 'shipping' then 1 end)
                = count(case when milestone = 'shipping' then happened_at end)
                then max(case when milestone = 'shipping' then happened_at end)
        end as all_shipped_at,
        min(case when milestone = 'delivery' then happened_at end) as first_delivered_at,
        case
            when
                count(case when milestone = 'delivery' then 1 end)
                = count(case when milestone = 'delivery' then happened_at end)
                then max(case when milestone = 'delivery' then happened_at end)
        end as all_delivered_at,
        min(case when milestone = 'review' then happened_at end) as first_reviewed_at,
        min(case when milestone = 'refund' then happened_at end) as first_refunded_at
    from events
    where order_key is not null
    group by order_key

)

select * from final
