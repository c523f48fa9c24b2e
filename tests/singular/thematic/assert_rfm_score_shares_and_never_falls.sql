-- The score of literal values: ties share, the best is 5, all equal is 3, a lone value is 3.

with

given as (

    select 'many' as population, 10 as worth, 1 as expected_score
    union all
    select 'many' as population, 10 as worth, 1 as expected_score
    union all
    select 'many' as population, 20 as worth, 3 as expected_score
    union all
    select 'many' as population, 30 as worth, 5 as expected_score
    union all
    select 'many' as population, 30 as worth, 5 as expected_score
    union all
    select 'equal' as population, 0 as worth, 3 as expected_score
    union all
    select 'equal' as population, 0 as worth, 3 as expected_score
    union all
    select 'alone' as population, -5 as worth, 3 as expected_score

),

scored as (

    select
        *,
        {{ rfm_score('worth', 'population') }} as score
    from given

)

select *
from scored
where score is distinct from expected_score
