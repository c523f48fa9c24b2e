-- Where and when each customer bought first: of two orders on that day, the first by platform, shop
-- and key, so that shops and platforms add up to all customers.

with

fct_orders as (

    select * from {{ ref('fct_orders') }}
    where is_valid

),

bridge_account_customer as (

    select * from {{ ref('bridge_account_customer') }}

),

first_purchases as (

    select * from {{ ref('purchase_occasions') }}
    where purchase_number = 1

),

final as (

    select
        first_purchases.customer_key,
        first_purchases.purchase_date as first_purchase_date,
        cast(date_trunc('month', first_purchases.purchase_date) as date) as cohort_month,
        fct_orders.platform_code,
        fct_orders.shop_key
    from first_purchases
    inner join bridge_account_customer
        on first_purchases.customer_key = bridge_account_customer.customer_key
    inner join fct_orders
        on
            bridge_account_customer.account_key = fct_orders.account_key
            and first_purchases.purchase_date = fct_orders.purchase_date
    qualify row_number() over (
        partition by first_purchases.customer_key
        order by fct_orders.platform_code asc, fct_orders.shop_key asc, fct_orders.order_key asc
    ) = 1

)

select * from final
