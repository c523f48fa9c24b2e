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
            coalesce(_delivery, cast(_batch_id as varchar)) as _delivered_in,
            coalesce(is_deleted, false) as _is_deleted
        from {{ touched_rows(relation, touched_column) }}

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
            partition by {{ key }}, {{ part_key }}, {{ columns | join(', ') }}
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


{# CTEs down to `mixed_versions`: for the rows of deliveries that brought a whole in two files, or
   with two stamps, the version that they belong to. They are few, which keeps this cheap. #}
{% macro _versions_of_mixed_files(whole, whole_hash, key, part_key, touched_column) %}
    mixed as (

        select _whole_hash
        from sent
        where not _is_deleted
        group by _whole_hash, _delivered_in
        having
            min(_batch_id) < max(_batch_id)
            or min(_row_instant) < max(_row_instant)
            or count(_row_instant) not in (0, count(*))

    ),

    whole_stamps as (

        select distinct
            {{ whole_hash }} as _whole_hash,
            {{ version_instant() }} as _row_instant
        from {{ touched_rows(whole, touched_column) }}
        where
            updated_at is not null
            and {{ whole_hash }} in (select mixed._whole_hash from mixed)

    ),

    matched as (

        select
            sent.*,
            case when whole_stamps._whole_hash is null then 0 else 1 end as _is_whole_stamp,
            case
                when sent._whole_hash in (select whole_stamps._whole_hash from whole_stamps) then 1
                else 0
            end as _whole_has_stamps
        from sent
        left join whole_stamps
            on
                sent._whole_hash = whole_stamps._whole_hash
                and sent._row_instant = whole_stamps._row_instant
        where sent._whole_hash in (select mixed._whole_hash from mixed)

    ),

    gathered as (

        select
            *,
            case
                when max(_is_in_two_files) over delivery = 0 then max(_batch_id) over delivery
                else _batch_id
            end as _sending
        from (
            select
                *,
                case when min(_batch_id) over part < max(_batch_id) over part then 1 else 0 end
                    as _is_in_two_files
            from matched
            window part as (partition by {{ key }}, _is_deleted, _delivered_in, {{ part_key }})
        ) as delivered
        window delivery as (partition by {{ key }}, _is_deleted, _delivered_in)

    ),

    mixed_versions as (

        select
            _batch_id,
            _source_row,
            _sending,
            case
                when min(_is_whole_stamp) over sending = 1 then _row_instant
                when
                    max(_has_two_stamps) over sending = 1
                    and max(_is_whole_stamp) over sending = _whole_has_stamps
                    then _row_instant
                else max(_row_instant) over sending
            end as _version_instant
        from (
            select
                *,
                case
                    when min(_row_instant) over part < max(_row_instant) over part then 1
                    else 0
                end as _has_two_stamps
            from gathered
            window part as (partition by {{ key }}, _is_deleted, _sending, {{ part_key }})
        ) as stamped
        window sending as (partition by {{ key }}, _is_deleted, _sending)

    )
{% endmacro %}
