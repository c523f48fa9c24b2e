with

source as (

    {{ latest_version(source('oms', 'shops'), ['platform', 'shop_id']) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        name as shop_name,
        time_zone,
        upper(currency) as currency_code,
        is_online,
        opened_on as opened_date,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
