{# Score from 1 to 5 of a value among the rows of its partition, 5 for the greatest value. Equal values share a
   score, a greater one is never lower: 3 when all are equal, 5 for the greatest, else one more than the fifths of
   the rows that are strictly lower. #}
{% macro rfm_score(value, partition_by) -%}
    case
        when min({{ value }}) over (partition by {{ partition_by }})
            = max({{ value }}) over (partition by {{ partition_by }}) then 3
        when {{ value }} = max({{ value }}) over (partition by {{ partition_by }}) then 5
        -- rank() counts the strictly lower ones; a row number would split equals over two scores.
        else 1 + cast(
            floor(
                5.0 * (rank() over (partition by {{ partition_by }} order by {{ value }} asc) - 1)
                / count(*) over (partition by {{ partition_by }})
            ) as integer
        )
    end
{%- endmacro %}
