{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'review_id',
        'touched_by': {
            'int_order_shops': 'select review_id from {int_reviews_unioned}'
                ~ ' where order_id in (select order_id from changed_rows)',
        },
    },
) }}

with

reviews as (

    {{ placed_in_shops('reviews', touched_keys.touched_rows(ref('int_reviews_unioned'))) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

final as (

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

)

select * from final
