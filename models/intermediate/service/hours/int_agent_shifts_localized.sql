-- A shift belongs to no shop: its times are in the brand's time zone where they say no offset.

with

agent_shifts as (

    select * from {{ ref('int_agent_shifts_unioned') }}

),

final as (

    select
        agent_shifts.*,
        {{ agent_key('agent_shifts') }} as agent_key,
        {{ utc_instant('agent_shifts', 'starts', "'" ~ var('default_time_zone') ~ "'") }}
            as starts_at,
        {{ utc_instant('agent_shifts', 'ends', "'" ~ var('default_time_zone') ~ "'") }} as ends_at
    from agent_shifts

)

select * from final
