-- order_seeds: one row per order: who, where, when, and what will become of it (fate).

create or replace table order_seeds as
with
occasions as (
    select
        person_id,
        occasion_no,
        day_no,
        person_id * 64 + occasion_no as order_no
    from occasion_rows(1, getvariable('person_count'))
),
slotted as (
    select
        occasions.*,
        case
            when chance(order_no, 'home slot', 0.72) then 1
            else whole(order_no, 'slot', 1, persons.slot_count)
        end as slot,
        persons.persona,
        persons.category_no
    from occasions
    inner join persons using (person_id)
),
placed as (
    select
        slotted.* exclude (slot),
        accounts.account_no,
        accounts.platform,
        accounts.account_id,
        case accounts.platform
            when 'tmall' then case when chance(order_no, 'shop', 0.8) then 'tm01' else 'tm02' end
            when 'taobao' then 'tb01'
            when 'jd' then 'jd01'
            when 'pinduoduo' then 'pd01'
            when 'douyin' then 'dy01'
            when 'amazon' then 'am01'
            else accounts.shop_id
        end as shop_id,
        days.day,
        days.is_presale,
        days.is_peak,
        days.sale_from,
        -- Festivals of the home market pass the shops abroad by, but not Christmas.
        case when not is_foreign(accounts.platform) or days.theme = 'gift' then days.festival_id end
            as festival_id,
        case when is_foreign(accounts.platform)
            then least(days.depth, 6) else days.depth end as depth
    from slotted
    inner join accounts using (person_id, slot)
    inner join days using (day_no)
),
typed as (
    select
        *,
        case
            when is_presale and depth >= 14 and platform in ('tmall', 'taobao', 'jd', 'douyin')
                and chance(order_no, 'presale', 0.75)
                then 'presale'
            when platform = 'douyin' and chance(order_no, 'live', 0.55) then 'live'
            when platform in ('tmall', 'taobao') and chance(order_no, 'live', 0.06) then 'live'
            when platform = 'pinduoduo' and chance(order_no, 'group', 0.75) then 'group'
            else 'normal'
        end as order_type
    from placed
),
fated as (
    select
        *,
        case
            when order_type = 'presale'
                then case when chance(order_no, 'fate', 0.14)
                    then 'presale_dropped' else 'presale' end
            when platform = 'offline' then 'store'
            when platform in ('jd', 'pinduoduo') and chance(order_no, 'on delivery', 0.025)
                then case when chance(order_no, 'fate', 0.15) then 'refused' else 'on_delivery' end
            when u(order_no, 'fate') < 0.075 then 'unpaid'
            when u(order_no, 'fate') < 0.105 then 'cancelled'
            when u(order_no, 'fate') < 0.108 then 'points_only'
            else 'paid'
        end as fate,
        case
            when order_type = 'live' then 'live'
            when platform = 'offline' then 'store'
            when is_peak then 'rush'
            else 'online'
        end as hour_kind
    from typed
)
select
    fated.* exclude (hour_kind, is_peak),
    chance(order_no, 'test', 0.003) as is_test,
    fated.day + to_seconds((
        hours.hour * 3600 + whole(order_no, 'second of the hour', 0, 3599)
    )::double) as created_at
from fated
inner join (select distinct kind, buckets from hours) as sizes on fated.hour_kind = sizes.kind
inner join hours
    on fated.hour_kind = hours.kind
    and whole(order_no, 'hour', 0, sizes.buckets - 1) = hours.bucket;
