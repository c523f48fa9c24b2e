with

days as (

    select * from {{ ref('int_days') }}

),

holidays as (

    select * from {{ ref('holidays') }}
    where country_code = '{{ var("home_country") }}'

),

festivals as (

    select * from {{ ref('festivals') }}
    where country_code = '{{ var("home_country") }}'

),

numbered as (

    select
        date_day,
        -- Monday is 1 on every engine: counted from a day that is known to be one.
        cast(
            1 + ({{ dbt.datediff("cast('1900-01-01' as date)", 'date_day', 'day') }} % 7) as integer
        )
            as weekday_number
    from days

),

final as (

    select
        numbered.date_day,
        cast(extract(year from numbered.date_day) as integer) as year_number,
        cast(extract(quarter from numbered.date_day) as integer) as quarter_number,
        cast(extract(month from numbered.date_day) as integer) as month_number,
        cast(extract(day from numbered.date_day) as integer) as day_of_month,
        cast(date_trunc('month', numbered.date_day) as date) as month_start_date,
        last_day(numbered.date_day) as month_end_date,
        cast({{ dbt.dateadd('day', '1 - numbered.weekday_number', 'numbered.date_day') }} as date)
            as week_start_date,
        numbered.weekday_number,
        case numbered.weekday_number
            when 1 then 'Monday' when 2 then 'Tuesday' when 3 then 'Wednesday'
            when 4 then 'Thursday' when 5 then 'Friday' when 6 then 'Saturday' else 'Sunday'
        end as weekday_name,
        numbered.weekday_number >= 6 as is_weekend,
        holidays.holiday_name,
        coalesce(not holidays.is_working_day, false) as is_holiday,
        coalesce(holidays.is_working_day, numbered.weekday_number < 6) as is_working_day,
        festivals.festival_code,
        festivals.festival_name,
        coalesce(festivals.phase, 'everyday') as festival_phase
    from numbered
    left join holidays
        on numbered.date_day = holidays.holiday_date
    left join festivals
        on numbered.date_day between festivals.starts_on and festivals.ends_on

)

select * from final
