{# The rows of a raw table without `updated_at` of which several may share a key: of each key, all
   rows of the file that came last, numbered by `_part_number`. #}
{% macro latest_sending(relation, key, touched_column=none) %}
    {% set whole = match_key(key) | join(', ') %}
    with ranked as (

        select
            *,
            rank() over (partition by {{ whole }} order by _batch_id desc) as _sending_rank
        from {{
            touched_keys.touched_rows(relation, touched_column) if touched_column else relation
        }}

    )

    select
        *,
        row_number() over (partition by {{ whole }} order by _source_row asc) as _part_number
    from ranked
    where _sending_rank = 1
{% endmacro %}
