-- What accounts differ in comes from the earliest that says it.

with

customers as (

    select * from {{ ref('int_customers_described') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

aged as (

    select
        customers.*,
        cast(
            extract(year from dim_as_of_date.as_of_date) - extract(year from customers.birth_date)
            - case
                when
                    extract(month from dim_as_of_date.as_of_date) * 100
                    + extract(day from dim_as_of_date.as_of_date)
                    < extract(month from customers.birth_date) * 100
                    + extract(day from customers.birth_date) then 1
                else 0
            end as integer
        ) as age_years
    from customers
    left join dim_as_of_date on true

),

final as (

    select
        customer_key,
        account_count,
        platform_count,
        platform_code as first_platform_code,
        first_seen_at,
        first_registered_at,
        gender,
        cast(extract(month from birth_date) as integer) as birth_month,
        case
            when age_years < 18 then 'under 18'
            when age_years <= 24 then '18-24'
            when age_years <= 29 then '25-29'
            when age_years <= 39 then '30-39'
            when age_years <= 49 then '40-49'
            when age_years >= 50 then '50 and over'
        end as age_band,
        country,
        province,
        city,
        first_purchase_date,
        last_purchase_date,
        purchase_occasion_count,
        order_count
    from aged

)

select * from final
