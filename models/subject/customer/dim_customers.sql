-- Grain: one row per customer, buyers and others. What accounts differ in comes from the earliest
-- that says it.

{% set attributes = ['platform_code', 'gender', 'birth_date', 'country', 'province', 'city'] %}

with

accounts as (

    select * from {{ ref('int_accounts_resolved') }}

),

identified as (

    select * from {{ ref('int_customers_identified') }}

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
        ) as varchar), 12, '0') as seniority
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

as_of as (

    select
        coalesce(
            cast({{ text_setting('as_of_date') }} as date), max(last_purchase_date)
        ) as as_of_date
    from {{ ref('int_data_span') }}

),

aged as (

    select
        customers.*,
        cast(
            extract(year from as_of.as_of_date) - extract(year from customers.birth_date)
            - case
                when
                    extract(month from as_of.as_of_date) * 100 + extract(day from as_of.as_of_date)
                    < extract(month from customers.birth_date) * 100
                    + extract(day from customers.birth_date) then 1
                else 0
            end as integer
        ) as age_years
    from customers
    cross join as_of

),

final as (

    select
        aged.customer_key,
        aged.account_count,
        aged.platform_count,
        aged.platform_code as first_platform_code,
        aged.first_seen_at,
        aged.first_registered_at,
        aged.gender,
        cast(extract(month from aged.birth_date) as integer) as birth_month,
        case
            when aged.age_years < 18 then 'under 18'
            when aged.age_years <= 24 then '18-24'
            when aged.age_years <= 29 then '25-29'
            when aged.age_years <= 39 then '30-39'
            when aged.age_years <= 49 then '40-49'
            when aged.age_years >= 50 then '50 and over'
        end as age_band,
        aged.country,
        aged.province,
        aged.city,
        purchases.first_purchase_date,
        purchases.last_purchase_date,
        coalesce(purchases.purchase_occasion_count, 0) as purchase_occasion_count,
        coalesce(purchases.order_count, 0) as order_count
    from aged
    left join purchases
        on aged.customer_key = purchases.customer_key

)

select * from final
