-- Grain: one row per review and order. The text stays behind: it may hold personal data.

with

reviews as (

    select * from {{ ref('int_reviews_unioned') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

localized as (

    select
        reviews.*,
        {{ surrogate_key([
            'reviews.platform_code', 'reviews.shop_id', 'reviews.review_id', 'reviews.order_id',
        ]) }} as review_key,
        {{ order_key('reviews') }} as named_order_key,
        {{ product_key('reviews') }} as product_key,
        shops.shop_key,
        shops.time_zone,
        {{ utc_instant('reviews', 'created', 'shops.time_zone') }} as created_at,
        {{ utc_instant('reviews', 'replied', 'shops.time_zone') }} as replied_at
    from reviews
    {{ join_shops('reviews') }}

),

final as (

    select
        localized.review_key,
        localized.source,
        localized.platform_code,
        localized.shop_key,
        localized.review_id,
        orders.order_key,
        orders.account_key,
        localized.product_key,
        localized.rating,
        localized.review_text is not null as has_text,
        coalesce(length(localized.review_text), 0) as text_length,
        localized.created_at,
        {{ local_date('localized.created_at', 'localized.time_zone') }} as created_date,
        localized.replied_at,
        {{ hours_between('localized.created_at', 'localized.replied_at') }} as reply_hours
    from localized
    left join orders
        on localized.named_order_key = orders.order_key

)

select * from final
