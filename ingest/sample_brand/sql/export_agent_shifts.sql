-- The rota of the two groups at home, in the brand's time zone. Nobody plans one overseas, and one
-- agent who answers stands on none. The lunch of the pre-sale group is a gap; shifts after sales
-- overlap; on the nights of a great sale one agent sits until the morning.

create or replace table export_agent_shifts as
with
patterns (agent_id, group_id, weekdays, starts, ends) as (
    values
    ('AG01', 'presale', [1, 2, 3, 4, 5], '09:00', '12:00'),
    ('AG01', 'presale', [1, 2, 3, 4, 5], '13:00', '18:00'),
    ('AG02', 'presale', [2, 3, 4, 5, 6, 7], '15:00', '23:00'),
    ('AG03', 'presale', [1, 6, 7], '10:00', '19:30'),
    ('AG05', 'aftersale', [1, 2, 3, 4, 5], '09:00', '17:00'),
    ('AG06', 'aftersale', [3, 4, 5, 6, 7], '14:00', '23:00'),
    ('AG07', 'aftersale', [1, 2, 6, 7], '09:00', '18:00'),
    ('AG08', 'aftersale', [1, 2, 3], '14:00', '23:00'),
    -- A trainee: on the rota, and never heard of in a ticket.
    ('AG12', 'aftersale', [2, 4], '10:00', '16:00')
),
planned as (
    select agent_id, group_id, day, starts::interval as starts, ends::interval as ends
    from days
    inner join patterns on list_contains(weekdays, isodow(day))
    union all
    select 'AG09', 'aftersale', day, '22:30'::interval, '31:00'::interval
    from days
    where has_night_shift(day)
),
numbered as (
    select
        agent_id,
        group_id,
        day,
        day + starts as starts_at,
        day + ends as ends_at,
        -- A rota is written a week ahead.
        greatest(day - 7, getvariable('first_day')) as written_on,
        -- 24 numbers for an hour's shifts of one day: no two of one agent begin in the same hour.
        datediff('day', date '2000-01-01', day) * 10000
            + right(agent_id, 2)::bigint * 100 + hour(day + starts) as shift_no
    from planned
    where day between getvariable('first_day') and getvariable('last_day')
),
versions as (
    select *, 0 as version, ends_at as ends_then, written_on + interval 6 hour as seen_at
    from numbered
    union all
    -- Some agents leave an hour early.
    select *, 1, ends_at - interval 1 hour, starts_at from numbered
    where chance(shift_no, 'goes early', 0.02)
)
select
    agent_id,
    strftime(starts_at, '%Y-%m-%d %H:%M:%S') as starts_at,
    strftime(ends_then, '%Y-%m-%d %H:%M:%S') as ends_at,
    group_id,
    strftime(seen_at, '%Y-%m-%d %H:%M:%S') as updated_at,
    null::boolean as is_deleted,
    seen_at::date as export_day,
    shift_no * 4 + version as batch_key,
    0::bigint as row_key
from versions
union all by name
-- Ill, without a substitute.
select
    agent_id,
    strftime(starts_at, '%Y-%m-%d %H:%M:%S') as starts_at,
    strftime(starts_at - interval 30 minute, '%Y-%m-%d %H:%M:%S') as updated_at,
    true as is_deleted,
    day as export_day,
    shift_no * 4 + 2 as batch_key,
    0::bigint as row_key
from numbered
where chance(shift_no, 'ill', 0.015) and not chance(shift_no, 'goes early', 0.02);
