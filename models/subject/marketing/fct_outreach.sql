-- A purchase stands beside every message that it followed: count orders by order_key, never by
-- rows.

{{ config(materialized='incremental', meta={'touched_key': 'outreach_key'}) }}

with

outreach as (

    select * from {{ touched_keys.touched_rows(ref('int_outreach_localized')) }}

),

purchases as (

    select * from {{ touched_keys.touched_rows(ref('int_outreach_purchases')) }}

),

final as (

    select
        outreach.outreach_key,
        outreach.source,
        outreach.platform_code,
        case when outreach.is_shop then outreach.shop_key end as shop_key,
        outreach.message_id,
        outreach.account_key,
        outreach.campaign_id,
        outreach.outreach_kind,
        outreach.purpose,
        outreach.sent_at,
        {{ local_date('outreach.sent_at', 'outreach.time_zone') }} as sent_date,
        -- The wall clock at the receiver's shop, whatever its offset.
        cast(extract(hour from outreach.sent_time) as integer) as sent_hour,
        case
            when outreach.opened_at is not null or outreach.clicked_at is not null then true
            else outreach.is_delivered
        end as is_delivered,
        outreach.opened_at,
        outreach.clicked_at,
        outreach.opened_at is not null or outreach.clicked_at is not null as is_opened,
        outreach.clicked_at is not null as is_clicked,
        {{ hours_between('outreach.sent_at', 'outreach.opened_at') }} as hours_to_open,
        {{ hours_between('outreach.sent_at', 'outreach.clicked_at') }} as hours_to_click,
        purchases.order_key is not null as is_followed_by_purchase,
        purchases.order_key,
        purchases.purchased_at,
        purchases.purchase_date,
        {{ hours_between('outreach.sent_at', 'purchases.purchased_at') }} as hours_to_purchase
    from outreach
    left join purchases
        on outreach.outreach_key = purchases.outreach_key

)

select * from final
