-- Grain: one row per day of every calendar year that the data or the as-of date touches.

with

data_span as (

    select * from {{ ref('int_data_span') }}

),

asked_for as (

    select cast({{ text_setting('as_of_date') }} as date) as as_of_date

),

years as (

    select
        cast(
            date_trunc('year', least(data_span.first_date, asked_for.as_of_date)) as date
        ) as first_date,
        last_day(
            cast({{ dbt.dateadd(
                'month', 11,
                "date_trunc('year', greatest(data_span.last_date, asked_for.as_of_date))"
            ) }} as date)
        ) as last_date
    from asked_for
    left join data_span
        on true

),

days as (

    select {{ date_series('first_date', 'last_date') }} as date_day
    from years

)

select * from days
