-- The shift clock runs only while somebody answers. What passed between two instants is the
-- difference of their readings; readings by themselves mean nothing. A group without any window
-- has no clock.

-- A window that came, went or changed touches what happened after it began; one that only ends at
-- another time (as it was, as it is: an even number of rows), what happened after the first end; a
-- group's first one, whatever happened in it.
{% set after_changed_windows -%}
select instants.ticket_key
from {int_ticket_instants_collected} as instants
inner join (
    select service_group_id, min(changed_at) as changed_at
    from (
        select
            service_group_id,
            case
                when count(*) % 2 = 0 and min(open_seconds_before) = max(open_seconds_before)
                    then min(closes_at)
                else opens_at
            end as changed_at
        from changed_rows
        group by service_group_id, opens_at
    ) as changed_windows
    group by service_group_id
) as changed
    on instants.service_group_id = changed.service_group_id
where instants.happened_at >= changed.changed_at or changed.service_group_id not in (
    select windows.service_group_id from {int_service_windows_merged} as windows
    where windows.opens_at < changed.changed_at
)
{%- endset %}

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'ticket_key',
        'touched_by': {
            'int_service_windows_merged': after_changed_windows,
        },
    },
) }}

with

instants as (

    select * from {{ touched_keys.touched_rows(ref('int_ticket_instants_collected')) }}

),

windows as (

    select * from {{ ref('int_service_windows_merged') }}

),

-- The stretch that began last: its columns all rise with time, so that the greatest is the latest.
marks as (

    select
        ticket_key,
        service_group_id,
        happened_at,
        cast(null as timestamp) as opens_at,
        cast(null as timestamp) as closes_at,
        cast(null as bigint) as open_seconds_before
    from instants
    union all
    select
        cast(null as string) as ticket_key,
        service_group_id,
        opens_at as happened_at,
        opens_at,
        closes_at,
        open_seconds_before
    from windows

),

latest as (

    select
        ticket_key,
        service_group_id,
        happened_at,
        max(opens_at) over so_far as opens_at,
        max(closes_at) over so_far as closes_at,
        max(open_seconds_before) over so_far as open_seconds_before,
        count(opens_at) over (partition by service_group_id) as window_count
    from marks
    window so_far as (
        partition by service_group_id order by happened_at
        range between unbounded preceding and current row
    )

),

final as (

    select
        ticket_key,
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
    where ticket_key is not null

)

select * from final
