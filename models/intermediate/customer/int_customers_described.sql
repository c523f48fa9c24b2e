-- What accounts differ in comes from the earliest that says it.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'customer_key',
        'touched_by': {
            'int_accounts_resolved': 'select customer_key from {int_customers_identified}'
                ~ ' where account_key in (select account_key from changed_rows)',
            'int_orders_validated': 'select customer_key from {int_customers_identified}'
                ~ ' where account_key in (select account_key from changed_rows)',
        },
    },
) }}

{% set attributes = ['platform_code', 'gender', 'birth_date', 'country', 'province', 'city'] %}

with

accounts as (

    select * from {{ ref('int_accounts_resolved') }}

),

identified as (

    select * from {{ touched_keys.touched_rows(ref('int_customers_identified')) }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}
    where is_valid and account_key is not null

),

described as (

    select
        identified.customer_key,
        accounts.*,
        lpad(cast(row_number() over (
            partition by identified.customer_key
            order by accounts.first_seen_at asc nulls last, accounts.account_key asc
        ) as string), 12, '0') as seniority
    from accounts
    inner join identified
        on accounts.account_key = identified.account_key

),

customers as (

    select
        customer_key,
        count(*) as account_count,
        count(distinct platform_code) as platform_count,
        {% for attribute in attributes -%}
        min_by(
            {{ attribute }}, case when {{ attribute }} is not null then seniority end
        ) as {{ attribute }},
        {% endfor -%}
        min(first_seen_at) as first_seen_at,
        min(registered_at) as first_registered_at
    from described
    group by customer_key

),

purchases as (

    select
        identified.customer_key,
        min(orders.purchase_date) as first_purchase_date,
        max(orders.purchase_date) as last_purchase_date,
        count(distinct orders.purchase_date) as purchase_occasion_count,
        count(*) as order_count
    from orders
    inner join identified
        on orders.account_key = identified.account_key
    group by identified.customer_key

),

final as (

    select
        customers.*,
        purchases.first_purchase_date,
        purchases.last_purchase_date,
        coalesce(purchases.purchase_occasion_count, 0) as purchase_occasion_count,
        coalesce(purchases.order_count, 0) as order_count
    from customers
    left join purchases
        on customers.customer_key = purchases.customer_key

)

select * from final
