-- Clocks as minutes, the number of a weekday, minutes that were doubles, characters of full width.

with

cases as (

    select
        'morning' as case_name,
        cast({{ minutes_of_clock("'09:30'") }} as string) as actual,
        '570' as expected
    union all
    select
        'end of the day',
        cast({{ minutes_of_clock("'24:00'") }} as string),
        '1440'
    union all
    select
        'a Monday',
        cast({{ weekday_number("cast('2024-01-01' as date)") }} as string),
        '1'
    union all
    select
        'a Sunday',
        cast({{ weekday_number("cast('2024-01-07' as date)") }} as string),
        '7'
    union all
    select
        'half of a hundredth that no double holds',
        cast({{ minutes_rounded('cast(1.005 as double)') }} as string),
        '1.01'
    union all
    select
        'forty-five seconds',
        cast({{ minutes_of('45') }} as string),
        '0.75'
    union all
    select
        'full and circled',
        {{ usual_width("'１５④ Ａｂ＠'") }},
        '154 Ab@'

)

select * from cases
where actual is distinct from expected
