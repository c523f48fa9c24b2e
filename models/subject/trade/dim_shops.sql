with

shops as (

    select * from {{ ref('int_shops_resolved') }}
    where is_shop

),

final as (

    select
        shop_key,
        platform_code,
        shop_id,
        coalesce(shop_name, shop_id, platform_code) as shop_name,
        time_zone,
        currency_code,
        is_online,
        opened_date
    from shops

)

select * from final
