-- A session belongs to the day on which it starts. Orders count in the session of their first
-- payment: they add up over sessions; products and accounts do not.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'session_date',
        'touched_key': 'web_session_key',
        'touched_by': {
            'int_web_texts_redacted': 'select web_session_key from {int_web_sessions_summed}'
                ~ ' where entry_page in (select raw_text from changed_rows)'
                ~ ' or exit_page in (select raw_text from changed_rows)'
                ~ ' or utm_source in (select raw_text from changed_rows)'
                ~ ' or utm_medium in (select raw_text from changed_rows)'
                ~ ' or utm_campaign in (select raw_text from changed_rows)',
        },
    },
) }}

with

web_sessions as (

    select * from {{ touched_keys.touched_rows(ref('int_web_sessions_summed')) }}

),

paid_sessions as (

    select * from {{ touched_keys.touched_rows(ref('int_web_sessions_with_orders')) }}

),

texts as (

    select * from {{ ref('int_web_texts_redacted') }}

),

final as (

    select
        web_sessions.web_session_key,
        web_sessions.source,
        web_sessions.platform_code,
        web_sessions.shop_key,
        web_sessions.visitor_key,
        cast(web_sessions.session_number as bigint) as session_number,
        web_sessions.account_key,
        cast(web_sessions.named_account_count as bigint) as named_account_count,
        web_sessions.started_at,
        web_sessions.ended_at,
        {{ local_date('web_sessions.started_at', 'web_sessions.time_zone') }} as session_date,
        {{ minutes_between('web_sessions.started_at', 'web_sessions.ended_at') }}
            as duration_minutes,
        entry_pages.redacted_url as entry_page,
        exit_pages.redacted_url as exit_page,
        case
            when web_sessions.utm_medium is not null then lower(utm_mediums.redacted_text)
            when
                coalesce(web_sessions.utm_source, web_sessions.utm_campaign) is not null
                then 'campaign'
            when web_sessions.referrer_host is not null then 'referral'
            else 'direct'
        end as channel,
        web_sessions.referrer_host,
        utm_sources.redacted_text as utm_source,
        utm_mediums.redacted_text as utm_medium,
        utm_campaigns.redacted_text as utm_campaign,
        web_sessions.campaign_id,
        web_sessions.device,
        web_sessions.event_count,
        {% for kind in ['view', 'search', 'favourite', 'cart', 'checkout', 'pay', 'share'] -%}
        web_sessions.{{ kind }}_count,
        {% endfor -%}
        web_sessions.product_count,
        coalesce(paid_sessions.order_count, 0) as order_count,
        paid_sessions.currency_code,
        {{ money_total(
            'case when paid_sessions.web_session_key is null then 0'
            ~ ' else paid_sessions.revenue_amount end'
        ) }} as revenue_amount,
        {{ money_total(
            'case when paid_sessions.web_session_key is null then 0'
            ~ ' else paid_sessions.revenue_base_amount end'
        ) }} as revenue_base_amount
    from web_sessions
    left join paid_sessions
        on web_sessions.web_session_key = paid_sessions.web_session_key
    left join texts as entry_pages
        on web_sessions.entry_page = entry_pages.raw_text
    left join texts as exit_pages
        on web_sessions.exit_page = exit_pages.raw_text
    left join texts as utm_sources
        on web_sessions.utm_source = utm_sources.raw_text
    left join texts as utm_mediums
        on web_sessions.utm_medium = utm_mediums.raw_text
    left join texts as utm_campaigns
        on web_sessions.utm_campaign = utm_campaigns.raw_text

)

select * from final
