with

cases as (

    select
        'an hour and a half' as case_name,
        cast({{ hours_between(
            "cast('2024-01-01 23:00:00' as timestamp)", "cast('2024-01-02 00:30:00' as timestamp)"
        ) }} as string) as actual,
        '1.50' as expected
    union all
    select
        'ninety seconds',
        cast({{ minutes_between(
            "cast('2024-01-01 00:00:00' as timestamp)", "cast('2024-01-01 00:01:30' as timestamp)"
        ) }} as string),
        '1.50'
    union all
    select
        'backwards',
        cast({{ minutes_between(
            "cast('2024-01-01 00:01:00' as timestamp)", "cast('2024-01-01 00:00:00' as timestamp)"
        ) }} as string),
        '-1.00'
    union all
    select
        'half of a hundredth',
        cast({{ hours_between(
            "cast('2024-01-01 00:00:00' as timestamp)", "cast('2024-01-01 04:53:42' as timestamp)"
        ) }} as string),
        '4.90'
    union all
    select
        'nothing follows',
        cast({{ hours_between(
            "cast('2024-01-01 00:01:00' as timestamp)", 'cast(null as timestamp)'
        ) }} as string),
        null

)

select * from cases
where actual is distinct from expected
