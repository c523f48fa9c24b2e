-- The levels of a member, where the platform lists them: when each began.

create or replace table export_member_levels as
with
begun as (
    select
        account_history.*,
        0 as step,
        registered_at as begun_at,
        case persona when 'loyal' then '银卡' else '普通' end as level
    from account_history
    union all
    select
        account_history.*,
        1,
        changed_at,
        case persona when 'loyal' then '金卡' else '银卡' end
    from account_history
    where changed_at < getvariable('horizon')
)
select
    platform,
    shop_id,
    account_id,
    written(begun_at, platform) as valid_from,
    level,
    written(greatest(begun_at, first_seen_at), platform) as updated_at,
    null::boolean as is_deleted,
    greatest(begun_at, first_seen_at)::date as export_day,
    account_no * 2 + step as batch_key,
    0::bigint as row_key
from begun
where platform in ('tmall', 'jd', 'offline') and persona <> 'one_time';
