-- Within a country a window ends before the next one begins, and never before its own start.

with

festivals as (

    select * from {{ ref('festivals') }}

),

followed as (

    select
        *,
        lead(starts_on) over (partition by country_code order by starts_on) as next_starts_on
    from festivals

)

select *
from followed
where
    ends_on < starts_on
    or next_starts_on <= ends_on
