-- Where and when each customer bought first: of two platforms on that day, the first in the
-- alphabet.

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
        min(fct_orders.platform_code) as platform_code
    from first_purchases
    inner join bridge_account_customer
        on first_purchases.customer_key = bridge_account_customer.customer_key
    inner join fct_orders
        on
            bridge_account_customer.account_key = fct_orders.account_key
            and first_purchases.purchase_date = fct_orders.purchase_date
    group by first_purchases.customer_key, first_purchases.purchase_date

)

select * from final
