-- The visitor is the browser or app, else the account; an event that names neither is a visitor
-- of its own.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'occurred_at',
        'touched_key': 'event_id',
        'touched_by': {
            'int_order_shops': 'select event_id from {int_web_events_unioned}'
                ~ ' where order_id in (select order_id from changed_rows)',
        },
    },
) }}

with

web_events as (

    select * from {{ touched_keys.touched_rows(ref('int_web_events_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

keyed as (

    select
        web_events.*,
        {{ surrogate_key(['web_events.source', 'web_events.event_id']) }} as event_key,
        {{ account_key('web_events') }} as own_account_key,
        {{ product_key('web_events') }} as product_key,
        {{ linked_order_key('web_events') }} as named_order_key,
        case when shops.is_shop then shops.shop_key end as shop_key,
        shops.time_zone,
        {{ utc_instant('web_events', 'occurred', 'shops.time_zone') }} as occurred_at,
        -- What happens in the same second happens in the order in which people buy.
        case web_events.event_kind
            when 'search' then 1
            when 'view' then 2
            when 'share' then 3
            when 'favourite' then 4
            when 'cart' then 5
            when 'checkout' then 6
            when 'pay' then 7
        end as kind_number
    from web_events
    {{ join_shops('web_events') }}
    {{ join_order_shops('web_events') }}

),

final as (

    select
        *,
        case
            when anonymous_id is not null
                then {{ surrogate_key([
                    "'anonymous'", 'source', 'platform_code', 'shop_id', 'anonymous_id',
                ]) }}
            when own_account_key is not null
                then {{ surrogate_key(["'account'", 'source', 'own_account_key']) }}
            else {{ surrogate_key(["'event'", 'event_key']) }}
        end as visitor_key
    from keyed

)

select * from final
