-- The messages of a ticket, in order: the customer, often a bot, an agent, the customer again …
-- Some customers write their phone number, name or address into the text, each in their own way.

create or replace table export_ticket_messages as
with
turns as (
    select *, 1 as turn, 'customer' as sender, opened_at as sent_at from tickets
    union all
    select *, 2, 'bot', later(opened_at, 2) from tickets
    where is_by_bot or chance(ticket_no, 'bot greets', 0.5)
    union all
    select *, 3, 'customer', later(opened_at, 120) from tickets where is_by_bot
    union all
    select *, 3, 'agent', first_reply_at from tickets
    where first_reply_at is not null and not (is_left_open and chance(ticket_no, 'unanswered', 0.5))
    union all
    select *, 4, 'customer', later(first_reply_at, whole(ticket_no, 'reads', 20, 180)) from tickets
    where first_reply_at is not null and closed_at is not null
    union all
    select *, 5, 'agent', later(first_reply_at, whole(ticket_no, 'looks', 200, 380)) from tickets
    where first_reply_at is not null and closed_at is not null
    union all
    select *, 6, 'customer', later(closed_at, -5) from tickets
    where closed_at is not null and not is_by_bot and chance(ticket_no, 'thanks', 0.45)
    union all
    -- Buyers who reopen a ticket write after the closing; some satisfied ones do, too.
    select *, 7, 'customer', later(closed_at, whole(ticket_no, 'comes back', 600, 60000))
    from tickets
    where not is_by_bot and (is_reopened or chance(ticket_no, 'late thanks', 0.02))
    union all
    select *, 8, 'agent', later(closed_at, whole(ticket_no, 'mends', 61000, 86000)) from tickets
    where not is_by_bot and is_reopened
),
spoken as (
    select
        turns.*,
        coalesce(turns.order_id, '') as order_text,
        persons.full_name,
        phone_typed(persons.phone, persons.is_us, ticket_no) as phone,
        '1542' || lpad(scramble(person_id)::varchar, 10, '0') || '0017' as identity_no,
        persons.city || persons.district || address_typed(persons.street, ticket_no) as home,
        persons.street || ', ' || persons.city as us_home
    from turns
    inner join persons using (person_id)
    where sent_at < getvariable('horizon')
)
select
    'M' || lpad(ticket_no::varchar, 12, '0') || turn as message_id,
    'T' || lpad(ticket_no::varchar, 12, '0') as ticket_id,
    sender,
    case
        when sender = 'bot' then 'BOT1'
        -- Whose shift is over hands the customer on.
        when sender = 'agent' and turn > 3 and chance(ticket_no, 'handed on', 0.08)
            then case group_id
                when 'overseas' then 'AG10' when 'presale' then 'AG02' else 'AG06'
            end
        when sender = 'agent' then agent_id
    end as agent_id,
    written(sent_at, platform) as sent_at,
    case
        when is_foreign(platform) then case
            when sender = 'bot' then 'Thanks for reaching out, one moment please.'
            when sender = 'agent' and turn = 3
                then 'Hi, sorry for the trouble. Let me check this for you.'
            when sender = 'agent' then 'It is taken care of, you will get an email within a day.'
            when turn = 7 and is_reopened then 'It is still not solved.'
            when turn > 3
                then pick(ticket_no, 'en more',
                    ['Thank you!', 'Please call me at ' || phone, 'OK, when?',
                    'Ship it to ' || us_home || ' please', full_name || ', ' || phone,
                    'Write to ' || lower(split_part(full_name, ' ', 1)) || '.x@example.com'])
            when topic = 'logistics'
                then 'Where is my order ' || order_text || '? Tracking has not moved.'
            when topic = 'refund'
                then 'I would like a refund for ' || order_text || ', it arrived damaged.'
            when topic = 'invoice' then 'Could you send me an invoice? My name is ' || full_name
            else pick(ticket_no, 'en asks',
                ['Is it safe for sensitive skin?', 'Does this come in another size?'])
        end
        when sender = 'bot' then pick(ticket_no, 'bot says', [
            '您好，我是小栖，请描述您的问题，人工客服马上就来', '亲，常见问题可回复：1物流 2退款 3发票'
        ])
        when sender = 'agent' and turn = 3 then pick(ticket_no, 'agent greets', [
            '亲，您好，非常抱歉让您久等，我马上帮您看一下', '您好，这边帮您核实，请稍等', '收到，马上为您处理'
        ])
        when sender = 'agent' then case topic
            when 'logistics'
                then pick(ticket_no, 'agent says', ['已联系快递加急派送，预计明天送达', '包裹在中转站延误，已帮您催件'])
            when 'refund' then pick(ticket_no, 'agent says', ['退款已提交，1-3个工作日原路退回', '请寄回商品，签收后为您退款'])
            when 'invoice' then '电子发票已发送到您的邮箱，请查收'
            when 'price' then '已为您申请价保，差价会原路退回'
            else pick(ticket_no, 'agent says', ['敏感肌可以先在耳后试用', '这款适合每天早晚使用', '开封后建议六个月内用完'])
        end
        when turn = 7 and not is_reopened then '好的，已经收到了，谢谢'
        when turn = 7 then '还是没有解决，麻烦再看一下'
        when turn = 6 then pick(ticket_no, 'thanks', ['好的，谢谢', '收到，辛苦了', '嗯嗯'])
        when turn in (3, 4) then pick(ticket_no, 'more', [
            '那大概什么时候能好？', '我的电话是' || phone || '，麻烦联系我', '地址改成' || home || '可以吗',
            '好的，麻烦尽快', '收件人是' || full_name || '，' || phone, '我已经等了好几天了',
            '我叫' || full_name || '，邮箱u' || scramble(person_id) || '@example.org',
            full_name || ' ' || phone || ' ' || home, '身份证' || identity_no || '可以吗',
            '座机010-' || right(identity_no, 8) || '，不在就放' || home
        ])
        when topic = 'logistics' then pick(ticket_no, 'asks', [
            '我的快递怎么还没到？订单号' || order_text, '物流好几天没更新了', '快递显示签收但是我没收到，电话' || phone
        ])
        when topic = 'refund' then pick(ticket_no, 'asks', [
            '收到的东西破损了，要求退款', '用了过敏，想退货' || chr(10) || '订单' || order_text, '退款多久到账？'
        ])
        when topic = 'invoice' then pick(ticket_no, 'asks', ['可以开发票吗', '发票抬头怎么填'])
        when topic = 'price' then '我刚买就降价了，能退差价吗'
        else pick(ticket_no, 'asks', ['敏感肌能用吗', '这个和旧款有什么区别', '什么时候有活动', '孕妇可以用吗'])
    end as text,
    written(sent_at, platform) as updated_at,
    null::boolean as is_deleted,
    sent_at::date as export_day,
    ticket_no * 8 + turn as batch_key,
    0::bigint as row_key
from spoken;
