{# A table that is built anew is written in the order of `meta.ordered_by`, as a rule a column of
   time. A query of one month then skips the rest, and what a day touches stands together, as in a
   table that grew day by day: few of its blocks are read. #}
{% macro duckdb__create_table_as(
    temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none
) -%}
    {% set order = model.config.meta.ordered_by if not temporary %}
    {% if order %}
        {% set compiled_code = compiled_code ~ '\norder by ' ~ order %}
    {% endif %}
    {{ dbt.duckdb__create_table_as(
        temporary, relation, compiled_code, language, partitioned_by, sorted_by
    ) }}
{%- endmacro %}
