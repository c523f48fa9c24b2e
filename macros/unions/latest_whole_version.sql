{# The parts of each whole in its latest version: every version re-sends all parts, so a part
   that is no longer sent is gone; one that was deleted by name since is gone too. #}
{% macro latest_whole_version(relation, whole_key, part_key, touched_column=none) %}
    select * from (
        select
            *,
            {{ version_instant() }} as _version_instant,
            rank() over (
                partition by {{ whole_key | join(', ') }}
                order by
                    coalesce(is_deleted, false) asc,
                    {{ version_instant() }} desc nulls last,
                    _batch_id desc
            ) as _whole_rank,
            max(case when is_deleted then {{ version_instant() }} end) over (
                partition by {{ (whole_key + [part_key]) | join(', ') }}
            ) as _deleted_at,
            max(case when is_deleted then _batch_id end) over (
                partition by {{ (whole_key + [part_key]) | join(', ') }}
            ) as _deleted_batch_id
        from {{ touched_rows(relation, touched_column) if touched_column else relation }}
    ) as ranked
    where
        _whole_rank = 1
        and not coalesce(is_deleted, false)
        and (
            _deleted_batch_id is null
            or _version_instant > _deleted_at
            or (
                coalesce(_version_instant = _deleted_at, true)
                and _batch_id > _deleted_batch_id
            )
        )
    qualify row_number() over (
        partition by {{ (whole_key + [part_key]) | join(', ') }}
        order by _source_row desc
    ) = 1
{% endmacro %}
