-- live_streams: one row per live stream: those that orders name, and a stream on Douyin every
-- Friday, whether anybody buys or not. partners: who sells in them.

create or replace table partners as
select
    * exclude (partner_no),
    partner_no::bigint as partner_no
from (
    values
    (1, 'P-01', '小满的浴室', '梁思甜', 0.20, 0.22), (2, 'P-02', '慢慢生活研究所', '许一航', 0.15, 0.15),
    (3, 'P-03', '阿禾爱护肤', '何禾', 0.25, 0.25), (4, 'P-04', '床品避坑指南', '陆明远', 0.12, 0.10),
    (5, 'P-05', '晚安香薰铺', '沈婉宁', 0.18, 0.18), (6, 'P-06', '两口之家好物', '唐可心', 0.15, 0.20)
) as listed (partner_no, partner_id, handle, name, first_rate, later_rate);

create or replace table live_streams as
with
sold as (
    select platform, shop_id, day, min(created_at) as first_at, max(created_at) as last_at,
        count(*) as order_count
    from orders
    where order_type = 'live'
    group by platform, shop_id, day
),
planned as (
    select * from sold
    union all
    select 'douyin', 'dy01', days.day, null, null, 0
    from days
    where days.day_no >= 0 and isodow(days.day) = 5
        and not exists (from sold where sold.shop_id = 'dy01' and sold.day = days.day)
),
numbered as (
    select
        *,
        datediff('day', date '2000-01-01', day) * 8
            + list_position(['dy01', 'tm01', 'tm02', 'tb01'], shop_id) as stream_no
    from planned
)
select
    * exclude (first_at, last_at),
    'LIVE-' || shop_id || '-' || strftime(day, '%Y%m%d') as live_session_id,
    case when chance(stream_no, 'by a partner', 0.65) then whole(stream_no, 'partner', 1, 6) end
        as partner_no,
    -- A stream lasts the evening, and longer when something is sold before or after it.
    later(least(day + interval 19 hour, first_at), -whole(stream_no, 'opens', 60, 1500))
        as starts_at,
    later(greatest(day + interval 22 hour, last_at), whole(stream_no, 'closes', 60, 3000))
        as ends_at
from numbered;
