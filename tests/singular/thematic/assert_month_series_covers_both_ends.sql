-- Both months stand in the series, whatever the day; no series without a date or backwards.

with

spans as (

    select
        'leap' as span,
        cast('2024-01-31' as date) as first_date,
        cast('2024-03-01' as date) as last_date
    union all
    select
        'one month' as span,
        cast('2024-02-29' as date) as first_date,
        cast('2024-02-29' as date) as last_date
    union all
    select
        'backwards' as span,
        cast('2024-03-01' as date) as first_date,
        cast('2024-02-29' as date) as last_date
    union all
    select
        'no end' as span,
        cast('2024-03-01' as date) as first_date,
        cast(null as date) as last_date

),

months as (

    select
        span,
        {{ month_series('first_date', 'last_date') }} as month_start_date
    from spans

),

expected as (

    select 'leap' as span, cast('2024-01-01' as date) as month_start_date
    union all
    select 'leap' as span, cast('2024-02-01' as date) as month_start_date
    union all
    select 'leap' as span, cast('2024-03-01' as date) as month_start_date
    union all
    select 'one month' as span, cast('2024-02-01' as date) as month_start_date

),

missing as (

    select * from expected
    except all
    select * from months

),

unexpected as (

    select * from months
    except all
    select * from expected

)

select 'missing' as problem, * from missing
union all
select 'unexpected' as problem, * from unexpected
