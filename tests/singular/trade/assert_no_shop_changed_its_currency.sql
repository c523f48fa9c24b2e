-- A shop's currency and clock are those of its latest row, for all of its past: orders that name no
-- currency of their own are counted in it, and days begin by it.

{{ config(
    severity='warn',
    enabled='oms' in env_var('SOURCES', 'oms,wms,helpdesk,marketing').split(','),
    meta={'says': 'what_to_do'},
) }}

with

shops as (

    select
        lower(platform) as platform_code,
        shop_id,
        count(distinct currency) as currency_count,
        count(distinct time_zone) as time_zone_count
    from {{ source('oms', 'shops') }}
    where not coalesce(is_deleted, false)
    group by lower(platform), shop_id

)

select
    platform_code,
    shop_id,
    'shop ' || shop_id || ' of ' || platform_code || ' was sent with another '
    || case when currency_count > 1 then 'currency' else 'time zone' end
    || ' before: its whole past is counted by the latest one. Give the shop another id from that'
    || ' day on, or state the currency of each order' as what_to_do
from shops
where currency_count > 1 or time_zone_count > 1
