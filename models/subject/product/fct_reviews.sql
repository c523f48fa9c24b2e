-- Texts are redacted.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'review_key',
        'touched_by': {
            'int_orders_validated': 'select review_key from {int_reviews_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
            'int_order_lines_discussed': 'select review_key from {int_reviews_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
            'int_texts_redacted': 'text_key',
        },
    },
) }}

with

reviews as (

    select * from {{ touched_keys.touched_rows(ref('int_reviews_localized')) }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

discussed_lines as (

    select * from {{ ref('int_order_lines_discussed') }}

),

texts as (

    select * from {{ ref('int_texts_redacted') }}

),

final as (

    select
        reviews.review_key,
        reviews.source,
        reviews.platform_code,
        reviews.shop_key,
        reviews.review_id,
        orders.order_key,
        orders.account_key,
        discussed_lines.order_line_key,
        reviews.product_key,
        reviews.rating,
        reviews.review_text is not null as has_text,
        coalesce(length(reviews.review_text), 0) as text_length,
        review_texts.text_redacted as review_text_redacted,
        reviews.created_at,
        {{ local_date('reviews.created_at', 'reviews.time_zone') }} as created_date,
        reviews.replied_at,
        {{ minutes_between('reviews.created_at', 'reviews.replied_at') }} as reply_minutes,
        {{ hours_between('reviews.created_at', 'reviews.replied_at') }} as reply_hours,
        reply_texts.text_redacted as reply_text_redacted
    from reviews
    left join orders
        on reviews.named_order_key = orders.order_key
    left join discussed_lines
        on
            orders.order_key = discussed_lines.order_key
            and reviews.product_key is not distinct from discussed_lines.product_key
    left join texts as review_texts
        on reviews.review_key = review_texts.text_key and review_texts.text_kind = 'review'
    left join texts as reply_texts
        on reviews.review_key = reply_texts.text_key and reply_texts.text_kind = 'reply'

)

select * from final
