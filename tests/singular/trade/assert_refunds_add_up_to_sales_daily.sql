-- Completed refunds, known order or not, are what the days say was given back, by shop, currency
-- and day booked.

with

sales_daily as (

    select * from {{ ref('fct_sales_daily') }}

),

refund_totals as (

    select
        shop_key,
        currency_code,
        booked_date as date_day,
        count(*) as refund_count,
        sum(refund_amount) as refund_amount,
        sum(refund_paid_amount) as refund_paid_amount,
        sum(refund_freight_amount) as refund_freight_amount
    from {{ ref('fct_refunds') }}
    where is_completed and booked_date is not null
    group by shop_key, currency_code, booked_date

)

select
    sales_daily.sales_day_key,
    refund_totals.shop_key
from sales_daily
full outer join refund_totals
    on
        sales_daily.shop_key is not distinct from refund_totals.shop_key
        and sales_daily.currency_code = refund_totals.currency_code
        and sales_daily.date_day = refund_totals.date_day
where
    coalesce(sales_daily.refund_count, -1) <> coalesce(refund_totals.refund_count, 0)
    or sales_daily.refund_amount <> coalesce(refund_totals.refund_amount, 0)
    or sales_daily.refund_paid_amount <> coalesce(refund_totals.refund_paid_amount, 0)
    or sales_daily.refund_freight_amount <> coalesce(refund_totals.refund_freight_amount, 0)
