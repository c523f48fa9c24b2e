{# The parts of each whole in its latest version: every version re-sends all parts, so a part
   that is no longer sent is gone; one that was deleted by name since is gone too. Parts of one
   version that share a name and differ in `columns` are all kept; `_part_number` counts them.

   Rows that come together are one version: those of one file, and those of files of one delivery
   that have no part in common (a list cut in two). One file holds several versions where a part
   comes with two stamps, or where every stamp is one of the whole's own, which `whole` (the raw
   table of the wholes) tells. Else its stamps are the parts' own, and say nothing of the whole. #}
{% macro latest_whole_version(relation, whole, whole_key, part_key, columns, touched_column) %}
    {% set key = match_key(whole_key) | join(', ') %}
    {% set whole_hash = row_hash(match_key(whole_key)) %}
    with sent as (

        select
            *,
            {{ version_instant() }} as _row_instant,
            {{ whole_hash }} as _whole_hash,
            coalesce(_delivery, cast(_batch_id as string)) as _delivered_in,
            coalesce(is_deleted, false) as _is_deleted
        from {{ touched_keys.touched_rows(relation, touched_column) }}

    ),

    {{ _versions_of_mixed_files(whole, whole_hash, key, part_key, touched_column) }},

    versioned as (

        select
            sent.*,
            coalesce(mixed_versions._sending, sent._batch_id) as _sending,
            case
                when mixed_versions._batch_id is null then sent._row_instant
                else mixed_versions._version_instant
            end as _version_instant
        from sent
        left join mixed_versions
            on
                sent._batch_id = mixed_versions._batch_id
                and sent._source_row = mixed_versions._source_row

    ),

    ranked as (

        select
            *,
            rank() over (
                partition by {{ key }}
                order by
                    _is_deleted asc,
                    _version_instant desc nulls last,
                    _sending desc
            ) as _whole_rank,
            max(case when _is_deleted then _row_instant end) over part as _deleted_at,
            max(case when _is_deleted then _batch_id end) over part as _deleted_batch_id,
            max(case when not _is_deleted then _row_instant end) over part_sent
                as _part_instant
        from versioned
        window
            part as (partition by {{ key }}, {{ part_key }}),
            part_sent as (partition by {{ key }}, {{ part_key }}, _sending, _version_instant)

    ),

    latest as (

        select * from ranked
        where
            _whole_rank = 1
            and not _is_deleted
            and _row_instant is not distinct from _part_instant
            and (
                _deleted_batch_id is null
                or _row_instant > _deleted_at
                or (
                    coalesce(_row_instant = _deleted_at, true)
                    and _batch_id > _deleted_batch_id
                )
            )
        qualify row_number() over (
            partition by {{ key }}, {{ part_key }}, {{ match_key(columns) | join(', ') }}
            order by _batch_id desc, _source_row asc
        ) = 1

    )

    select
        *,
        row_number() over (
            partition by {{ key }}, {{ part_key }} order by _batch_id asc, _source_row asc
        ) as _part_number
    from latest
{% endmacro %}
