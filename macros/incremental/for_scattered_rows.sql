{# Statements that fetch few rows from many places of a wide table. DuckDB passes over what lies
   before the first row found and behind the last; told to, it looks for each by its number. That is
   told to these statements alone: it looks so in every join, and where there are many keys that
   takes longer than it saves. One that fails leaves the setting to its connection: slower, not
   wrong. #}
{% macro for_scattered_rows(statements) -%}
    {{ adapter.dispatch('for_scattered_rows', 'commerce_warehouse')(statements) }}
{%- endmacro %}


{% macro default__for_scattered_rows(statements) -%}
    set session dynamic_or_filter_threshold = 20000;
    {{ statements }}
    reset session dynamic_or_filter_threshold;
{%- endmacro %}


{% macro spark__for_scattered_rows(statements) -%}
    {{ statements }}
{%- endmacro %}
