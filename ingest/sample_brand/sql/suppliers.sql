-- suppliers: who makes what, and their export: one takes longer from the middle of the time on.

create or replace table suppliers as
select * from (
    values
    (1, 'SUP-01', '江南日化有限公司', 21),
    (2, 'SUP-02', '岭南面膜实业', 18),
    (3, 'SUP-03', '清源洗护用品厂', 15),
    (4, 'SUP-04', '桂香香氛工坊', 28),
    (5, 'SUP-05', '棉里家纺集团', 35),
    (6, 'SUP-06', '景窑陶瓷合作社', 30)
) as listed (category_no, supplier_id, name, lead_days);

create or replace table export_suppliers as
with
versions as (
    select supplier_id, name, lead_days, 0 as version, getvariable('first_day') as export_day
    from suppliers
    union all
    select
        supplier_id, name, lead_days + 4, 1,
        cast(getvariable('first_day') + (getvariable('days') // 2)::int as date)
    from suppliers
    where supplier_id = 'SUP-06'
)
select
    supplier_id, name, lead_days,
    export_day + interval 7 hour as updated_at,
    null::boolean as is_deleted,
    export_day,
    version::bigint as batch_key,
    row_number() over (order by version, supplier_id) as row_key
from versions
union all
select
    'SUP-XX', '录入错误供应商', 7, getvariable('first_day') + interval 7 hour, null,
    getvariable('first_day'), 2, 98
union all
select
    'SUP-XX', null, null, getvariable('first_day') + interval 31 hour, true,
    cast(getvariable('first_day') + 1 as date), 3, 99;
