-- festivals: one row per festival and year. days: one row per day from 90 days before the first,
-- with the demand it draws.

create or replace table festivals as
with
-- Months and days as one number; lifts of demand and the depth of discounts in per cent; pull:
-- how many in a hundred of those who wait for festivals buy at this one.
shapes (
    code, name, theme, presale_md, sale_md, end_md, peak_1_md, peak_2_md, lift, peak_lift, depth,
    pull
) as (
    values
    ('D11', '双11', 'sale', 1021, 1101, 1111, 1101, 1111, 170, 600, 22, 70),
    ('618', '618年中大促', 'sale', 524, 601, 618, 601, 618, 130, 480, 18, 60),
    ('D12', '双12', 'sale', 1210, 1210, 1212, 1212, 1212, 140, 260, 14, 30),
    ('38', '38焕新周', 'sale', 305, 305, 308, 308, 308, 135, 230, 14, 30),
    ('VAL', '情人节', 'gift', 208, 208, 214, 213, 213, 115, 130, 6, 50),
    ('520', '520表白季', 'gift', 514, 514, 520, 519, 519, 120, 150, 6, 60),
    ('TEA', '教师节', 'gift', 904, 904, 910, 909, 909, 110, 120, 4, 40),
    ('XMS', '圣诞好礼', 'gift', 1218, 1218, 1225, 1223, 1223, 110, 125, 5, 50)
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
        (1000 + 0.3 * greatest(day_no, 0))
        * [94, 86, 102, 100, 106, 104, 96, 98, 104, 106, 112, 104][month(day)] / 100
        * [96, 95, 97, 99, 103, 108, 106][isodow(day)] / 100
        * case
            when is_peak then peak_lift
            when is_presale and lift > 150 then 130
            when is_presale then 115
            else coalesce(lift, 100)
        end / 100
    )::bigint as demand,
    -- The next peak of a great sale within three weeks, for which some buyers wait.
    min(case when is_peak and depth >= 18 then day_no end) over (
        order by day_no rows between current row and 21 following
    ) as next_peak_no
from joined;
