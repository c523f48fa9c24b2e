-- A ticket while it is open (when it stays so overnight), when it is closed, and closed once more.

create or replace table export_tickets as
with
seen as (
    select ticket_no, 0 as version, opened_at as seen_at from tickets
    where closed_at is null or closed_at::date > opened_at::date
    union all
    select ticket_no, 1, closed_at from tickets
    union all
    select ticket_no, 2, closed_at + interval 1 day from tickets where is_reopened
),
subjects as (
    select order_no, min(sku_no) as sku_no from lines where line_no = 1 group by order_no
)
select
    'T' || lpad(tickets.ticket_no::varchar, 12, '0') as ticket_id,
    platform,
    shop_id,
    case when order_id is not null or chance(ticket_no, 'known', 0.8)
        then account_id end as account_id,
    order_id,
    case when topic in ('presale', 'product', 'refund') then skus.sku_id end as sku_id,
    case
        when platform = 'offline' then pick(ticket_no, 'channel', ['phone', 'wechat'])
        when is_foreign(platform) then pick(ticket_no, 'channel', ['email', 'email', 'chat'])
        else pick(ticket_no, 'channel',
            ['chat', 'chat', 'chat', 'chat', 'chat', 'chat', 'chat', 'chat', 'phone', 'wechat'])
    end as channel,
    topic,
    case
        when cause = 1 then 'high' when topic in ('refund', 'logistics') then 'normal' else 'low'
    end as priority,
    written(opened_at, platform) as opened_at,
    written(case version when 1 then closed_at when 2 then seen_at end, platform) as closed_at,
    agent_id,
    group_id,
    case
        when version > 0 and chance(ticket_no, 'rates', 0.42) then greatest(1, least(5,
            whole(ticket_no, 'csat', 3, 6)
            - case when is_late then 1 else 0 end
            - case when is_reopened then 1 else 0 end
            - case when chance(ticket_no, 'cross', 0.1) then 2 else 0 end
        ))
    end as csat,
    version = 2 as reopened,
    written(seen_at, platform) as updated_at,
    null::boolean as is_deleted,
    seen_at::date as export_day,
    ticket_no * 4 + version as batch_key,
    0::bigint as row_key
from seen
inner join tickets using (ticket_no)
left join subjects using (order_no)
left join skus using (sku_no)
where seen_at < getvariable('horizon')
union all by name
-- Opened twice by a slip of the hand, and taken out again.
select
    'T' || lpad(ticket_no::varchar, 12, '0') as ticket_id,
    written(opened_at + interval 3 day, platform) as updated_at,
    true as is_deleted,
    (opened_at + interval 3 day)::date as export_day,
    ticket_no * 4 + 3 as batch_key,
    0::bigint as row_key
from tickets
where
    topic = 'invoice' and closed_at < opened_at + interval 2 day
    and chance(ticket_no, 'deleted', 0.1) and opened_at + interval 3 day < getvariable('horizon');
