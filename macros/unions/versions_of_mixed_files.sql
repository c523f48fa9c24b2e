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
        from {{ touched_keys.touched_rows(whole, touched_column) }}
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
