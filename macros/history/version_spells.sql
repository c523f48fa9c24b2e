{# The spells during which the columns of a key stayed the same, made of all of its versions.

   relation  versions with the key, the columns, `version_at` (UTC), `is_dated`, `is_deleted`,
             `batch_id` and `version_row`
   since     what tells when a version begins: an instant, or a day, whose last version counts

   A spell holds from `valid_from` up to, not including, `valid_until` (null: until today). A
   version that changes nothing begins none, a late one takes its place by its time, a deletion
   ends the spell. Versions that begin together: the later `version_at`, then the later batch,
   then the later row. Undated versions count where no dated one does, as of their landing; an
   undated deletion where nothing landed after it. #}
{% macro version_spells(relation, key, columns, since='version_at') %}
    {% set of_key = 'partition by ' ~ key | join(', ') %}
    select
        {{ (key + columns) | join(', ') }},
        valid_from,
        valid_until
    from (
        select
            *,
            {{ since }} as valid_from,
            lead({{ since }}) over ({{ of_key }} order by {{ since }}) as valid_until
        from (
            select
                *,
                {% for column in ['is_deleted'] + columns -%}
                lag({{ column }}) over ({{ of_key }} order by {{ since }}) as previous_{{ column }},
                {% endfor -%}
                row_number() over ({{ of_key }} order by {{ since }}) as moment_number
            from (
                select *
                from (
                    select
                        *,
                        max(case when is_dated then 1 else 0 end) over ({{ of_key }}) as any_dated,
                        max(case when not is_deleted then batch_id end) over ({{ of_key }})
                            as last_sent_batch_id
                    from {{ relation }}
                ) as versions
                where
                    is_dated
                    or (not is_deleted and any_dated = 0)
                    or (is_deleted and batch_id >= coalesce(last_sent_batch_id, batch_id))
                qualify row_number() over (
                    {{ of_key }}, {{ since }}
                    order by version_at desc, batch_id desc, version_row desc
                ) = 1
            ) as last_of_moment
        ) as compared
        where
            moment_number = 1
            {% for column in ['is_deleted'] + columns -%}
            or previous_{{ column }} is distinct from {{ column }}
            {% endfor %}
    ) as spells
    where not is_deleted
{% endmacro %}


{# What version_spells needs of a raw table with `updated_at` and `is_deleted`: an undated version
   is known from its landing. #}
{% macro version_columns() %}
        coalesce(updated_at, _loaded_at) as version_time,
        case
            when updated_at is null then cast(0 as smallint)
            else updated_at_offset_minutes
        end as version_offset_minutes,
        updated_at is not null as is_dated,
        coalesce(is_deleted, false) as is_deleted,
        _source_row as version_row
{%- endmacro %}
