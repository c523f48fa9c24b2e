-- open_seconds_before are the open seconds before the stretch. Windows that overlap or touch
-- count once.

with

windows as (

    select
        service_group_id,
        opens_at,
        max(closes_at) as closes_at
    from {{ ref('int_service_windows_planned') }}
    group by service_group_id, opens_at

),

reached as (

    select
        *,
        max(closes_at) over (
            partition by service_group_id order by opens_at
            rows between unbounded preceding and 1 preceding
        ) as reached_at
    from windows

),

numbered as (

    select
        *,
        sum(case when reached_at >= opens_at then 0 else 1 end) over (
            partition by service_group_id order by opens_at
            rows between unbounded preceding and current row
        ) as stretch_number
    from reached

),

stretches as (

    select
        service_group_id,
        stretch_number,
        min(opens_at) as opens_at,
        max(closes_at) as closes_at
    from numbered
    group by service_group_id, stretch_number

),

final as (

    select
        service_group_id,
        opens_at,
        closes_at,
        coalesce(
            cast(sum({{ seconds_between('opens_at', 'closes_at') }}) over (
                partition by service_group_id order by opens_at
                rows between unbounded preceding and 1 preceding
            ) as bigint),
            0
        ) as open_seconds_before
    from stretches

)

select * from final
