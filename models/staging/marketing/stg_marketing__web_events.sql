{{ config(
    materialized='incremental',
    meta={'ordered_by': 'occurred_time', 'touched_key': 'event_id'},
) }}

with

source as (

    {{ latest_version(source('marketing', 'web_events'), ['event_id'], 'event_id') }}

),

renamed as (

    select
        event_id,
        lower(platform) as platform_code,
        shop_id,
        anonymous_id,
        account_id,
        case
            when lower(kind) in (
                'view', 'search', 'favourite', 'cart', 'checkout', 'pay', 'share'
            ) then lower(kind)
            else 'other'
        end as event_kind,
        page,
        search_query,
        sku_id,
        order_id,
        campaign_id,
        occurred_at as occurred_time,
        occurred_at_offset_minutes as occurred_offset_minutes,
        referrer,
        utm_source,
        utm_medium,
        utm_campaign,
        lower(device) as device,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
