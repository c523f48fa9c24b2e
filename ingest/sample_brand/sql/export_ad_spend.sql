-- What advertising cost, by shop, channel and day, as the channel reports it in the next morning;
-- three days later some of it is reported again, with the orders that came late.

create or replace table export_ad_spend as
with
channels (channel, shop_id, cpm_cents, click_pm, with_sku) as (
    values
    ('search', 'tm01', 2400, 38, true), ('feed', 'tm01', 1600, 14, false),
    ('search', 'jd01', 2100, 34, true), ('search', 'pd01', 1300, 41, false),
    ('feed', 'dy01', 1900, 22, false), ('kol', 'dy01', 5200, 31, true),
    ('social', 'us01', 900, 12, false), ('search', 'us01', 1500, 45, false)
),
shown as (
    select
        channels.*,
        shops.platform,
        shops.currency,
        days.day,
        days.day_no,
        days.festival_id,
        datediff('day', date '2000-01-01', days.day) * 8
            + row_number() over (partition by days.day_no order by shops.shop_id, channel)
            as spend_no
    from channels
    inner join shops using (shop_id)
    cross join days
    where days.day_no >= 0
),
-- Some days an advertisement pauses; without views there are no clicks.
counted as (
    select
        *,
        case
            when chance(spend_no, 'rests', 0.03) then 0
            else whole(spend_no, 'seen', 4000, 16000)
                * case when festival_id is null then 1 else 3 end
        end as impressions
    from shown
    where not chance(spend_no, 'off', 0.25)
),
clicked as (
    select
        *,
        impressions * click_pm * whole(spend_no, 'liked', 60, 140) // 100000 as clicks
    from counted
),
versions as (
    select *, 0 as version, day + interval 30 hour as seen_at from clicked
    union all
    select *, 1, day + interval 102 hour from clicked
    where chance(spend_no, 'reported again', 0.2)
)
select
    versions.day as spend_on,
    versions.platform,
    versions.shop_id,
    case
        when versions.festival_id is not null then 'C-' || versions.festival_id
        when day(versions.day) between 15 and 25
            then 'C-AD-' || strftime(versions.day, '%Y-%m')
    end as campaign_id,
    versions.channel,
    case when with_sku then skus.sku_id end as sku_id,
    -- A blogger counts clicks, not glances.
    case when channel <> 'kol' then impressions end as impressions,
    clicks,
    money(impressions * cpm_cents // 1000) as cost,
    versions.currency,
    clicks * whole(spend_no, 'claimed', 8, 30) // 1000 + version as reported_orders,
    money(
        (clicks * whole(spend_no, 'claimed', 8, 30) // 1000 + version)
        * whole(spend_no, 'basket', 4000, 26000)
    ) as reported_revenue,
    strftime(seen_at, '%Y-%m-%d %H:%M:%S') as updated_at,
    null::boolean as is_deleted,
    seen_at::date as export_day,
    spend_no * 2 + version as batch_key,
    0::bigint as row_key
from versions
left join skus on 1 + (versions.day_no // 30) % 26 = skus.sku_no
where seen_at < getvariable('horizon');
