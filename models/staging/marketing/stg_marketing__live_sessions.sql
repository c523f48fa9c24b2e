with

source as (

    {{ latest_version(
        source('marketing', 'live_sessions'),
        ['platform', 'shop_id', 'live_session_id']
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        live_session_id,
        host,
        partner_id,
        campaign_id,
        starts_at as starts_time,
        starts_at_offset_minutes as starts_offset_minutes,
        ends_at as ends_time,
        ends_at_offset_minutes as ends_offset_minutes,
        viewers as viewer_count,
        commission_rate,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
