{{ config(materialized='incremental', meta={'touched_key': 'message_id'}) }}

with

source as (

    {{ latest_version(source('marketing', 'outreach'), ['message_id'], 'message_id') }}

),

renamed as (

    select
        message_id,
        lower(platform) as platform_code,
        shop_id,
        account_id,
        campaign_id,
        lower(kind) as outreach_kind,
        lower(purpose) as purpose,
        sent_at as sent_time,
        sent_at_offset_minutes as sent_offset_minutes,
        delivered as is_delivered,
        opened_at as opened_time,
        opened_at_offset_minutes as opened_offset_minutes,
        clicked_at as clicked_time,
        clicked_at_offset_minutes as clicked_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
