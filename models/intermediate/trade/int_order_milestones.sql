-- Grain: one row per order with a deposit, a parcel, a review or a refund: when each first
-- happened, and when it had happened to all of it.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_key',
        'touched_by': {
            'int_payments_unioned': order_key('changes'),
            'int_reviews_unioned': order_key('changes'),
            'int_order_deliveries': 'order_key',
            'int_refunds_localized': 'order_key',
        },
    },
) }}

{% set steps_of_parcels = ['first_shipped', 'all_shipped', 'first_delivered', 'all_delivered'] %}

with

payments as (

    select * from {{ ref('int_payments_unioned') }}
    where
        payment_stage = 'deposit' and coalesce(payment_status, 'succeeded') = 'succeeded'
        and {{ touched(order_key('int_payments_unioned')) }}

),

reviews as (

    select * from {{ touched_rows(ref('int_reviews_unioned'), order_key('int_reviews_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

deliveries as (

    select * from {{ touched_rows(ref('int_order_deliveries'), 'order_key') }}

),

refunds as (

    select * from {{ touched_rows(ref('int_refunds_localized'), 'order_key') }}

),

events as (

    select
        {{ order_key('payments') }} as order_key,
        'deposit' as milestone,
        {{ utc_instant('payments', 'paid', 'shops.time_zone') }} as happened_at
    from payments
    {{ join_shops('payments') }}
    union all
    select
        {{ order_key('reviews') }} as order_key,
        'review' as milestone,
        {{ utc_instant('reviews', 'created', 'shops.time_zone') }} as happened_at
    from reviews
    {{ join_shops('reviews') }}
    {%- for happened in steps_of_parcels %}
    union all
    select
        order_key,
        '{{ happened }}' as milestone,
        {{ happened }}_at as happened_at
    from deliveries
    {%- endfor %}
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
        {% for happened in steps_of_parcels -%}
        min(case when milestone = '{{ happened }}' then happened_at end) as {{ happened }}_at,
        {% endfor -%}
        min(case when milestone = 'review' then happened_at end) as first_reviewed_at,
        min(case when milestone = 'refund' then happened_at end) as first_refunded_at
    from events
    where order_key is not null
    group by order_key

)

select * from final
