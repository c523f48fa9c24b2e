-- Grain: one row per free text, as it may be read: without the names and addresses of its account
-- and order, and without what looks like a person's data. The order's own number is [order].

with

texts as (

    select * from {{ ref('int_texts_collected') }}

),

personal_words as (

    select * from {{ ref('int_personal_words_listed') }}

),

known as (

    select
        texts.text_kind,
        texts.text_key,
        replace(
            {{ usual_width('texts.text_written') }},
            case
                when length(texts.order_id) >= 6 then {{ usual_width('texts.order_id') }}
                else '[order]'
            end,
            '[order]'
        ) as text_shown,
        account_words.pattern as account_pattern,
        order_words.pattern as order_pattern
    from texts
    left join personal_words as account_words
        on texts.account_key = account_words.owner_key
    left join personal_words as order_words
        on texts.order_key = order_words.owner_key

),

without_account_words as (

    select
        *,
        {{ words_redacted('text_shown', 'account_pattern') }} as text_left
    from known

),

without_order_words as (

    select
        text_kind,
        text_key,
        {{ words_redacted('text_left', 'order_pattern') }} as text_left
    from without_account_words

),

final as (

    select
        text_kind,
        text_key,
        {{ redact_text('text_left') }} as text_redacted
    from without_order_words

)

select * from final
