-- Every session has all four steps, and who is in the strict funnel at a step was in it before.

{% set is_changed = touched_keys.changed_since_good_build(
    'web_session_key', ['fct_web_sessions', 'fct_funnel_steps']
) %}

with

funnel_steps as (

    select * from {{ ref('fct_funnel_steps') }}
    where {{ is_changed }}

),

web_sessions as (

    select * from {{ ref('fct_web_sessions') }}
    where {{ is_changed }}

),

followed as (

    select
        web_session_key,
        step_number,
        is_in_funnel,
        funnel_at,
        lag(is_in_funnel) over session_steps as was_in_funnel,
        lag(funnel_at) over session_steps as previous_funnel_at
    from funnel_steps
    window session_steps as (partition by web_session_key order by step_number)

)

select web_session_key
from followed
where is_in_funnel and step_number > 1 and (not was_in_funnel or funnel_at < previous_funnel_at)

union all

select web_sessions.web_session_key
from web_sessions
left join funnel_steps
    on web_sessions.web_session_key = funnel_steps.web_session_key
group by web_sessions.web_session_key
having count(funnel_steps.step_number) <> 4
