-- In the strict funnel a step counts only after the one before it.

{{ config(materialized='incremental', meta={'touched_key': 'web_session_key'}) }}

with

web_events as (

    select * from {{ touched_keys.touched_rows(ref('int_web_events_sessioned')) }}

),

-- The number of the first event of a step after the strict one of the step before.
view_step as (

    select
        *,
        min(case when event_kind = 'view' then event_number end) over (
            partition by web_session_key
        ) as view_number
    from web_events

),

cart_step as (

    select
        *,
        min(
            case
                when event_kind = 'cart' and event_number > view_number then event_number
            end
        ) over (partition by web_session_key) as cart_number
    from view_step

),

checkout_step as (

    select
        *,
        min(
            case
                when event_kind = 'checkout' and event_number > cart_number then event_number
            end
        ) over (partition by web_session_key) as checkout_number
    from cart_step

),

pay_step as (

    select
        *,
        min(
            case
                when event_kind = 'pay' and event_number > checkout_number then event_number
            end
        ) over (partition by web_session_key) as pay_number
    from checkout_step

),

final as (

    select
        {% for step in ['view', 'cart', 'checkout', 'pay'] -%}
        count(case when event_kind = '{{ step }}' then 1 end) as {{ step }}_count,
        min(case when event_kind = '{{ step }}' then occurred_at end) as {{ step }}_first_at,
        min(case when event_number = {{ step }}_number then occurred_at end)
            as {{ step }}_funnel_at,
        {% endfor -%}
        web_session_key
    from pay_step
    group by web_session_key

)

select * from final
