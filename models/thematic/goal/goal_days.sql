-- New customers are counted where they bought first, so that shops add up to the brand.

with

fct_sales_daily as (

    select * from {{ ref('fct_sales_daily') }}

),

clv_first_orders as (

    select * from {{ ref('clv_first_orders') }}

),

dim_shops as (

    select * from {{ ref('dim_shops') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

sales as (

    select
        fct_sales_daily.shop_key,
        fct_sales_daily.date_day,
        {{ known_sum('fct_sales_daily.revenue_base_amount') }} as revenue_base_amount,
        {{ known_sum('fct_sales_daily.refund_base_amount') }} as refund_base_amount,
        sum(fct_sales_daily.order_count) as order_count,
        sum(fct_sales_daily.buyer_count) as buyer_count
    from fct_sales_daily
    {{ until_as_of_date('fct_sales_daily.date_day') }}
    group by fct_sales_daily.shop_key, fct_sales_daily.date_day

),

new_customers as (

    select
        shop_key,
        first_purchase_date,
        count(*) as new_customer_count
    from clv_first_orders
    group by shop_key, first_purchase_date

),

final as (

    select
        sales.shop_key,
        dim_shops.platform_code,
        dim_shops.shop_id,
        sales.date_day,
        {{ money_total('sales.revenue_base_amount') }} as revenue_base_amount,
        {{ money_total('sales.refund_base_amount') }} as refund_base_amount,
        cast(sales.order_count as bigint) as order_count,
        cast(sales.buyer_count as bigint) as buyer_count,
        cast(coalesce(new_customers.new_customer_count, 0) as bigint) as new_customer_count
    from sales
    left join dim_shops
        on sales.shop_key = dim_shops.shop_key
    left join new_customers
        on
            sales.shop_key is not distinct from new_customers.shop_key
            and sales.date_day = new_customers.first_purchase_date

)

select * from final
