-- What goes: the names and addresses of the text's account and order, and what looks like a
-- person's data. The order's own number is [order].

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'text_key',
        'touched_by': {
            'int_personal_words_listed': 'select text_key from {int_texts_collected}'
                ~ ' where account_key in (select owner_key from changed_rows)'
                ~ ' or order_key in (select owner_key from changed_rows)',
        },
    },
) }}

with

texts as (

    select * from {{ touched_keys.touched_rows(ref('int_texts_collected')) }}

),

personal_words as (

    select * from {{ ref('int_personal_words_listed') }}

),

shown as (

    select
        text_kind,
        text_key,
        account_key,
        order_key,
        replace(
            {{ usual_width('text_written') }},
            case
                when length(order_id) >= 6 then {{ usual_width('order_id') }} else '[order]'
            end,
            '[order]'
        ) as text_shown
    from texts

),

owners as (

    select
        text_kind,
        text_key,
        text_shown,
        account_key as owner_key
    from shown
    union all
    select
        text_kind,
        text_key,
        text_shown,
        order_key as owner_key
    from shown

),

-- Few texts name anybody: a pattern is made only of the words that are there.
words_found as (

    select distinct
        owners.text_kind,
        owners.text_key,
        personal_words.word
    from owners
    inner join personal_words
        on
            owners.owner_key = personal_words.owner_key
            and {{ dbt.position('lower(personal_words.word)', 'lower(owners.text_shown)') }} > 0

),

patterns as (

    select
        text_kind,
        text_key,
        {{ pattern_of_words(word_pattern('word'), 'word') }} as word_pattern
    from words_found
    group by text_kind, text_key

),

without_words as (

    select
        shown.text_kind,
        shown.text_key,
        {{ words_redacted('shown.text_shown', 'patterns.word_pattern') }} as text_left
    from shown
    left join patterns
        on
            shown.text_kind = patterns.text_kind
            and shown.text_key = patterns.text_key

),

final as (

    select
        text_kind,
        text_key,
        {{ redact_text('text_left') }} as text_redacted
    from without_words

)

select * from final
