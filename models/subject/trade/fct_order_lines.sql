-- Grain: one row per line of an order in its latest whole version: one SKU, the finest grain of
-- money.

with

order_lines as (

    select * from {{ ref('int_order_lines_valued') }}

),

final as (

    select
        {{ surrogate_key(['order_key', 'line_number']) }} as order_line_key,
        order_key,
        source,
        platform_code,
        shop_key,
        line_number,
        product_key,
        is_gift,
        is_valid,
        ordered_date,
        purchase_date,
        currency_code,
        quantity,
        unit_price_amount,
        {{ money('gross_amount') }} as gross_amount,
        {{ money('seller_discount_amount') }} as seller_discount_amount,
        {{ money('platform_discount_amount') }} as platform_discount_amount,
        {{ money('partner_discount_amount') }} as partner_discount_amount,
        {{ money('points_discount_amount') }} as points_discount_amount,
        {{ money('paid_amount') }} as paid_amount,
        {{ money('freight_amount') }} as freight_amount,
        {{ money('tax_amount') }} as tax_amount,
        {{ money('payable_amount') }} as payable_amount,
        {{ money('revenue_amount') }} as revenue_amount,
        {{ money('refund_paid_amount') }} as refund_paid_amount,
        {{ money('refund_amount') }} as refund_amount,
        {{ money('net_revenue_amount') }} as net_revenue_amount,
        {{ money('cost_amount') }} as cost_amount,
        {{ money('paid_base_amount') }} as paid_base_amount,
        {{ money('revenue_base_amount') }} as revenue_base_amount,
        {{ money('refund_base_amount') }} as refund_base_amount,
        {{ money('net_revenue_base_amount') }} as net_revenue_base_amount
    from order_lines

)

-- Sorted by day: a month's query skips the rest of the table.
select * from final
order by ordered_date
