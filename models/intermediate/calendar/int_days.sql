with

data_span as (

    select
        *,
        cast({{ text_setting('as_of_date') }} as date) as asked_date
    from {{ ref('int_data_span') }}

),

years as (

    select
        cast(
            date_trunc('year', least(first_date, asked_date)) as date
        ) as first_date,
        last_day(
            cast({{ dbt.dateadd(
                'month', 11,
                "date_trunc('year', greatest(last_date, asked_date))"
            ) }} as date)
        ) as last_date
    from data_span

),

days as (

    select {{ date_series('first_date', 'last_date') }} as date_day
    from years

)

select * from days
