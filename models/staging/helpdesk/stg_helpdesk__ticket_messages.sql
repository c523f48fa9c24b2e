{{ config(materialized='incremental', meta={'touched_key': 'message_id'}) }}

with

source as (

    {{ latest_version(source('helpdesk', 'ticket_messages'), ['message_id'], 'message_id') }}

),

renamed as (

    select
        message_id,
        ticket_id,
        lower(sender) as sender,
        agent_id,
        sent_at as sent_time,
        sent_at_offset_minutes as sent_offset_minutes,
        text as message_text,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
