-- Grain: one row per group and instant at which something happened in its tickets: the reading of
-- the group's shift clock, which runs only while somebody answers. What passed between two instants
-- is the difference of their readings; readings by themselves mean nothing. A group without any
-- window has no clock.

with

tickets as (

    select * from {{ ref('int_tickets_localized') }}

),

messages as (

    select * from {{ ref('int_ticket_messages_localized') }}

),

windows as (

    select * from {{ ref('int_service_windows_merged') }}

),

happenings as (

    select
        service_group_id,
        opened_at as happened_at
    from tickets
    union all
    select
        service_group_id,
        closed_at as happened_at
    from tickets
    union all
    select
        service_group_id,
        sent_at as happened_at
    from messages

),

instants as (

    select distinct
        service_group_id,
        happened_at
    from happenings
    where service_group_id is not null and happened_at is not null

),

-- The stretch that began last: its columns all rise with time, so that the greatest is the latest.
marks as (

    select
        service_group_id,
        happened_at,
        true as is_instant,
        cast(null as timestamp) as opens_at,
        cast(null as timestamp) as closes_at,
        cast(null as bigint) as open_seconds_before
    from instants
    union all
    select
        service_group_id,
        opens_at as happened_at,
        false as is_instant,
        opens_at,
        closes_at,
        open_seconds_before
    from windows

),

latest as (

    select
        service_group_id,
        happened_at,
        is_instant,
        max(opens_at) over (
            partition by service_group_id order by happened_at
            range between unbounded preceding and current row
        ) as opens_at,
        max(closes_at) over (
            partition by service_group_id order by happened_at
            range between unbounded preceding and current row
        ) as closes_at,
        max(open_seconds_before) over (
            partition by service_group_id order by happened_at
            range between unbounded preceding and current row
        ) as open_seconds_before,
        count(opens_at) over (partition by service_group_id) as window_count
    from marks

),

final as (

    select
        service_group_id,
        happened_at,
        case
            when window_count > 0
                then coalesce(
                    open_seconds_before
                    + {{ seconds_between('opens_at', 'least(closes_at, happened_at)') }},
                    0
                )
        end as open_seconds
    from latest
    where is_instant

)

select * from final
