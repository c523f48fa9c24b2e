-- ready_{table}: the rows of export_{table}, each with the day of the file that carries it.
-- {late} of the batches come late, {again} come a second time; by then the second copy may be
-- older than what has arrived meanwhile. {stray} of the rows were entered once more by mistake,
-- under another key, and are taken out two days later. What is known by the last day arrives by
-- the last day.

create or replace table ready_{table} as
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
        'first' as dirt
    from export_{table}
),
repeated as (
    select
        * replace (
            cast(arrival_day + whole(batch_key, 'days again {table}', 2, 30)::int as date)
                as arrival_day,
            'repeated' as dirt
        )
    from planned
    where chance(batch_key, 'again {table}', {again})
),
strays as (
    select * replace ({mistake}, 'stray' as dirt)
    from planned
    where chance(batch_key * 16 + row_key, 'stray {table}', {stray})
        and arrival_day + 2 <= getvariable('last_day')
),
arrived as (
    select * replace (case when arrival_day > export_day then 'late' else dirt end as dirt)
    from planned
    union all
    select * from repeated
    where arrival_day <= getvariable('last_day')
    union all
    select * from strays
    union all by name
    select
        {key},
        strftime(arrival_day + interval 54 hour, '%Y-%m-%d %H:%M:%S') as updated_at,
        true as is_deleted,
        cast(arrival_day + 2 as date) as arrival_day,
        export_day,
        batch_key,
        row_key,
        'taken out' as dirt
    from strays
)
select
    *,
    cast(least(
        arrival_day
        + ({file_days} - 1 - (arrival_day - getvariable('first_day')) % {file_days})::int,
        getvariable('last_day')
    ) as date) as file_day
from arrived;

drop table export_{table};
