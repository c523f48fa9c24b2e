{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'purchase_order_id',
        'touched_by': {
            'int_suppliers_unioned': 'select purchase_order_id from {int_purchase_orders_localized}'
                ~ ' where supplier_id in (select supplier_id from changed_rows)',
        },
    },
) }}

with

purchase_orders as (

    select * from {{ touched_keys.touched_rows(ref('int_purchase_orders_localized')) }}

),

suppliers as (

    select * from {{ ref('int_suppliers_unioned') }}
    qualify row_number() over (
        partition by supplier_id order by batch_id desc, source asc
    ) = 1

),

judged as (

    select
        purchase_orders.*,
        suppliers.lead_days as supplier_lead_days,
        purchase_orders.purchase_status in ('received', 'closed', 'cancelled') as is_through,
        coalesce(purchase_orders.received_quantity >= purchase_orders.quantity, false)
            as is_in_full
    from purchase_orders
    left join suppliers
        on purchase_orders.supplier_id = suppliers.supplier_id

),

final as (

    select
        purchase_order_line_key,
        source,
        purchase_order_id,
        line_number,
        supplier_id,
        warehouse_id,
        product_key,
        sku_id,
        purchase_status,
        ordered_at,
        ordered_date,
        expected_date,
        received_at,
        received_date,
        quantity,
        received_quantity,
        case
            when is_through then 0
            else greatest(quantity - greatest(coalesce(received_quantity, 0), 0), 0)
        end as open_quantity,
        {{ ratio('received_quantity', 'quantity') }} as received_rate,
        unit_cost_amount,
        {{ money('quantity * unit_cost_amount') }} as ordered_amount,
        {{ money('received_quantity * unit_cost_amount') }} as received_amount,
        supplier_lead_days,
        case
            when is_in_full or is_through
                then cast({{ dbt.datediff('ordered_date', 'received_date', 'day') }} as integer)
        end as lead_days,
        cast({{ dbt.datediff('expected_date', 'received_date', 'day') }} as integer) as days_late,
        case
            when purchase_status = 'cancelled' then cast(null as boolean)
            when is_in_full then received_date <= expected_date
            when purchase_status = 'closed' then false
        end as is_on_time,
        case
            when purchase_status = 'cancelled' then cast(null as boolean)
            when is_in_full then true
            when purchase_status in ('received', 'closed') then false
        end as is_in_full
    from judged

)

select * from final
