-- Windows may overlap. From the group's first shift to the end of its last one the rota speaks,
-- holidays included: who is on it works. Before and after, and without a rota, the weekly
-- schedule does, closed on holidays.

with

service_groups as (

    select * from {{ ref('int_service_groups_listed') }}

),

agent_shifts as (

    select * from {{ ref('int_agent_shifts_localized') }}
    where ends_at > starts_at

),

service_schedules as (

    select * from {{ ref('service_schedules') }}

),

holidays as (

    select * from {{ ref('holidays') }}

),

-- A local day may lie on either side of the UTC day, and a window may begin on the day before.
days as (

    select
        service_group_id,
        {{ date_series(
            'cast(' ~ dbt.dateadd('day', -2, 'first_at') ~ ' as date)',
            'cast(' ~ dbt.dateadd('day', 2, 'last_at') ~ ' as date)',
        ) }} as date_day
    from service_groups

),

windows as (

    select
        service_groups.service_group_id,
        service_groups.rota_starts_at,
        service_groups.rota_ends_at,
        cast(days.date_day as timestamp) as day_start,
        coalesce(service_schedules.time_zone, '{{ var("default_time_zone") }}') as time_zone,
        {{ minutes_of_clock('service_schedules.opens') }} as opening_minute,
        {{ minutes_of_clock('service_schedules.closes') }}
        + case when service_schedules.closes <= service_schedules.opens then 1440 else 0 end
            as closing_minute
    from service_groups
    inner join days
        on service_groups.service_group_id = days.service_group_id
    inner join service_schedules
        on service_groups.schedule_group_id = service_schedules.agent_group_id
    left join holidays
        on
            days.date_day = holidays.holiday_date
            and coalesce(service_schedules.country_code, '{{ var("home_country") }}')
            = holidays.country_code
    where
        coalesce(holidays.is_working_day, true)
        -- A make-up working day stands in for a Monday.
        and service_schedules.weekday_number
        = case when holidays.is_working_day then 1 else {{ weekday_number('days.date_day') }} end

),

scheduled as (

    select
        service_group_id,
        rota_starts_at,
        rota_ends_at,
        {{ local_to_utc(minutes_before('day_start', '-opening_minute'), 'time_zone') }}
            as opens_at,
        {{ local_to_utc(minutes_before('day_start', '-closing_minute'), 'time_zone') }}
            as closes_at
    from windows

),

final as (

    select
        service_groups.service_group_id,
        agent_shifts.starts_at as opens_at,
        agent_shifts.ends_at as closes_at
    from service_groups
    inner join agent_shifts
        on service_groups.rota_group_id = coalesce(agent_shifts.agent_group_id, '*')
    union all
    select
        service_group_id,
        opens_at,
        least(closes_at, rota_starts_at) as closes_at
    from scheduled
    where rota_starts_at is null or opens_at < rota_starts_at
    union all
    select
        service_group_id,
        greatest(opens_at, rota_ends_at) as opens_at,
        closes_at
    from scheduled
    where closes_at > rota_ends_at

)

-- Two agents on the same shift make one window.
select distinct * from final
