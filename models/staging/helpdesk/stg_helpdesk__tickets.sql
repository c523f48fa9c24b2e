{{ config(materialized='incremental', meta={'touched_key': 'ticket_id'}) }}

with

source as (

    {{ latest_version(source('helpdesk', 'tickets'), ['ticket_id'], 'ticket_id') }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        ticket_id,
        account_id,
        order_id,
        sku_id,
        lower(channel) as channel,
        lower(topic) as topic,
        lower(priority) as priority,
        opened_at as opened_time,
        opened_at_offset_minutes as opened_offset_minutes,
        closed_at as closed_time,
        closed_at_offset_minutes as closed_offset_minutes,
        agent_id,
        group_id as agent_group_id,
        csat as csat_score,
        reopened as is_reopened,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
