{# The latest version of each row of a raw table, without the deleted ones. A version is later
   by its `updated_at`; equal or missing ones by batch, then by row. A deletion that does not say
   when deletes what landed up to its batch; one that names `deleted_by` without a platform, the
   rows of all platforms, without a shop, those of all shops of its platform. #}
{% macro latest_version(relation, key, touched_column=none, deleted_by=none) %}
    {% set whole = match_key(key) | join(', ') %}
    select * from {{
        touched_keys.touched_rows(relation, touched_column) if touched_column else relation
    }}
    qualify
        row_number() over (
            partition by {{ whole }}
            order by {{ version_instant() }} desc nulls last, _batch_id desc, _source_row desc
        ) = 1
        and not coalesce(is_deleted, false)
        and (
            updated_at is null
            or coalesce(
                _batch_id
                > max(case when is_deleted and updated_at is null then _batch_id end) over (
                    partition by {{ whole }}
                ),
                true
            )
        )
        {%- if deleted_by %}
        and not {{ is_deleted_by_its_id(deleted_by) }}
        {%- endif %}
{% endmacro %}


{# Key columns and parts as they are compared: those that staging lower-cases are one in any
   case. #}
{% macro match_key(columns) %}
    {% set compared = [] %}
    {% for column in columns %}
        {% do compared.append(
            'lower(' ~ column ~ ')'
            if column in ['platform', 'channel', 'scan_code', 'stage', 'kind'] else column
        ) %}
    {% endfor %}
    {% do return(compared) %}
{% endmacro %}


{# When a version was written, comparable between rows of one key: an offset counts where it is
   written. #}
{% macro version_instant() -%}
    case
        when updated_at_offset_minutes is not null
            then {{ minutes_before('updated_at', 'updated_at_offset_minutes') }}
        else {{ local_to_utc('updated_at', "'" ~ var('default_time_zone') ~ "'") }}
    end
{%- endmacro %}
