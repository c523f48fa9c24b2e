-- A platform that the seed does not have counts in the project's zone and currency where its shops
-- state none: its money may be another's.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

with

dim_shops as (

    select * from {{ ref('dim_shops') }}

),

platforms as (

    select * from {{ ref('platforms') }}

),

final as (

    select
        dim_shops.platform_code,
        'platform ' || dim_shops.platform_code || ' is not in seeds/platforms.csv: its shops count'
        || ' in {{ var("default_time_zone") }} and {{ var("default_currency") }} unless they state'
        || ' their own; add a row' as what_to_do
    from dim_shops
    left join platforms
        on dim_shops.platform_code = platforms.platform_code
    where platforms.platform_code is null
    group by dim_shops.platform_code

)

select * from final
