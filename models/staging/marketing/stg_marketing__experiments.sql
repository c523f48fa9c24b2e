with

source as (

    {{ latest_version(source('marketing', 'experiments'), ['experiment_id', 'variant']) }}

),

renamed as (

    select
        experiment_id,
        name as experiment_name,
        variant,
        is_control,
        planned_share,
        starts_at as starts_time,
        starts_at_offset_minutes as starts_offset_minutes,
        ends_at as ends_time,
        ends_at_offset_minutes as ends_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
