-- shops: the brand's shops; export_shops adds a change and a late opening.

create or replace table shops as
select * from (
    values
    ('tmall', 'tm01', '栖木天猫旗舰店', 'Asia/Shanghai', 'CNY', true, date '2019-03-18'),
    ('tmall', 'tm02', '栖木家居天猫专营店', 'Asia/Shanghai', 'CNY', true, date '2021-06-01'),
    ('taobao', 'tb01', '栖木生活馆', 'Asia/Shanghai', 'CNY', true, date '2017-09-09'),
    ('jd', 'jd01', '栖木京东自营旗舰店', 'Asia/Shanghai', 'CNY', true, date '2020-05-20'),
    ('pinduoduo', 'pd01', '栖木官方旗舰店', 'Asia/Shanghai', 'CNY', true, date '2022-08-08'),
    ('douyin', 'dy01', '栖木官方直播间', 'Asia/Shanghai', 'CNY', true, date '2022-03-01'),
    ('shopify', 'us01', 'Qimu Home & Skin', 'America/New_York', 'USD', true, date '2022-10-10'),
    ('amazon', 'am01', 'Qimu US', 'America/Los_Angeles', 'USD', true, date '2023-02-01'),
    ('offline', 'st01', '栖木杭州湖滨店', 'Asia/Shanghai', 'CNY', false, date '2021-12-24'),
    ('offline', 'st02', '栖木上海安福路店', 'Asia/Shanghai', 'CNY', false, date '2023-09-28')
) as listed (platform, shop_id, name, time_zone, currency, is_online, opened_on);

create or replace table export_shops as
with
versions as (
    select shops.*, 0 as version, getvariable('first_day') as export_day from shops
    union all
    select
        shops.* replace (case shop_id when 'tm02' then '栖木家居旗舰店' else '栖木直播旗舰店' end as name),
        1,
        cast(getvariable('first_day') + (getvariable('days') // 2)::int as date)
    from shops
    where shop_id in ('tm02', 'dy01')
)
select
    platform, shop_id, name, time_zone, currency, is_online, opened_on,
    written(export_day + interval 9 hour, platform) as updated_at,
    null::boolean as is_deleted,
    export_day,
    version::bigint as batch_key,
    row_number() over (order by version, platform, shop_id) as row_key
from versions
union all
-- A shop that was entered by mistake, and taken out again.
select
    'douyin', 'dy99', '测试店铺', 'Asia/Shanghai', 'CNY', true, getvariable('first_day'),
    written(getvariable('first_day') + interval 10 hour, 'douyin'), null,
    getvariable('first_day'), 2, 99
union all
select
    'douyin', 'dy99', null, null, null, null, null,
    written(getvariable('first_day') + interval 5 day, 'douyin'), true,
    cast(getvariable('first_day') + 5 as date), 3, 100;
