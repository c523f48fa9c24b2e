-- Grain: one row per free text that a person wrote: a message of a conversation, a review, a reply
-- to it; with the account and the order whose names and addresses it may repeat.

with

messages as (

    select * from {{ ref('int_ticket_messages_unioned') }}

),

tickets as (

    select * from {{ ref('int_tickets_localized') }}

),

reviews as (

    select * from {{ ref('int_reviews_localized') }}

),

orders as (

    select * from {{ ref('int_orders_localized') }}

),

texts as (

    select
        'message' as text_kind,
        {{ surrogate_key(['messages.source', 'messages.message_id']) }} as text_key,
        tickets.account_key,
        tickets.named_order_key,
        messages.message_text as text_written
    from messages
    left join tickets
        on
            messages.source = tickets.source
            and messages.ticket_id = tickets.ticket_id
    union all
    select
        'review' as text_kind,
        review_key as text_key,
        cast(null as varchar) as account_key,
        named_order_key,
        review_text as text_written
    from reviews
    union all
    select
        'reply' as text_kind,
        review_key as text_key,
        cast(null as varchar) as account_key,
        named_order_key,
        reply_text as text_written
    from reviews

),

final as (

    select
        texts.text_kind,
        texts.text_key,
        coalesce(texts.account_key, orders.account_key) as account_key,
        orders.order_key,
        orders.order_id,
        texts.text_written
    from texts
    left join orders
        on texts.named_order_key = orders.order_key
    where texts.text_written is not null

)

select * from final
