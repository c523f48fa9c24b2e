-- Each SKU in each shop: when it is put up, when its price or title changes, when it is taken down.

create or replace table export_listings as
with
placed as (
    select
        shops.platform,
        shops.shop_id,
        skus.*,
        row_number() over (order by shop_id, sku_no) as listing_no
    from shops
    cross join skus
),
changes as (
    select listing_no, 0 as version, greatest(launch_no - 7, 0) as changed_no, 0 as clock
    from placed
    union all
    select listing_no, 1, price_change_no, 0 from placed
    where price_change_no > greatest(launch_no, 0)
    union all
    -- A mistyped price, corrected five minutes later.
    select listing_no, 2 + mended, 1 + getvariable('days') // 3, 14400 + 300 * mended
    from placed
    cross join (select unnest([0, 1]) as mended)
    where chance(listing_no, 'mistyped', 0.02) and launch_no <= 0
    union all
    select listing_no, 4, 2 + getvariable('days') // 2, 36000 from placed
    where chance(listing_no, 'new title', 0.08) and launch_no <= 0
    union all
    select listing_no, 5, getvariable('days') * 4 // 5, 28800 from placed
    where chance(listing_no, 'taken down', 0.01) and launch_no <= 0
),
shown as (
    select
        placed.*,
        version,
        later((getvariable('first_day') + changed_no::int)::timestamp, clock) as seen_at,
        -- As in an order: the price of the day, by the platform.
        list_cents * case
            when changed_no >= price_change_no and price_change_no > launch_no
                then price_rise_pct else 100
        end // 1000 * 10 as day_cents
    from changes
    inner join placed using (listing_no)
    where changed_no < getvariable('days')
)
select
    platform,
    shop_id,
    'L' || lpad(scramble(listing_no)::varchar, 10, '0') as listing_id,
    case when version = 5 then null else sku_id end as sku_id,
    case
        when version = 5 then null
        when version = 4 or (seen_at::date - getvariable('first_day')
            >= 2 + getvariable('days') // 2 and chance(listing_no, 'new title', 0.08)
            and launch_no <= 0) then name || ' 新版'
        else name
    end as title,
    case
        when version = 5 then null
        else money(
            case
                when is_foreign(platform) then usd_cents
                when platform = 'pinduoduo' then day_cents * 92 // 1000 * 10
                when platform = 'douyin' then day_cents * 95 // 1000 * 10
                else day_cents
            end * case when version = 2 then 10 else 1 end
        )
    end as price,
    written(seen_at, platform) as updated_at,
    case when version = 5 then true end as is_deleted,
    seen_at::date as export_day,
    listing_no * 8 + version as batch_key,
    0::bigint as row_key
from shown;
