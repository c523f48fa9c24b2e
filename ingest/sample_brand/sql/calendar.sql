-- festivals: one row per festival and year. days: one row per day from 90 days before the first,
-- with the demand it draws. draws: (kind, group_no, bucket) -> day_no, by demand.

create or replace table festivals as
with
shapes (code, name, theme, presale_md, sale_md, end_md, peak_1_md, peak_2_md, lift, peak_lift, depth) as (
    values
    ('D11', '双11', 'sale', 1021, 1101, 1111, 1101, 1111, 170, 600, 22),
    ('618', '618年中大促', 'sale', 524, 601, 618, 601, 618, 130, 480, 18),
    ('D12', '双12', 'sale', 1210, 1210, 1212, 1212, 1212, 160, 330, 14),
    ('38', '38焕新周', 'sale', 305, 305, 308, 308, 308, 150, 300, 14),
    ('VAL', '情人节', 'gift', 208, 208, 214, 213, 213, 115, 130, 6),
    ('520', '520表白季', 'gift', 514, 514, 520, 519, 519, 120, 150, 6),
    ('TEA', '教师节', 'gift', 904, 904, 910, 909, 909, 110, 120, 4),
    ('XMS', '圣诞好礼', 'gift', 1218, 1218, 1225, 1223, 1223, 110, 125, 5)
),
years as (
    select unnest(range(
        year(getvariable('first_day')) - 1, year(getvariable('last_day')) + 2
    )) as festival_year
),
dated as (
    select
        shapes.*,
        festival_year,
        make_date(festival_year, presale_md // 100, presale_md % 100) as presale_from,
        make_date(festival_year, sale_md // 100, sale_md % 100) as sale_from,
        make_date(festival_year, end_md // 100, end_md % 100) as sale_to,
        make_date(festival_year, peak_1_md // 100, peak_1_md % 100) as peak_1,
        make_date(festival_year, peak_2_md // 100, peak_2_md % 100) as peak_2
    from shapes
    cross join years
)
select
    row_number() over (order by presale_from, code) as festival_no,
    code || '-' || festival_year as festival_id,
    name || festival_year as festival_name,
    * exclude (presale_md, sale_md, end_md, peak_1_md, peak_2_md, name)
from dated;

create or replace table days as
with
spine as (
    select
        unnest(range(-90, getvariable('days'))) as day_no,
        cast(getvariable('first_day') + unnest(range(-90, getvariable('days')))::int as date) as day
),
joined as (
    select
        spine.day_no,
        spine.day,
        festivals.festival_no,
        festivals.festival_id,
        festivals.theme,
        coalesce(festivals.depth, 0) as depth,
        coalesce(spine.day < festivals.sale_from, false) as is_presale,
        festivals.sale_from,
        coalesce(spine.day in (festivals.peak_1, festivals.peak_2), false) as is_peak,
        festivals.lift,
        festivals.peak_lift
    from spine
    left join festivals on spine.day between festivals.presale_from and festivals.sale_to
)
select
    day_no,
    day,
    floor(day_no / 7)::bigint as week_no,
    festival_no,
    festival_id,
    theme,
    depth,
    is_presale,
    is_peak,
    sale_from,
    -- Thousandths; whole numbers, because a sum of doubles depends on the order of the rows.
    round(
        (1000 + 0.9 * greatest(day_no, 0))
        * [94, 86, 102, 100, 106, 104, 96, 98, 104, 106, 112, 104][month(day)] / 100
        * [96, 95, 97, 99, 103, 108, 106][isodow(day)] / 100
        * case
            when is_peak then peak_lift
            when is_presale and lift > 150 then 130
            when is_presale then 115
            else coalesce(lift, 100)
        end / 100
    )::bigint as demand,
    -- The next peak of a sale within three weeks, for which some buyers wait.
    min(case when is_peak and theme = 'sale' then day_no end) over (
        order by day_no rows between current row and 21 following
    ) as next_peak_no
from joined;

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
