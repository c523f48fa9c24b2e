{{ config(materialized='incremental', meta={'touched_key': 'message_id'}) }}

with

outreach as (

    select * from {{ touched_keys.touched_rows(ref('int_outreach_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

final as (

    select
        outreach.*,
        {{ surrogate_key(['outreach.source', 'outreach.message_id']) }} as outreach_key,
        {{ account_key('outreach') }} as account_key,
        shops.shop_key,
        shops.is_shop,
        shops.time_zone,
        {{ utc_instant('outreach', 'sent', 'shops.time_zone') }} as sent_at,
        {{ utc_instant('outreach', 'opened', 'shops.time_zone') }} as opened_at,
        {{ utc_instant('outreach', 'clicked', 'shops.time_zone') }} as clicked_at
    from outreach
    {{ join_shops('outreach') }}

)

select * from final
