with

source as (

    {{ latest_version(source('marketing', 'campaigns'), ['campaign_id']) }}

),

renamed as (

    select
        campaign_id,
        name as campaign_name,
        lower(kind) as campaign_kind,
        lower(channel) as channel,
        lower(platform) as platform_code,
        shop_id,
        sku_id,
        promotion_price as promotion_price_amount,
        planned_from as planned_from_date,
        planned_to as planned_to_date,
        starts_at as starts_time,
        starts_at_offset_minutes as starts_offset_minutes,
        ends_at as ends_time,
        ends_at_offset_minutes as ends_offset_minutes,
        budget as budget_amount,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
