-- In the strict funnel a step counts only after the one before it: its sessions never grow from
-- step to step.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'session_date', 'touched_key': 'web_session_key'},
) }}

{% set steps = ['view', 'cart', 'checkout', 'pay'] %}

with

web_sessions as (

    select * from {{ touched_keys.touched_rows(ref('int_web_sessions_summed')) }}

),

reached_steps as (

    select * from {{ touched_keys.touched_rows(ref('int_web_steps_reached')) }}

),

steps as (

    {% for step in steps -%}
    select
        web_session_key,
        {{ loop.index }} as step_number,
        '{{ step }}' as step,
        {{ step }}_count as event_count,
        {{ step }}_first_at as first_at,
        {{ step }}_funnel_at as funnel_at
    from reached_steps
    {% if not loop.last -%} union all {%- endif %}
    {% endfor %}

),

followed as (

    select
        *,
        lead(funnel_at) over session_steps as next_funnel_at,
        coalesce(
            sum(event_count) over (
                partition by web_session_key order by step_number
                rows between 1 following and unbounded following
            ),
            0
        ) as later_event_count
    from steps
    window session_steps as (partition by web_session_key order by step_number)

),

final as (

    select
        {{ surrogate_key(['followed.web_session_key', 'followed.step_number']) }}
            as funnel_step_key,
        followed.web_session_key,
        web_sessions.source,
        web_sessions.platform_code,
        web_sessions.shop_key,
        web_sessions.account_key,
        {{ local_date('web_sessions.started_at', 'web_sessions.time_zone') }} as session_date,
        followed.step_number,
        followed.step,
        followed.event_count,
        followed.first_at,
        followed.event_count > 0 as is_reached,
        followed.event_count = 0 and followed.later_event_count > 0 as is_skipped,
        followed.funnel_at,
        followed.funnel_at is not null as is_in_funnel,
        {{ minutes_between('followed.funnel_at', 'followed.next_funnel_at') }}
            as minutes_to_next_step
    from followed
    inner join web_sessions
        on followed.web_session_key = web_sessions.web_session_key

)

select * from final
