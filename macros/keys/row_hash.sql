{# One number for a combination of columns, nulls included, to find rows that may be equal: `in`
   finds no null, and surrogate_key writes a text for every row, four times as long or more.
   Different rows may share a number. #}
{% macro row_hash(columns) -%}
    {{ adapter.dispatch('row_hash', 'commerce_warehouse')(columns) }}
{%- endmacro %}


{% macro default__row_hash(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}


{% macro spark__row_hash(columns) -%}
    xxhash64({{ columns | join(', ') }})
{%- endmacro %}
