{# Whether a later deletion names the row's id and no platform, or its platform and no shop. The
   latter is its own where a row without a shop has the id. #}
{% macro is_deleted_by_its_id(id) -%}
    (
        {{ is_deleted_later('platform is null', id) }}
        or (
            shop_id is not null
            and max(case when shop_id is null and not coalesce(is_deleted, false) then 1 end)
                over (partition by lower(platform), {{ id }}) is null
            and {{ is_deleted_later('shop_id is null', 'lower(platform), ' ~ id) }}
        )
    )
{%- endmacro %}


{# Whether one of the deletions that `which` names comes after the row. #}
{% macro is_deleted_later(which, key) -%}
    (
        coalesce(
            {{ version_instant() }} < {{ last_deleted(version_instant(), which, key) }}
            or (
                updated_at is null
                and {{ last_deleted(version_instant(), which, key) }} is not null
            )
            or (
                {{ version_instant() }} = {{ last_deleted(version_instant(), which, key) }}
                and _batch_id <= {{ last_deleted('_batch_id', which, key) }}
            ),
            false
        )
        or coalesce(
            _batch_id <= {{ last_deleted(
                'case when updated_at is null then _batch_id end', which, key
            ) }},
            false
        )
    )
{%- endmacro %}


{% macro last_deleted(value, which, key) -%}
    max(case when is_deleted and {{ which }} then {{ value }} end) over (partition by {{ key }})
{%- endmacro %}
