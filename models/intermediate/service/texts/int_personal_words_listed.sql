-- Nicknames are among them.

{{ config(materialized='incremental', meta={'touched_key': 'owner_key'}) }}

with

owned as (

    select * from {{ touched_keys.touched_rows(ref('int_personal_words_collected')) }}

),

-- The first line of an address that goes on, and the parts of a Latin name, stand alone too.
parts as (

    select
        owner_key,
        words as word
    from owned
    union all
    select
        owner_key,
        trim(split_part(words, chr(10), 1)) as word
    from owned
    {% for number in [1, 2, 3] -%}
    union all
    select
        owner_key,
        split_part(words, ' ', {{ number }}) as word
    from owned
    where {{ regexp_occurs('words', "^[A-Za-zÀ-ÿ'' .-]+$") }}
    {% endfor %}

),

words as (

    select distinct
        owner_key,
        word
    from parts
    where length(word) >= 2

),

-- An account that hundreds share (the till of a store) says nothing of a single person.
ranked as (

    select
        *,
        row_number() over (partition by owner_key order by length(word) desc, word) as word_number
    from words

),

final as (

    select
        owner_key,
        word
    from ranked
    where word_number <= 300

)

select * from final
