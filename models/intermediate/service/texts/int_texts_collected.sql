-- A text has the account and the order whose names and addresses it may repeat.

{% set key_of_message = message_key() %}
{% set messages_of_tickets = 'select ' ~ key_of_message ~ ' from {int_ticket_messages_unioned}'
    ~ ' where ticket_id in (select ticket_id from ' %}

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'text_key',
        'touched_by': {
            'int_ticket_messages_unioned': key_of_message,
            'int_tickets_localized': messages_of_tickets ~ 'changed_rows)',
            'int_reviews_localized': 'review_key',
            'int_orders_localized': messages_of_tickets ~ '{int_tickets_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows))'
                ~ ' union all select review_key from {int_reviews_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
        },
    },
) }}

with

messages as (

    select * from {{ touched_keys.touched_rows(
        ref('int_ticket_messages_unioned'), key_of_message
    ) }}

),

tickets as (

    select * from {{ ref('int_tickets_localized') }}

),

reviews as (

    select * from {{ touched_keys.touched_rows(ref('int_reviews_localized'), 'review_key') }}

),

orders as (

    select * from {{ ref('int_orders_localized') }}

),

texts as (

    select
        'message' as text_kind,
        {{ message_key('messages') }} as text_key,
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
        cast(null as string) as account_key,
        named_order_key,
        review_text as text_written
    from reviews
    union all
    select
        'reply' as text_kind,
        review_key as text_key,
        cast(null as string) as account_key,
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
