-- The name of who signs stays in the raw table.

with

source as (

    {{ latest_version(source('marketing', 'partners'), ['partner_id']) }}

),

renamed as (

    select
        partner_id,
        handle,
        commission_rate,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
