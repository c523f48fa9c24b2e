-- A list of refunds says most. Of orders that it does not have, the order's own file may tell how
-- much went back, though not when.

with

after_sales as (

    select * from {{ ref('stg_exports__after_sales') }}

),

order_rows as (

    select * from {{ ref('stg_exports__order_rows') }}

),

told as (

    select
        after_sales.*,
        order_rows.line_number
    from after_sales
    left join order_rows
        on
            after_sales.platform_code = order_rows.platform_code
            and coalesce(after_sales.shop_id, '') = coalesce(order_rows.shop_id, '')
            and after_sales.order_id = order_rows.order_id
            and after_sales.sub_order_id = order_rows.sub_order_id

),

of_orders as (

    select
        order_rows.platform_code,
        order_rows.shop_id,
        order_rows.order_id,
        coalesce(
            max(order_rows.order_refunded_amount), sum(order_rows.line_refunded_amount)
        ) as cash_amount,
        max(order_rows.batch_id) as batch_id,
        max(order_rows.loaded_at) as loaded_at
    from order_rows
    left join after_sales
        on
            order_rows.platform_code = after_sales.platform_code
            and coalesce(order_rows.shop_id, '') = coalesce(after_sales.shop_id, '')
            and order_rows.order_id = after_sales.order_id
            and after_sales.refund_status = 'completed'
    where after_sales.refund_id is null
    group by order_rows.platform_code, order_rows.shop_id, order_rows.order_id

),

final as (

    select
        {% for name in entity_columns('refunds') if name not in [
            'source', 'part_number', 'tax_amount', 'account_id', 'batch_id', 'loaded_at',
        ] -%}
        {{ name }},
        {% endfor -%}
        {{ lacks('refunds', ['part_number', 'tax_amount', 'account_id']) }},
        batch_id,
        loaded_at
    from told
    union all
    select
        {% for name, type in entity_columns('refunds').items() if name not in [
            'source', 'part_number', 'tax_amount', 'account_id', 'batch_id', 'loaded_at',
        ] -%}
        {% if name in ['platform_code', 'shop_id', 'order_id', 'cash_amount'] %}{{ name }}
        {%- elif name == 'refund_id' %}order_id
        {%- elif name == 'refund_status' %}'completed'
        {%- else %}cast(null as {{ type }})
        {%- endif %} as {{ name }},
        {% endfor -%}
        {{ lacks('refunds', ['part_number', 'tax_amount', 'account_id']) }},
        batch_id,
        loaded_at
    from of_orders
    where cash_amount > 0

)

select * from final
