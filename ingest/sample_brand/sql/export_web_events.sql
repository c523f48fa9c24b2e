-- Events of visitors, as the pages report them. The account is known after the login.

create or replace table export_web_events as
with
described as (
    select
        visit_steps.*,
        visit_no * 8 + step as event_no,
        case when step = 3 then other_sku_no else sku_no end as shown_no,
        case
            when festival_id is not null and chance(visit_no, 'by a festival', 0.4) then 'festival'
            when chance(visit_no, 'by an advertisement', 0.2) then 'ad'
        end as lead
    from visit_steps
    where occurred_at < getvariable('horizon') and occurred_at >= getvariable('first_day')
)
select
    'E' || lpad(event_no::varchar, 14, '0') as event_id,
    described.platform,
    described.shop_id,
    -- Some browsers give no id.
    case when not chance(visit_no, 'no id', 0.02) then 'an' || to_hex(device_no) end
        as anonymous_id,
    case when is_logged_in or step in (0, 6, 7) then accounts.account_id end as account_id,
    event_kind as kind,
    case event_kind
        when 'search' then '/search?q=' || skus.category_3
        when 'cart' then '/cart'
        when 'checkout' then '/checkout' || case when chance(visit_no, 'carries data', 0.05)
            then '?phone=' || persons.phone else '' end
        when 'pay' then '/pay/done'
        else '/product/' || skus.spu_id
            || case when chance(visit_no, 'shared link', 0.05)
                then '#from=' || persons.full_name else '' end
    end as page,
    case
        when event_kind <> 'search' then null
        -- Into the search box goes anything.
        when chance(visit_no, 'types a phone', 0.02)
            then '订单 ' || phone_typed(persons.phone, persons.is_us, visit_no)
        when chance(visit_no, 'types an e-mail', 0.01)
            then 'u' || scramble(described.account_no) || '@example.org'
        when persons.is_us then pick(visit_no, 'asks for', ['serum', 'candle', 'Gift set', 'towel'])
        else pick(visit_no, 'asks for', [skus.category_3, skus.category_2, '送礼', '敏感肌 面膜'])
    end as search_query,
    case when event_kind in ('view', 'favourite', 'cart', 'share') then skus.sku_id end as sku_id,
    case when step in (0, 6, 7) then described.order_id end as order_id,
    case lead
        when 'festival' then 'C-' || festival_id
        when 'ad' then 'C-AD-' || strftime(ends_at, '%Y-%m')
    end as campaign_id,
    written(occurred_at, described.platform) as occurred_at,
    case
        when step > 2 or step = 0 then null
        when lead = 'ad' then 'https://www.' || pick(visit_no, 'site', ['baidu.com', 'google.com'])
            || '/s?wd=x'
        when chance(visit_no, 'by mail', 0.03)
            then 'https://mail.example.com/inbox?to=u' || scramble(described.account_no)
                || '@example.org'
        when chance(visit_no, 'by a friend', 0.15) then 'https://www.xiaohongshu.com/explore'
    end as referrer,
    case lead
        when 'festival' then 'sms' when 'ad' then pick(visit_no, 'site', ['baidu', 'google'])
    end as utm_source,
    case lead when 'festival' then 'sms' when 'ad' then 'cpc' end as utm_medium,
    case lead
        when 'festival' then lower(festival_id) when 'ad' then strftime(ends_at, '%Y-%m')
    end as utm_campaign,
    pick(device_no, 'device', ['mobile', 'mobile', 'mobile', 'desktop', 'tablet']) as device,
    written(occurred_at, described.platform) as updated_at,
    null::boolean as is_deleted,
    occurred_at::date as export_day,
    event_no as batch_key,
    0::bigint as row_key
from described
inner join accounts using (account_no)
inner join persons on accounts.person_id = persons.person_id
inner join skus on described.shown_no = skus.sku_no;
