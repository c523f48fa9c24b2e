-- After the first purchase of a product: who came back, who bought it again and when, and what else
-- was bought on the next visit. Gifts are not bought. Customers do not add up over products.

with

fct_orders as (

    select * from {{ ref('fct_orders') }}
    where is_valid

),

fct_order_lines as (

    select * from {{ ref('fct_order_lines') }}
    where
        product_key is not null
        and quantity > 0
        and not is_gift

),

bridge_account_customer as (

    select * from {{ ref('bridge_account_customer') }}

),

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

product_days as (

    select distinct
        bridge_account_customer.customer_key,
        fct_order_lines.product_key,
        fct_orders.purchase_date
    from fct_orders
    inner join fct_order_lines
        on fct_orders.order_key = fct_order_lines.order_key
    inner join bridge_account_customer
        on fct_orders.account_key = bridge_account_customer.account_key
    {{ until_as_of_date('fct_orders.purchase_date') }}

),

numbered as (

    select
        *,
        row_number() over product_of_customer as purchase_number,
        lead(purchase_date) over product_of_customer as again_date
    from product_days
    window product_of_customer as (partition by customer_key, product_key order by purchase_date)

),

first_purchases as (

    select
        numbered.customer_key,
        numbered.product_key,
        purchase_occasions.next_purchase_date,
        {{ dbt.datediff('numbered.purchase_date', 'numbered.again_date', 'day') }}
            as days_to_again
    from numbered
    inner join purchase_occasions
        on
            numbered.customer_key = purchase_occasions.customer_key
            and numbered.purchase_date = purchase_occasions.purchase_date
    where numbered.purchase_number = 1

),

counted as (

    select
        product_key,
        count(*) as customers,
        count(next_purchase_date) as returning_customers,
        count(days_to_again) as repurchased_customers,
        percentile_cont(0.5) within group (order by cast(days_to_again as double)) as median_days
    from first_purchases
    group by product_key

),

next_product_counts as (

    select
        first_purchases.product_key,
        product_days.product_key as next_product_key,
        count(*) as customers
    from first_purchases
    inner join product_days
        on
            first_purchases.customer_key = product_days.customer_key
            and first_purchases.next_purchase_date = product_days.purchase_date
            and first_purchases.product_key <> product_days.product_key
    group by
        first_purchases.product_key,
        product_days.product_key

),

next_products as (

    select * from next_product_counts
    qualify row_number() over (
        partition by product_key order by customers desc, next_product_key asc
    ) = 1

),

final as (

    select
        counted.product_key,
        cast(counted.customers as integer) as customers,
        cast(counted.returning_customers as integer) as returning_customers,
        {{ ratio('counted.returning_customers', 'counted.customers') }} as return_rate,
        cast(counted.repurchased_customers as integer) as repurchased_customers,
        {{ ratio('counted.repurchased_customers', 'counted.customers') }} as repurchase_rate,
        counted.median_days,
        next_products.next_product_key,
        cast(coalesce(next_products.customers, 0) as integer) as next_product_customers,
        {{ ratio(
            'coalesce(next_products.customers, 0)', 'counted.returning_customers'
        ) }} as next_product_rate
    from counted
    left join next_products
        on counted.product_key = next_products.product_key

)

select * from final
