-- Text is redacted as a page, and as words.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'raw_text',
        'touched_by': {
            'int_web_events_unioned': 'select page from changed_rows'
                ~ ' union all select search_query from changed_rows'
                ~ ' union all select utm_source from changed_rows'
                ~ ' union all select utm_medium from changed_rows'
                ~ ' union all select utm_campaign from changed_rows',
        },
    },
) }}

{% set plain_texts = ['search_query', 'utm_source', 'utm_medium', 'utm_campaign'] %}

with

web_events as (

    select * from {{ ref('int_web_events_unioned') }}

),

texts as (

    select page as raw_text
    from web_events
    where {{ touched_keys.touched('page') }}
    {% for column in plain_texts -%}
    union
    select {{ column }} as raw_text
    from web_events
    where {{ touched_keys.touched(column) }}
    {% endfor %}

),

cut as (

    select
        raw_text,
        {{ url_without_query('raw_text') }} as page_text
    from texts
    where raw_text is not null

),

redacted as (

    select
        raw_text,
        {{ redact_text('raw_text') }} as redacted_text,
        {{ redact_text('page_text') }} as redacted_url
    from cut

),

final as (

    select
        raw_text,
        nullif(trim(redacted_text), '') as redacted_text,
        nullif(trim(redacted_url), '') as redacted_url
    from redacted

)

select * from final
