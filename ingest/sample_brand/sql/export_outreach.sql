-- A message when it is sent, and again when it is opened and when its link is clicked.

create or replace table export_outreach as
with
seen as (
    select *, 0 as version, sent_at as seen_at from outreach
    union all
    select *, 1, opened_at from outreach
    union all
    select *, 2, clicked_at from outreach
)
select
    upper(left(purpose, 2)) || strftime(sent_at, '%y%m%d')
        || lpad(scramble(account_no)::varchar, 10, '0') as message_id,
    platform,
    shop_id,
    account_id,
    kind,
    purpose,
    campaign_id,
    written(sent_at, platform) as sent_at,
    is_delivered as delivered,
    case when version > 0 then written(opened_at, platform) end as opened_at,
    case when version = 2 then written(clicked_at, platform) end as clicked_at,
    written(seen_at, platform) as updated_at,
    null::boolean as is_deleted,
    seen_at::date as export_day,
    message_no * 4 + version as batch_key,
    0::bigint as row_key
from seen
where seen_at < getvariable('horizon');
