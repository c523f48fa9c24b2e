with

source as (

    {{ latest_version(source('helpdesk', 'agent_shifts'), ['agent_id', 'starts_at']) }}

),

renamed as (

    select
        agent_id,
        group_id as agent_group_id,
        starts_at as starts_time,
        starts_at_offset_minutes as starts_offset_minutes,
        ends_at as ends_time,
        ends_at_offset_minutes as ends_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
