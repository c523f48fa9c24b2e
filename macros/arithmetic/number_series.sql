{# Whole numbers from 0 to one less than the given, one row each; stands in a select list. #}
{% macro number_series(count) -%}
    {{ adapter.dispatch('number_series', 'commerce_warehouse')(count) }}
{%- endmacro %}

{% macro default__number_series(count) -%}
    unnest(range({{ count }}))
{%- endmacro %}

{% macro spark__number_series(count) -%}
    explode(case when {{ count }} > 0 then sequence(0, {{ count }} - 1) end)
{%- endmacro %}
