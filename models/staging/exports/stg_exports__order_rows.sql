-- What each row tells, of those that sell. A list of orders and a list of their items are two files
-- of one order.

with

latest as (

    select * from {{ ref('stg_exports__latest_order_rows') }}

),

-- A line without a price has what it makes with its discounts, or what the shop is to receive for
-- it; without a quantity it is one. What its price is above all that is told of it, the shop gave.
final as (

    select
        *,
        order_freight_amount - coalesce(order_freight_discount, 0) as order_net_freight_amount,
        line_freight_amount - coalesce(line_freight_discount, 0) as line_net_freight_amount,
        order_tax_amount + coalesce(order_freight_tax_amount, 0) as order_whole_tax_amount,
        line_tax_amount + coalesce(line_freight_tax_amount, 0) as line_whole_tax_amount,
        coalesce(
            line_seller_discount,
            case
                when quantity * unit_price - line_goods_amount is not null
                    then greatest(
                        quantity * unit_price - line_goods_amount
                        - coalesce(line_platform_discount, 0) - coalesce(line_partner_discount, 0)
                        - coalesce(line_points_discount, 0) - coalesce(line_payment_discount, 0),
                        0
                    )
            end
        ) as line_given_discount,
        coalesce(quantity, case when row_kind = 'item' then 1 end) as unit_count,
        coalesce(
            line_gross_amount,
            quantity * unit_price,
            case when order_row_count = 1 then order_gross_amount end,
            coalesce(line_goods_amount, line_paid_amount) + coalesce(line_seller_discount, 0)
            + coalesce(line_platform_discount, 0) + coalesce(line_partner_discount, 0)
            + coalesce(line_points_discount, 0) + coalesce(line_payment_discount, 0),
            line_received_amount
        ) as gross_amount,
        -- Of sub-orders in several states, one that is still going on speaks for the order.
        row_number() over (
            partition by platform_code, shop_id, order_id
            order by
                row_kind desc,
                case
                    when order_status is null then 3
                    when
                        order_status like '%关闭%' or order_status like '%取消%'
                        or lower(order_status) like 'cancel%'
                        or lower(order_status) in ('refunded', 'voided', 'returned', 'closed')
                        then 2
                    else 1
                end asc,
                line_number asc
        ) as status_rank,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from latest
    where not is_return

)

select * from final
