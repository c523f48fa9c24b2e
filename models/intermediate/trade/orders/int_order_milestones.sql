-- all_shipped_at and all_delivered_at: when it had happened to all of the order.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_key',
        'touched_by': {
            'int_reviews_localized': 'named_order_key',
        },
    },
) }}

{% set steps_of_parcels = ['first_shipped', 'all_shipped', 'first_delivered', 'all_delivered'] %}

with

payments as (

    select * from {{ touched_keys.touched_rows(ref('int_order_payments_summed')) }}

),

reviews as (

    select * from {{ touched_keys.touched_rows(ref('int_reviews_localized'), 'named_order_key') }}

),

deliveries as (

    select * from {{ touched_keys.touched_rows(ref('int_order_deliveries')) }}

),

refunds as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_localized')) }}

),

events as (

    select
        order_key,
        'deposit' as milestone,
        deposit_paid_at as happened_at
    from payments
    union all
    select
        named_order_key as order_key,
        'review' as milestone,
        created_at as happened_at
    from reviews
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
