-- Grain: one row per campaign; its instants are wall clock in the project's default time zone, kept
-- in UTC.

with

campaigns as (

    select * from {{ ref('int_campaigns_unioned') }}

),

final as (

    select
        campaign_id,
        campaign_name,
        campaign_kind,
        channel,
        platform_code,
        promotion_price_amount,
        planned_from_date,
        planned_to_date,
        {{ utc_instant('campaigns', 'starts', "'" ~ var('default_time_zone') ~ "'") }} as starts_at,
        {{ utc_instant('campaigns', 'ends', "'" ~ var('default_time_zone') ~ "'") }} as ends_at,
        budget_amount
    from campaigns

)

select * from final
