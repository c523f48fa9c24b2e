-- The stage limits that hold from each purchase on, by the customer's main category up to that
-- day. Limits are days and must not be summed.

{% set customers = 'select customer_key from {bridge_account_customer} where account_key in ' %}
{% set customers_of_orders = customers
    ~ '(select account_key from {fct_orders} where order_key in ' %}

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'customer_key',
        'touched_by': {
            'fct_orders': customers ~ '(select account_key from changed_rows)',
            'fct_order_lines': customers_of_orders ~ '(select order_key from changed_rows))',
            'dim_products': customers_of_orders ~ '(select order_key from {fct_order_lines}'
                ~ ' where product_key in (select product_key from changed_rows)))',
        },
    },
) }}

with

purchase_occasions as (

    select * from {{ touched_keys.touched_rows(ref('purchase_occasions')) }}

),

bridge_account_customer as (

    select * from {{ touched_keys.touched_rows(ref('bridge_account_customer')) }}

),

lifecycle_limits as (

    select * from {{ ref('lifecycle_limits') }}

),

category_limits as (

    select * from lifecycle_limits
    where category <> '*'

),

own_pace_in_use as (

    select count(*) as categories
    from category_limits
    having count(*) > 0

),

category_purchases as (

    select
        bridge_account_customer.customer_key,
        fct_orders.purchase_date,
        dim_products.category_1 as category,
        sum(fct_order_lines.quantity) as unit_count
    from {{ ref('fct_order_lines') }} as fct_order_lines
    -- Without a category of its own pace this is empty, and no line needs to be read.
    cross join own_pace_in_use
    inner join {{ ref('fct_orders') }} as fct_orders
        on fct_order_lines.order_key = fct_orders.order_key
    inner join bridge_account_customer
        on fct_orders.account_key = bridge_account_customer.account_key
    inner join {{ ref('dim_products') }} as dim_products
        on fct_order_lines.product_key = dim_products.product_key
    where
        fct_orders.is_valid
        and dim_products.category_1 is not null
    group by
        bridge_account_customer.customer_key,
        fct_orders.purchase_date,
        dim_products.category_1

),

categories_so_far as (

    select
        purchase_occasions.customer_key,
        purchase_occasions.purchase_date,
        category_purchases.category,
        sum(category_purchases.unit_count) as unit_count,
        max(category_purchases.purchase_date) as last_purchase_date
    from purchase_occasions
    inner join category_purchases
        on
            purchase_occasions.customer_key = category_purchases.customer_key
            and purchase_occasions.purchase_date >= category_purchases.purchase_date
    group by
        purchase_occasions.customer_key,
        purchase_occasions.purchase_date,
        category_purchases.category

),

-- Most units, then the category bought last, then its name.
main_categories as (

    select * from categories_so_far
    qualify row_number() over (
        partition by customer_key, purchase_date
        order by unit_count desc, last_purchase_date desc, category asc
    ) = 1

),

final as (

    select
        purchase_occasions.customer_key,
        purchase_occasions.purchase_date,
        lifecycle_limits.category as limit_category,
        lifecycle_limits.new_days,
        lifecycle_limits.active_days,
        lifecycle_limits.cooling_days,
        lifecycle_limits.dormant_days,
        lifecycle_limits.returned_days
    from purchase_occasions
    left join main_categories
        on
            purchase_occasions.customer_key = main_categories.customer_key
            and purchase_occasions.purchase_date = main_categories.purchase_date
    left join category_limits
        on main_categories.category = category_limits.category
    inner join lifecycle_limits
        on coalesce(category_limits.category, '*') = lifecycle_limits.category

)

select * from final
