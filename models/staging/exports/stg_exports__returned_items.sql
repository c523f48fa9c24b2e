-- Goods that came back to a till: a row of less than nothing. It names no order that they are of.

with

latest as (

    select * from {{ ref('stg_exports__latest_order_rows') }}

),

final as (

    select
        platform_code,
        shop_id,
        order_id || '#' || cast(line_number as string) as refund_id,
        -coalesce(line_goods_amount, line_paid_amount, line_gross_amount, quantity * unit_price)
            as cash_amount,
        -line_tax_amount as tax_amount,
        created_at as completed_time,
        created_at_offset_minutes as completed_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from latest
    where is_return

)

select * from final
