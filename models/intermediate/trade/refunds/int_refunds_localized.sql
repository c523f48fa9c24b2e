-- The order is known when it is among the orders; the account is the refund's own, else its
-- order's. A presumed refund takes all that was paid; it has no amount of its own.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'applied_at',
        'touched_key': 'coalesce(order_id, refund_id)',
        'touched_by': {
            'int_refunds_keyed': 'coalesce(order_id, refund_id)',
            'int_refunds_presumed': 'order_id',
            'int_refunds_settled': 'order_id',
            'int_orders_validated': 'order_id',
        },
    },
) }}

with

told as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_keyed')) }}

),

presumed as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_presumed'), 'order_id') }}

),

settled as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_settled'), 'order_id') }}

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated'), 'order_id') }}

),

refunds as (

    select
        {% for name in entity_columns('refunds') -%}
        {{ name }},
        {% endfor -%}
        refund_key,
        named_order_key,
        own_account_key,
        shop_key,
        time_zone,
        shop_currency_code,
        applied_at,
        completed_at
    from told
    {% for model, told_by in [('presumed', 'presumption'), ('settled', 'statement')] -%}
    union all
    select
        {% for name, type in entity_columns('refunds').items() -%}
        {% if name in [
            'source', 'platform_code', 'shop_id', 'order_id', 'refund_id', 'refund_kind',
            'refund_reason', 'cash_amount', 'batch_id', 'loaded_at',
        ] or (name == 'tax_amount' and model == 'settled') %}{{ name }}
        {%- elif name == 'refund_status' %}'completed'
        {%- elif name == 'told_by' %}'{{ told_by }}'
        {%- else %}cast(null as {{ type }})
        {%- endif %} as {{ name }},
        {% endfor -%}
        refund_key,
        order_key as named_order_key,
        cast(null as string) as own_account_key,
        shop_key,
        time_zone,
        shop_currency_code,
        completed_at as applied_at,
        completed_at
    from {{ model }}
    {% endfor %}
),

joined as (

    select
        refunds.*,
        refunds.refund_status = 'completed' as is_completed,
        refunds.told_by = 'presumption' as is_presumed,
        orders.order_key,
        orders.purchase_date,
        coalesce(orders.is_valid, false) as is_order_valid,
        coalesce(refunds.own_account_key, orders.account_key) as account_key,
        coalesce(orders.order_currency_code, refunds.shop_currency_code) as currency_code,
        {{ local_date('refunds.completed_at', 'refunds.time_zone') }} as completed_date
    from refunds
    left join orders
        on refunds.named_order_key = orders.order_key

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
