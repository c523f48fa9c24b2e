-- Texts are as they came.

{{ config(materialized='incremental', meta={'touched_key': 'visitor_key'}) }}

with

web_events as (

    select * from {{ touched_keys.touched_rows(ref('int_web_events_localized')) }}

),

attributed_events as (

    select * from {{ touched_keys.touched_rows(ref('int_web_events_attributed')) }}

),

session_events as (

    select
        web_events.*,
        attributed_events.web_session_key,
        attributed_events.session_number,
        attributed_events.event_number,
        attributed_events.account_key
    from web_events
    inner join attributed_events
        on web_events.event_key = attributed_events.event_key

),

numbered as (

    select
        *,
        case when page is not null then event_number end as page_number,
        case when device is not null then event_number end as device_number,
        case when campaign_id is not null then event_number end as campaign_number,
        -- The parts of a link's source belong together: all are of the first event that has any.
        case
            when coalesce(utm_source, utm_medium, utm_campaign) is not null then event_number
        end as utm_number
    from session_events

),

final as (

    select
        web_session_key,
        visitor_key,
        session_number,
        source,
        max(case when event_number = 1 then platform_code end) as platform_code,
        max(case when event_number = 1 then shop_key end) as shop_key,
        max(case when event_number = 1 then time_zone end) as time_zone,
        -- That of the first event is the first that the session names, else the next one's.
        max(case when event_number = 1 then account_key end) as account_key,
        count(distinct own_account_key) as named_account_count,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        count(*) as event_count,
        {% for kind in ['view', 'search', 'favourite', 'cart', 'checkout', 'pay', 'share'] -%}
        count(case when event_kind = '{{ kind }}' then 1 end) as {{ kind }}_count,
        {% endfor -%}
        count(distinct product_key) as product_count,
        min_by(page, page_number) as entry_page,
        max_by(page, page_number) as exit_page,
        min_by(device, device_number) as device,
        max(case when event_number = 1 then {{ url_host('referrer') }} end) as referrer_host,
        min_by(campaign_id, campaign_number) as campaign_id,
        nullif(min_by(coalesce(utm_source, ''), utm_number), '') as utm_source,
        nullif(min_by(coalesce(utm_medium, ''), utm_number), '') as utm_medium,
        nullif(min_by(coalesce(utm_campaign, ''), utm_number), '') as utm_campaign
    from numbered
    group by web_session_key, visitor_key, session_number, source

)

select * from final
