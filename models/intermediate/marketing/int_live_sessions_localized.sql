-- The commission rate is the stream's own, else its partner's latest.

with

live_sessions as (

    select * from {{ ref('int_live_sessions_unioned') }}

),

partners as (

    select * from {{ ref('int_partners_unioned') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

final as (

    select
        live_sessions.*,
        {{ live_session_key('live_sessions') }} as live_session_key,
        {{ partner_key('live_sessions') }} as partner_key,
        -- Who speaks is told apart, not named.
        {{ keyed_hash("lower(trim(live_sessions.host))") }} as host_key,
        case when shops.is_shop then shops.shop_key end as shop_key,
        shops.time_zone,
        {{ utc_instant('live_sessions', 'starts', 'shops.time_zone') }} as starts_at,
        {{ utc_instant('live_sessions', 'ends', 'shops.time_zone') }} as ends_at,
        coalesce(live_sessions.commission_rate, partners.commission_rate)
            as agreed_commission_rate
    from live_sessions
    {{ join_shops('live_sessions') }}
    left join partners
        on
            live_sessions.source = partners.source
            and live_sessions.partner_id = partners.partner_id

)

select * from final
