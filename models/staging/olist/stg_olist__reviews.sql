-- The buyer writes at review_answer_timestamp; review_creation_date is when the marketplace
-- asked. The seller's reply is not in the files.

with

source as (

    {{ latest_delivery(source('olist', 'order_reviews'), ['review_id', 'order_id']) }}

),

renamed as (

    select
        'olist' as platform_code,
        review_id,
        order_id,
        review_score as rating,
        nullif(concat_ws(' ', review_comment_title, review_comment_message), '') as review_text,
        coalesce(review_answer_timestamp, review_creation_date) as created_time,
        {{ lacks('reviews', [
            'shop_id', 'sku_id', 'reply_text', 'created_offset_minutes', 'replied_time',
            'replied_offset_minutes',
        ]) }},
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
