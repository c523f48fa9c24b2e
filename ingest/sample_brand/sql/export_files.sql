-- ready_{table}: the rows of export_{table}, each with the day of the file that carries it.
-- {late} of the batches come late, {again} come a second time; by then the second copy may be
-- older than what has arrived meanwhile. What is known by the last day arrives by the last day.

create or replace view ready_{table} as
with
planned as (
    select
        *,
        cast(least(
            export_day + case
                when chance(batch_key, 'late {table}', {late})
                    then whole(batch_key, 'days late {table}', 1, 6)::int
                else 0
            end,
            getvariable('last_day')
        ) as date) as arrival_day,
        false as is_repeated
    from export_{table}
),
repeated as (
    select
        * replace (
            cast(arrival_day + whole(batch_key, 'days again {table}', 2, 30)::int as date) as arrival_day,
            true as is_repeated
        )
    from planned
    where chance(batch_key, 'again {table}', {again})
),
arrived as (
    select * from planned
    union all
    select * from repeated
    where arrival_day <= getvariable('last_day')
)
select
    *,
    cast(least(
        arrival_day
        + ({file_days} - 1 - (arrival_day - getvariable('first_day')) % {file_days})::int,
        getvariable('last_day')
    ) as date) as file_day
from arrived;
