-- What valid orders sold, by shop, currency and purchase date, is what the day says; days without
-- orders say 0.

{% set amounts = [
    'gross_amount', 'seller_discount_amount', 'platform_discount_amount', 'partner_discount_amount',
    'points_discount_amount', 'paid_amount', 'freight_amount', 'tax_amount', 'payable_amount',
    'revenue_amount',
] %}

with

sales_daily as (

    select * from {{ ref('fct_sales_daily') }}

),

order_totals as (

    select
        shop_key,
        currency_code,
        purchase_date as date_day,
        {% for amount in amounts -%}
        coalesce(sum({{ amount }}), 0) as {{ amount }},
        {% endfor -%}
        count(*) as order_count
    from {{ ref('fct_orders') }}
    where is_valid
    group by shop_key, currency_code, purchase_date

)

select
    sales_daily.sales_day_key,
    order_totals.shop_key
from sales_daily
full outer join order_totals
    on
        sales_daily.shop_key = order_totals.shop_key
        and sales_daily.currency_code = order_totals.currency_code
        and sales_daily.date_day = order_totals.date_day
where
    coalesce(sales_daily.order_count, -1) <> coalesce(order_totals.order_count, 0)
    {% for amount in amounts -%}
    or sales_daily.{{ amount }} <> coalesce(order_totals.{{ amount }}, 0)
    {% endfor %}
