-- Campaigns: planned at the start of a quarter, written again with what really happened.

create or replace table export_campaigns as
with
months as (
    select distinct
        date_trunc('month', day)::date as month,
        year(day) * 12 + month(day) as month_no
    from days
    where day_no >= 0
),
planned as (
    select
        'C-' || festival_id as campaign_id, festival_name as name, 'festival' as kind,
        'all' as channel, null as platform, null as shop_id, null::bigint as sku_no,
        presale_from as planned_from, sale_to as planned_to, 3000 * lift as budget
    from festivals
    union all
    select
        'C-MONTH-' || strftime(month, '%Y-%m'), strftime(month, '%m') || '月会员日', 'monthly', 'app',
        null, null, whole(month_no, 'promoted', 1, 40), cast(month + 7 as date),
        cast(month + 12 as date), 60000
    from months
    union all
    select
        'C-COUPON-' || strftime(month, '%Y-%m'), strftime(month, '%m') || '月满减券', 'coupon',
        'shop_coupon',
        null, null, null, month, last_day(month), 40000
    from months
    union all
    select
        'C-LIVE-' || strftime(month, '%Y-%m'), strftime(month, '%m') || '月直播专场', 'live', 'live',
        'douyin', 'dy01', null, month, last_day(month), 120000
    from months
    union all
    select
        'C-AD-' || strftime(month, '%Y-%m'), strftime(month, '%m') || '月站外投放', 'ad',
        ['search', 'feed', 'kol'][1 + month(month) % 3],
        ['tmall', 'jd', 'pinduoduo'][1 + month(month) % 3],
        null, whole(month_no, 'advertised', 1, 40), cast(month + 14 as date),
        cast(month + 24 as date), 80000
    from months
),
numbered as (
    select
        *,
        row_number() over (order by campaign_id) as campaign_no,
        -- Begun a few hours off the plan, and now and then prolonged by a day.
        later(planned_from, whole(campaign_no, 'begins', -4, 12) * 3600) as starts_at,
        later(planned_to + interval 1 day,
            whole(campaign_no, 'ends', 0, 1) * whole(campaign_no, 'longer', 0, 24) * 3600)
            as ends_at
    from planned
),
versions as (
    select
        *, 0 as version,
        greatest(date_trunc('quarter', planned_from - interval 21 day)::date,
            getvariable('first_day')) as export_day
    from numbered
    where planned_to >= getvariable('first_day')
    union all
    select *, 1, (date_trunc('quarter', ends_at) + interval 3 month)::date from numbered
    where planned_to >= getvariable('first_day')
)
select
    campaign_id,
    versions.name,
    kind,
    channel,
    platform,
    shop_id,
    skus.sku_id,
    money(skus.list_cents * 8 // 1000 * 100) as promotion_price,
    planned_from,
    planned_to,
    case when version = 1 then starts_at end as starts_at,
    case when version = 1 then ends_at end as ends_at,
    money(budget * 100) as budget,
    export_day + interval 10 hour as updated_at,
    null::boolean as is_deleted,
    export_day,
    campaign_no * 2 + version as batch_key,
    0::bigint as row_key
from versions
left join skus on versions.sku_no = skus.sku_no
where export_day <= getvariable('last_day')
union all by name
select
    'C-DRAFT' as campaign_id, '草稿' as name, 'coupon' as kind,
    getvariable('first_day') + interval 10 hour as updated_at, null::boolean as is_deleted,
    getvariable('first_day') as export_day, 900000 as batch_key, 0 as row_key
union all by name
select
    'C-DRAFT' as campaign_id, getvariable('first_day') + interval 34 hour as updated_at,
    true as is_deleted, cast(getvariable('first_day') + 1 as date) as export_day,
    900001 as batch_key, 0 as row_key;
