-- warehouses, and their export: one was renamed.

create or replace table warehouses as
select * from (
    values
    ('WH-HZ', '杭州萧山仓', '浙江省', '杭州市', 'Asia/Shanghai'),
    ('WH-GZ', '广州增城仓', '广东省', '广州市', 'Asia/Shanghai'),
    ('WH-LA', 'Ontario CA Warehouse', 'California', 'Los Angeles', 'America/Los_Angeles')
) as listed (warehouse_id, name, province, city, time_zone);

create or replace table export_warehouses as
with
versions as (
    select *, 0 as version, getvariable('first_day') as export_day from warehouses
    union all
    select
        * replace ('广州增城智能仓' as name), 1,
        cast(getvariable('first_day') + (getvariable('days') * 3 // 5)::int as date)
    from warehouses
    where warehouse_id = 'WH-GZ'
)
select
    warehouse_id, name, province, city, time_zone,
    export_day + interval 7 hour as updated_at,
    null::boolean as is_deleted,
    export_day,
    version::bigint as batch_key,
    row_number() over (order by version, warehouse_id) as row_key
from versions
union all
select
    'WH-XX', '临时仓（录入错误）', '浙江省', '杭州市', 'Asia/Shanghai',
    getvariable('first_day') + interval 7 hour, null, getvariable('first_day'), 2, 98
union all
select
    'WH-XX', null, null, null, null, getvariable('first_day') + interval 31 hour, true,
    cast(getvariable('first_day') + 1 as date), 3, 99;
