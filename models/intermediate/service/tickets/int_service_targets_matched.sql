-- What counts is the row of both, else of the priority, else of the channel, else of any.

with

kinds as (

    select distinct
        priority,
        channel
    from {{ ref('int_tickets_localized') }}

),

service_targets as (

    select * from {{ ref('service_targets') }}

),

final as (

    select
        kinds.priority,
        kinds.channel,
        service_targets.clock as target_clock,
        service_targets.first_reply_minutes as first_reply_target_minutes,
        service_targets.next_reply_minutes as next_reply_target_minutes,
        service_targets.resolution_minutes as resolution_target_minutes
    from kinds
    inner join service_targets
        on
            service_targets.priority in (coalesce(kinds.priority, '*'), '*')
            and service_targets.channel in (coalesce(kinds.channel, '*'), '*')
    qualify row_number() over (
        partition by kinds.priority, kinds.channel
        order by
            case when service_targets.priority = '*' then 1 else 0 end asc,
            case when service_targets.channel = '*' then 1 else 0 end asc
    ) = 1

)

select * from final
