-- The score of literal values: ties share, the best is 5, all equal is 3, a lone value is 3; each
-- day by itself.

with

given as (

    {% for day, worths in [
        ('2024-01-01', [10, 10, 20, 30, 30]), ('2024-01-02', [0, 0]), ('2024-01-03', [-5]),
    ] -%}
    {% set first_day = loop.first -%}
    {% for worth in worths -%}
    {{ 'union all' if not (first_day and loop.first) }}
    select cast('{{ day }}' as date) as as_of_date, {{ worth }} as worth
    {% endfor -%}
    {% endfor %}

),

expected as (

    select cast('2024-01-01' as date) as as_of_date, 10 as worth, 1 as score
    union all
    select cast('2024-01-01' as date) as as_of_date, 20 as worth, 3 as score
    union all
    select cast('2024-01-01' as date) as as_of_date, 30 as worth, 5 as score
    union all
    select cast('2024-01-02' as date) as as_of_date, 0 as worth, 3 as score
    union all
    select cast('2024-01-03' as date) as as_of_date, -5 as worth, 3 as score

),

limits as (

    {{ rfm_limits('given', ['worth']) }}

),

scored as (

    select distinct
        given.as_of_date,
        given.worth,
        {{ rfm_score('given', 'limits', 'worth') }} as score
    from given
    inner join limits
        on given.as_of_date = limits.as_of_date

),

compared as (

    select
        expected.*,
        scored.score as actual_score
    from expected
    full outer join scored
        on expected.as_of_date = scored.as_of_date and expected.worth = scored.worth

)

select *
from compared
where score is distinct from actual_score
