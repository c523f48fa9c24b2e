-- draws: (kind, group_no, bucket) -> day_no, by demand. hours: (kind, bucket) -> hour.

create or replace table draws as
with
weighted as (
    select 'start' as kind, 0 as group_no, day_no, demand, 16384 as buckets from days
    union all
    select 'week', week_no, day_no, demand, 256 from days
    union all
    select 'festival', festival_no, day_no, demand, 256 from days
    where festival_no is not null
),
ranked as (
    select
        *,
        sum(demand) over (partition by kind, group_no) as total,
        sum(demand) over (partition by kind, group_no order by day_no) as reached
    from weighted
)
select
    kind,
    group_no::bigint as group_no,
    day_no,
    unnest(range(
        ((reached - demand) * buckets // total)::bigint, (reached * buckets // total)::bigint
    )) as bucket
from ranked;

create or replace table hours as
with
shapes (kind, weights) as (
    values
    ('online', [3, 1, 1, 0, 0, 1, 2, 3, 5, 7, 8, 7, 7, 6, 6, 6, 6, 5, 6, 8, 11, 12, 9, 5]),
    ('rush', [30, 9, 2, 1, 0, 1, 2, 3, 5, 6, 7, 6, 5, 5, 5, 5, 5, 5, 6, 8, 20, 10, 8, 7]),
    ('live', [1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 5, 14, 26, 20, 7, 2]),
    ('store', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 8, 7, 7, 9, 11, 11, 9, 9, 10, 9, 5, 0, 0])
),
spread as (
    select kind, unnest(range(24)) as hour, unnest(weights) as weight from shapes
),
repeated as (
    select kind, hour, unnest(range(weight)) as repetition from spread
)
select
    kind,
    hour,
    row_number() over (partition by kind order by hour, repetition) - 1 as bucket,
    count(*) over (partition by kind) as buckets
from repeated;
