-- Time on a page is up to the session's next event; the last event has none.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'occurred_date',
        'touched_key': 'visitor_key',
        'touched_by': {
            'int_orders_validated': 'select visitor_key from {int_web_events_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
            'int_web_texts_redacted': 'select visitor_key from {int_web_events_localized}'
                ~ ' where page in (select raw_text from changed_rows)'
                ~ ' or search_query in (select raw_text from changed_rows)',
        },
    },
) }}

with

web_events as (

    select * from {{ touched_keys.touched_rows(ref('int_web_events_localized')) }}

),

attributed_events as (

    select * from {{ touched_keys.touched_rows(ref('int_web_events_attributed')) }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

texts as (

    select * from {{ ref('int_web_texts_redacted') }}

),

final as (

    select
        web_events.event_key as web_event_key,
        web_events.source,
        web_events.platform_code,
        web_events.shop_key,
        web_events.event_id,
        attributed_events.web_session_key,
        web_events.visitor_key,
        attributed_events.event_number,
        attributed_events.account_key,
        web_events.own_account_key is not null as is_logged_in,
        web_events.event_kind,
        web_events.occurred_at,
        {{ local_date('web_events.occurred_at', 'web_events.time_zone') }} as occurred_date,
        {{ minutes_between('web_events.occurred_at', 'attributed_events.next_occurred_at') }}
            as minutes_to_next_event,
        attributed_events.next_occurred_at is null as is_exit,
        pages.redacted_url as page,
        queries.redacted_text as search_query,
        web_events.product_key,
        orders.order_key,
        web_events.campaign_id,
        web_events.device
    from web_events
    inner join attributed_events
        on web_events.event_key = attributed_events.event_key
    left join orders
        on web_events.named_order_key = orders.order_key
    left join texts as pages
        on web_events.page = pages.raw_text
    left join texts as queries
        on web_events.search_query = queries.raw_text

)

select * from final
