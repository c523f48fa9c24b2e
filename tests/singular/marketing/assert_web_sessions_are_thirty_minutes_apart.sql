-- Between two sessions of a visitor lie more than 30 minutes; inside one no pause is longer.

with

web_sessions as (

    select * from {{ ref('fct_web_sessions') }}
    where {{ touched_keys.changed_since_good_build(
        'visitor_key', ['fct_web_sessions', 'fct_web_events']
    ) }}

),

followed as (

    select
        web_session_key,
        ended_at,
        lead(started_at) over (
            partition by visitor_key order by session_number
        ) as next_started_at
    from web_sessions

),

paused as (

    select
        web_session_key,
        occurred_at,
        lead(occurred_at) over (
            partition by web_session_key order by event_number
        ) as next_occurred_at
    from {{ ref('fct_web_events') }}
    where {{ touched_keys.changed_since_good_build(
        'visitor_key', ['fct_web_sessions', 'fct_web_events']
    ) }}

)

select web_session_key
from followed
where ended_at >= {{ minutes_before('next_started_at', 30) }}

union all

select web_session_key
from paused
where occurred_at < {{ minutes_before('next_occurred_at', 30) }}
