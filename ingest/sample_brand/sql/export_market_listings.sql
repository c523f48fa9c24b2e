-- What two competitors show on two platforms, looked at every Monday: titles, prices, and counts
-- that only grow. Once somebody looks at the wrong page, and takes it out the next day.

create or replace table export_market_listings as
with
shown (listing_no, platform, shop_name, title, category, price_cents, weekly) as (
    values
    (1, 'tmall', '山野集旗舰店', '山茶花精华液 30ml', '面部护肤', 22900, 410),
    (2, 'tmall', '山野集旗舰店', '氨基酸洁面 120g', '面部护肤', 6900, 900),
    (3, 'tmall', '山野集旗舰店', '积雪草面膜 10片', '面膜', 11900, 620),
    (4, 'tmall', '白屿生活旗舰店', '桂花香薰蜡烛 200g', '香氛', 15900, 130),
    (5, 'tmall', '白屿生活旗舰店', '长绒棉四件套 1.8m', '床品', 52900, 70),
    (6, 'jd', '山野集京东旗舰店', '山茶花精华液 30ml', '面部护肤', 23900, 210),
    (7, 'jd', '白屿生活京东旗舰店', '乳胶护颈枕', '床品', 21900, 95),
    (8, 'jd', '白屿生活京东旗舰店', '轻量保温杯 500ml', '餐具杯壶', 11900, 160)
),
seen as (
    select
        shown.*,
        days.day,
        days.day_no,
        days.depth,
        datediff('day', date '2000-01-01', days.day) * 16 + shown.listing_no as look_no
    from shown
    inner join days on isodow(days.day) = 1 and days.day_no >= 0
    -- Now and then a page does not open.
    where not chance(datediff('day', date '2000-01-01', days.day) * 16 + shown.listing_no,
        'page is down', 0.03)
)
select
    platform,
    shop_name,
    'R' || lpad(scramble(listing_no)::varchar, 10, '0') as listing_id,
    day as observed_on,
    title,
    category,
    money(price_cents * (100 - depth) // 1000 * 10) as price,
    weekly * 20 + weekly * day_no // 7 + whole(look_no, 'sold', 0, 30) as sales_count,
    weekly * 4 + weekly * day_no // 35 as comment_count,
    strftime(day + interval 11 hour, '%Y-%m-%d %H:%M:%S') as updated_at,
    null::boolean as is_deleted,
    day as export_day,
    look_no as batch_key,
    0::bigint as row_key
from seen
union all by name
select
    'jd' as platform, '别家旗舰店' as shop_name, 'R0000000000' as listing_id,
    getvariable('first_day') as observed_on,
    strftime(getvariable('first_day') + to_hours(11 + 24 * taken_out), '%Y-%m-%d %H:%M:%S')
        as updated_at,
    case when taken_out = 1 then true end as is_deleted,
    cast(getvariable('first_day') + taken_out::int as date) as export_day,
    8 + taken_out as batch_key,
    0::bigint as row_key
from (select unnest([0, 1]) as taken_out)
where taken_out < getvariable('days');
