{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

with

source as (

    {{ latest_version(
        source('marketing', 'assignments'),
        ['experiment_id', 'platform', 'shop_id', 'account_id', 'assigned_at'],
        'account_id',
    ) }}

),

renamed as (

    select
        experiment_id,
        lower(platform) as platform_code,
        shop_id,
        account_id,
        variant,
        assigned_at as assigned_time,
        assigned_at_offset_minutes as assigned_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
