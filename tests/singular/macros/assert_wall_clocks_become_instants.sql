-- By the offset where one is written, else by the zone: also in the hour that summer time takes
-- away, and in the one that comes twice when it ends.

with

clocks as (

    select
        'zone without summer time' as case_name,
        cast('2024-06-18 00:30:00' as timestamp) as placed_time,
        cast(null as smallint) as placed_offset_minutes,
        'Asia/Shanghai' as time_zone,
        cast('2024-06-17 16:30:00' as timestamp) as expected_at,
        cast('2024-06-18' as date) as expected_date
    union all
    select
        'summer in London', cast('2011-07-01 00:30:00' as timestamp), null, 'Europe/London',
        cast('2011-06-30 23:30:00' as timestamp), cast('2011-07-01' as date)
    union all
    select
        'winter in London', cast('2010-12-01 08:26:00' as timestamp), null, 'Europe/London',
        cast('2010-12-01 08:26:00' as timestamp), cast('2010-12-01' as date)
    union all
    select
        'the offset wins over the zone', cast('2024-11-11 00:10:00' as timestamp), -300,
        'Asia/Shanghai', cast('2024-11-11 05:10:00' as timestamp), cast('2024-11-11' as date)
    union all
    select
        'an offset east of the zone moves the day', cast('2024-11-11 00:10:00' as timestamp), 540,
        'America/New_York', cast('2024-11-10 15:10:00' as timestamp), cast('2024-11-10' as date)
    union all
    -- 01:30 comes twice, at 05:30 and 06:30 UTC: the second is meant; the times around come once.
    select
        'an hour that comes twice', cast('2024-11-03 01:30:00' as timestamp), null,
        'America/New_York', cast('2024-11-03 06:30:00' as timestamp), cast('2024-11-03' as date)
    union all
    select
        'the hour before it', cast('2024-11-03 00:59:59' as timestamp), null,
        'America/New_York', cast('2024-11-03 04:59:59' as timestamp), cast('2024-11-03' as date)
    union all
    select
        'its end', cast('2024-11-03 02:00:00' as timestamp), null,
        'America/New_York', cast('2024-11-03 07:00:00' as timestamp), cast('2024-11-03' as date)
    union all
    select
        'the first of the two, by its offset', cast('2024-11-03 01:30:00' as timestamp), -240,
        'America/New_York', cast('2024-11-03 05:30:00' as timestamp), cast('2024-11-03' as date)
    union all
    select
        'an hour that never comes', cast('2024-03-10 02:30:00' as timestamp), null,
        'America/New_York', cast('2024-03-10 07:30:00' as timestamp), cast('2024-03-10' as date)
    union all
    select
        'no time, no instant', null, null, 'Asia/Shanghai', null, null

),

actual as (

    select
        *,
        {{ utc_instant('clocks', 'placed', 'clocks.time_zone') }} as placed_at
    from clocks

)

select * from actual
where
    placed_at is distinct from expected_at
    or {{ local_date('placed_at', 'time_zone') }} is distinct from expected_date
