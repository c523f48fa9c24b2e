-- A list of refunds says most. Of orders that it does not have, the order's own file may tell how
-- much went back, of which item, though not when. A till's returns do not say what was bought.

{% set apart = ['source', 'part_number', 'tax_amount', 'account_id', 'batch_id', 'loaded_at'] %}

with

after_sales as (

    select * from {{ ref('stg_exports__after_sales') }}

),

order_rows as (

    select * from {{ ref('stg_exports__order_rows') }}

),

-- Items that their number, or their SKU in the order, tells apart.
items as (

    select
        *,
        count(*) over (
            partition by platform_code, shop_id, order_id, sku_id
        ) = 1 and sku_id is not null as is_only_one_of_sku
    from order_rows
    where row_kind = 'item'

),

told as (

    select
        after_sales.*,
        items.line_number
    from after_sales
    left join items
        on
            after_sales.platform_code = items.platform_code
            and coalesce(after_sales.shop_id, '') = coalesce(items.shop_id, '')
            and after_sales.order_id = items.order_id
            and case
                when after_sales.sub_order_id is not null and items.sub_order_id is not null
                    then after_sales.sub_order_id = items.sub_order_id
                else items.is_only_one_of_sku and after_sales.sku_id = items.sku_id
            end

),

of_orders as (

    select refunds_of_orders.*
    from {{ ref('stg_exports__refunds_of_orders') }} as refunds_of_orders
    left join after_sales
        on
            refunds_of_orders.platform_code = after_sales.platform_code
            and coalesce(refunds_of_orders.shop_id, '') = coalesce(after_sales.shop_id, '')
            and refunds_of_orders.order_id = after_sales.order_id
            and after_sales.refund_status = 'completed'
    where after_sales.refund_id is null

),

returned as (

    select * from {{ ref('stg_exports__returned_items') }}

),

final as (

    select
        {% for name in entity_columns('refunds') if name not in apart + ['told_by'] -%}
        {{ name }},
        {% endfor -%}
        'refund' as told_by,
        {{ lacks('refunds', ['part_number', 'account_id', 'tax_amount']) }},
        batch_id,
        loaded_at
    from told
    union all
    select
        {% for name, type in entity_columns('refunds').items() if name not in apart -%}
        {% if name in [
            'platform_code', 'shop_id', 'order_id', 'refund_id', 'line_number', 'cash_amount',
        ] %}{{ name }}
        {%- elif name == 'refund_status' %}'completed'
        {%- elif name == 'told_by' %}'order'
        {%- else %}cast(null as {{ type }})
        {%- endif %} as {{ name }},
        {% endfor -%}
        {{ lacks('refunds', ['part_number', 'account_id', 'tax_amount']) }},
        batch_id,
        loaded_at
    from of_orders
    union all
    select
        {% for name, type in entity_columns('refunds').items() if name not in apart -%}
        {% if name in [
            'platform_code', 'shop_id', 'refund_id', 'cash_amount', 'completed_time',
            'completed_offset_minutes',
        ] %}{{ name }}
        {%- elif name == 'refund_status' %}'completed'
        {%- elif name == 'told_by' %}'order'
        {%- else %}cast(null as {{ type }})
        {%- endif %} as {{ name }},
        {% endfor -%}
        {{ lacks('refunds', ['part_number', 'account_id']) }},
        tax_amount,
        batch_id,
        loaded_at
    from returned

)

select * from final
