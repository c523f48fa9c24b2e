-- A pause of exactly 30 minutes does not begin a new one, and midnight does not. What else is
-- known of an event stands in int_web_events_localized: whoever comes back brings all former
-- visits along.

{{ config(materialized='incremental', meta={'touched_key': 'visitor_key'}) }}

{% set idle_minutes = 30 %}

with

web_events as (

    select
        visitor_key,
        event_key,
        event_kind,
        kind_number,
        occurred_at,
        own_account_key,
        named_order_key
    from {{ touched_keys.touched_rows(ref('int_web_events_localized')) }}

),

paced as (

    select
        *,
        row_number() over visitor_events as visitor_event_number,
        lag(occurred_at) over visitor_events as previous_occurred_at
    from web_events
    window visitor_events as (
        partition by visitor_key order by occurred_at, kind_number, event_key
    )

),

numbered as (

    select
        *,
        sum(
            case
                when previous_occurred_at is null then 1
                when previous_occurred_at < {{ minutes_before('occurred_at', idle_minutes) }} then 1
                else 0
            end
        ) over (
            partition by visitor_key order by visitor_event_number
            rows between unbounded preceding and current row
        ) as session_number
    from paced

),

final as (

    select
        visitor_key,
        event_key,
        event_kind,
        occurred_at,
        own_account_key,
        named_order_key,
        visitor_event_number,
        session_number,
        row_number() over session_events as event_number,
        -- Named by its first event, a session keeps its key when more events come.
        {{ surrogate_key(["'session'", 'first_value(event_key) over session_events']) }}
            as web_session_key,
        lead(occurred_at) over session_events as next_occurred_at
    from numbered
    window session_events as (
        partition by visitor_key, session_number order by visitor_event_number
    )

)

select * from final
