-- Partners: all at once, some with another rate from the middle of the time on; one was entered by
-- mistake and taken out again.

create or replace table export_partners as
with
versions as (
    select *, 0 as version, first_rate as commission_rate, getvariable('first_day') as export_day
    from partners
    union all
    select
        *, 1, later_rate,
        cast(getvariable('first_day') + (getvariable('days') // 2)::int as date)
    from partners
    where later_rate <> first_rate
)
select
    partner_id,
    handle,
    name,
    commission_rate,
    strftime(export_day + interval 9 hour, '%Y-%m-%d %H:%M:%S') as updated_at,
    null::boolean as is_deleted,
    export_day,
    partner_no * 2 + version as batch_key,
    0::bigint as row_key
from versions
union all by name
select
    'P-99' as partner_id, '测试达人' as handle,
    strftime(getvariable('first_day') + interval 10 hour, '%Y-%m-%d %H:%M:%S') as updated_at,
    null::boolean as is_deleted, getvariable('first_day') as export_day, 900 as batch_key,
    0::bigint as row_key
union all by name
select
    'P-99' as partner_id,
    strftime(getvariable('first_day') + interval 34 hour, '%Y-%m-%d %H:%M:%S') as updated_at,
    true as is_deleted, cast(getvariable('first_day') + 1 as date) as export_day,
    901 as batch_key, 0::bigint as row_key;
