-- One row per shop, currency and month, the last 25 months, in the shop's own currency. Refunds
-- stand twice: in the month they were booked, and in the month of the order that they take back.
with booked as (
    select
        shop_key,
        currency_code,
        cast(date_trunc('month', date_day) as date) as month_date,
        sum(order_count) as orders,
        sum(unit_count) as units,
        sum(gross_amount) as gross,
        sum(seller_discount_amount) as seller_discount,
        sum(platform_discount_amount) as platform_discount,
        sum(partner_discount_amount) as partner_discount,
        sum(points_discount_amount) as points_discount,
        sum(paid_amount) as paid,
        sum(revenue_amount) as revenue,
        sum(refund_amount) as refunds_booked,
        sum(net_revenue_amount) as net_revenue
    from subject.fct_sales_daily
    cross join subject.dim_as_of_date
    where
        date_day <= as_of_date
        and date_day >= date_trunc('month', as_of_date) - interval 24 month
    group by shop_key, currency_code, month_date
),

taken_back as (
    select
        shop_key,
        currency_code,
        cast(date_trunc('month', purchase_date) as date) as month_date,
        sum(refund_amount) as refunds_of_orders
    from subject.fct_orders
    where is_valid
    group by shop_key, currency_code, month_date
)

select
    booked.*,
    dim_shops.platform_code,
    taken_back.refunds_of_orders
from booked
inner join subject.dim_shops on booked.shop_key = dim_shops.shop_key
left join taken_back
    on
        booked.shop_key = taken_back.shop_key
        and booked.currency_code = taken_back.currency_code
        and booked.month_date = taken_back.month_date
order by booked.month_date, dim_shops.platform_code, booked.shop_key
