with

regions as (

    select * from {{ ref('regions') }}

),

final as (

    select
        region_code as region_key,
        region_level,
        country_code,
        country_name,
        country_name_zh,
        province_name,
        province_name_zh,
        region_group
    from regions

)

select * from final
