-- An event belongs to its own account; else to the next that the same visitor logs into, however
-- much later; else to the one that the session had before. Where two share a browser, what
-- either does before logging in is so the next one's.

{{ config(materialized='incremental', meta={'touched_key': 'visitor_key'}) }}

with

web_events as (

    select * from {{ touched_keys.touched_rows(ref('int_web_events_sessioned')) }}

),

neighbours as (

    select
        *,
        min(case when own_account_key is not null then visitor_event_number end) over (
            partition by visitor_key order by visitor_event_number
            rows between current row and unbounded following
        ) as next_known_number,
        max(case when own_account_key is not null then visitor_event_number end) over (
            partition by visitor_key, session_number order by visitor_event_number
            rows between unbounded preceding and current row
        ) as previous_known_number
    from web_events

),

-- Of all events that look to the same one, only that one names an account.
final as (

    select
        visitor_key,
        event_key,
        web_session_key,
        session_number,
        event_number,
        next_occurred_at,
        coalesce(
            own_account_key,
            case
                when next_known_number is not null
                    then max(own_account_key) over (partition by visitor_key, next_known_number)
            end,
            case
                when previous_known_number is not null
                    then max(own_account_key) over (
                        partition by visitor_key, session_number, previous_known_number
                    )
            end
        ) as account_key
    from neighbours

)

select * from final
