-- A live stream when it is announced, two days ahead, and when it is over.

create or replace table export_live_sessions as
with
versions as (
    select *, 0 as version, day - interval 33 hour as seen_at from live_streams
    union all
    select *, 1, later(ends_at, 900) from live_streams
)
select
    versions.platform,
    versions.shop_id,
    versions.live_session_id,
    coalesce(
        partners.handle,
        pick(stream_no, 'host', ['栖木小栖', '栖木阿木'])
    ) as host,
    partners.partner_id,
    case when versions.shop_id = 'dy01' then 'C-LIVE-' || strftime(versions.day, '%Y-%m') end
        as campaign_id,
    written(starts_at, versions.platform) as starts_at,
    case when version = 1 then written(ends_at, versions.platform) end as ends_at,
    case
        when version = 1
            then whole(stream_no, 'idle viewers', 80, 900)
                + order_count * whole(stream_no, 'viewers of an order', 30, 120)
    end as viewers,
    -- A rate of its own is agreed for some; else the partner's counts.
    case
        when partners.partner_id is not null and chance(stream_no, 'own rate', 0.3)
            then partners.first_rate + 0.05
    end as commission_rate,
    written(seen_at, versions.platform) as updated_at,
    null::boolean as is_deleted,
    greatest(seen_at::date, getvariable('first_day')) as export_day,
    stream_no * 2 + version as batch_key,
    0::bigint as row_key
from versions
left join partners on versions.partner_no = partners.partner_no
where seen_at < getvariable('horizon');
