{# Numbers for the parts of a whole of which some share one (`_part_number` above 1): the first
   keeps it, the others come behind the highest. #}
{% macro number_parts(relation, whole_key, part_key) %}
    {% set key = match_key(whole_key) | join(', ') %}
    select
        *,
        cast(
            case
                when _part_number = 1 then {{ part_key }}
                else
                    max({{ part_key }}) over (partition by {{ key }})
                    + sum(case when _part_number > 1 then 1 else 0 end) over (
                        partition by {{ key }}
                        order by {{ part_key }} asc, _part_number asc
                        rows between unbounded preceding and current row
                    )
            end as integer
        ) as part_number
    from {{ relation }}
{% endmacro %}
