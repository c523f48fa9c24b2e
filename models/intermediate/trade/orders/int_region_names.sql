-- The name is the one that sources use, in full, in Chinese.

with

provinces as (

    select * from {{ ref('regions') }}
    where region_level = 'province'

),

names as (

    select
        country_code,
        {{ province_match_name('match_name') }} as province_name,
        region_code
    from provinces
    union all
    select
        country_code,
        {{ province_match_name('province_name') }} as province_name,
        region_code
    from provinces
    union all
    select
        country_code,
        {{ province_match_name('province_name_zh') }} as province_name,
        region_code
    from provinces

),

final as (

    select
        country_code,
        province_name,
        min(region_code) as region_code
    from names
    where province_name is not null
    group by country_code, province_name

)

select * from final
