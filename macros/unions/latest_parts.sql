{# The rows of a raw table whose key several rows of one sending may share, in their latest
   version, without the deleted ones. `parts` name a part: of rows that share these the later
   counts. `values` say more of it: of rows that differ in these alone, and say the same time, all
   count. With `parts` 'all' nothing names a part, and every row counts.

   Rows that come together are one sending: those of one file, and those of files of one delivery
   that have no part in common (a list cut in two). A later sending takes the place of the whole.
   `_part_number` counts the parts of a key, 1 for nearly every row. #}
{% macro latest_parts(relation, key, touched_column, parts, values=[], deleted_by=none) %}
    {% set whole = match_key(key) | join(', ') %}
    {% set part = match_key(key + (parts if parts != 'all' else [])) | join(', ') %}
    {% set row = part ~ (', ' ~ match_key(values) | join(', ') if values else '') %}
    with sent as (

        select
            *,
            {{ version_instant() }} as _row_instant,
            coalesce(_delivery, cast(_batch_id as string)) as _delivered_in,
            coalesce(is_deleted, false) as _is_deleted
        from {{
            touched_keys.touched_rows(relation, touched_column) if touched_column else relation
        }}

    ),

    compared as (

        select
            *,
            {% if deleted_by -%}
            {{ is_deleted_by_its_id(deleted_by) }} as _is_deleted_by_its_id,
            {% endif -%}
            max(case when _is_deleted then _row_instant end) over of_key as _deleted_at,
            max(case when _is_deleted and updated_at is null then _batch_id end) over of_key
                as _deleted_batch_id,
            case when min(_batch_id) over of_part < max(_batch_id) over of_part then 1 else 0 end
                as _is_in_two_files
        from sent
        window
            of_key as (partition by {{ whole }}),
            of_part as (partition by {{ part }}, _is_deleted, _delivered_in)

    ),

    gathered as (

        select
            *,
            case
                when max(_is_in_two_files) over delivery = 0 then max(_batch_id) over delivery
                else _batch_id
            end as _sending
        from compared
        window delivery as (partition by {{ whole }}, _is_deleted, _delivered_in)

    ),

    dated as (

        select
            *,
            case
                when _is_deleted then _row_instant
                else max(_row_instant) over (partition by {{ whole }}, _is_deleted, _sending)
            end as _sent_at,
            rank() over (
                partition by {{ part }}, _is_deleted, _sending
                order by _row_instant desc nulls last
            ) as _part_rank
        from gathered

    ),

    ranked as (

        select
            *,
            rank() over (
                partition by {{ whole }} order by _sent_at desc nulls last, _sending desc
            ) as _sending_rank,
            first_value(_is_deleted) over (
                partition by {{ whole }}
                order by _sent_at desc nulls last, _sending desc, _source_row desc
            ) as _ends_deleted
        from dated

    ),

    latest as (

        select * from ranked
        where
            _sending_rank = 1
            and _part_rank = 1
            and not _ends_deleted
            and not _is_deleted
            and coalesce(_row_instant >= _deleted_at, true)
            and (updated_at is null or coalesce(_batch_id > _deleted_batch_id, true))
            {%- if deleted_by %}
            and not _is_deleted_by_its_id
            {%- endif %}
        {%- if parts != 'all' %}
        qualify row_number() over (
            partition by {{ row }} order by _batch_id desc, _source_row desc
        ) = 1
        {%- endif %}

    )

    select
        *,
        row_number() over (
            partition by {{ whole }} order by _batch_id asc, _source_row asc
        ) as _part_number
    from latest
{% endmacro %}
