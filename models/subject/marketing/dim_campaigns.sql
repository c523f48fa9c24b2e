-- Instants are wall clock in the project's default time zone, kept in UTC.

with

campaigns as (

    select * from {{ ref('int_campaigns_unioned') }}

),

final as (

    select
        campaigns.campaign_id,
        campaigns.campaign_name,
        campaigns.campaign_kind,
        campaigns.channel,
        campaigns.platform_code,
        campaigns.promotion_price_amount,
        campaigns.planned_from_date,
        campaigns.planned_to_date,
        {{ utc_instant('campaigns', 'starts', "'" ~ var('default_time_zone') ~ "'") }} as starts_at,
        {{ utc_instant('campaigns', 'ends', "'" ~ var('default_time_zone') ~ "'") }} as ends_at,
        campaigns.budget_amount
    from campaigns

)

select * from final
