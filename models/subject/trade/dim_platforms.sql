with

platforms as (

    select * from {{ ref('platforms') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

mentions as (

    select platform_code from platforms
    union all
    select platform_code from shops

),

final as (

    select
        mentions.platform_code,
        coalesce(max(platforms.platform_name), mentions.platform_code) as platform_name,
        max(platforms.platform_name_zh) as platform_name_zh,
        max(platforms.country_code) as country_code,
        max(platforms.time_zone) as time_zone,
        max(platforms.currency_code) as currency_code,
        coalesce(max(cast(platforms.accounts_are_shared as integer)), 0) = 1 as accounts_are_shared,
        coalesce(max(cast(platforms.settles_platform_discount as integer)), 0) = 1
            as settles_platform_discount,
        coalesce(max(cast(platforms.settles_partner_discount as integer)), 0) = 1
            as settles_partner_discount,
        coalesce(max(cast(platforms.settles_points_discount as integer)), 0) = 1
            as settles_points_discount,
        max(platforms.commission_rate) as commission_rate,
        max(platforms.platform_code) is not null as is_in_seed
    from mentions
    left join platforms
        on mentions.platform_code = platforms.platform_code
    group by mentions.platform_code

)

select * from final
