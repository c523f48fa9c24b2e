{# Typed nulls for the columns of an entity that a source does not have: never zero, never
   invented. #}
{% macro lacks(entity, names) -%}
    {%- set columns = entity_columns(entity) -%}
    {%- for name in names %}
    cast(null as {{ columns[name] }}) as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
