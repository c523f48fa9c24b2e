-- Days on which customers bought, up to the as-of date. Orders and amounts add up.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'customer_key',
        'touched_by': {
            'fct_orders': 'select customer_key from {bridge_account_customer}'
                ~ ' where account_key in (select account_key from changed_rows)',
            'dim_as_of_date': customers_between_as_of_dates('fct_orders', 'purchase_date'),
        },
    },
) }}

with

fct_orders as (

    select * from {{ ref('fct_orders') }}
    where is_valid

),

bridge_account_customer as (

    select * from {{ touched_keys.touched_rows(ref('bridge_account_customer')) }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

occasions as (

    select
        bridge_account_customer.customer_key,
        fct_orders.purchase_date,
        cast(count(*) as integer) as order_count,
        cast(
            count(case when fct_orders.revenue_base_amount is null then 1 end) as integer
        ) as unvalued_order_count,
        {{ money_total('sum(coalesce(fct_orders.revenue_base_amount, 0))') }} as revenue_amount
    from fct_orders
    inner join bridge_account_customer
        on fct_orders.account_key = bridge_account_customer.account_key
    {{ until_as_of_date('fct_orders.purchase_date') }}
    group by
        bridge_account_customer.customer_key,
        fct_orders.purchase_date

),

numbered as (

    select
        *,
        cast(row_number() over customer as integer) as purchase_number,
        min(purchase_date) over (partition by customer_key) as first_purchase_date,
        lag(purchase_date) over customer as previous_purchase_date,
        lead(purchase_date) over customer as next_purchase_date
    from occasions
    window customer as (partition by customer_key order by purchase_date)

),

final as (

    select
        customer_key,
        purchase_date,
        purchase_number,
        first_purchase_date,
        previous_purchase_date,
        next_purchase_date,
        cast(
            {{ dbt.datediff('previous_purchase_date', 'purchase_date', 'day') }} as integer
        ) as days_since_previous,
        cast(
            {{ dbt.datediff('purchase_date', 'next_purchase_date', 'day') }} as integer
        ) as days_to_next,
        order_count,
        unvalued_order_count,
        revenue_amount
    from numbered

)

select * from final
