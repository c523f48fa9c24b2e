{# The values of a group in one text, sorted. dbt's listagg loses the order on Spark. #}
{% macro sorted_list(value, separator) -%}
    {{ adapter.dispatch('sorted_list', 'commerce_warehouse')(value, separator) }}
{%- endmacro %}

{% macro default__sorted_list(value, separator) -%}
    string_agg({{ value }}, {{ separator }} order by {{ value }})
{%- endmacro %}

{% macro spark__sorted_list(value, separator) -%}
    array_join(sort_array(collect_list({{ value }})), {{ separator }})
{%- endmacro %}
