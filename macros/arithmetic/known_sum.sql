{# The sum of a column, null when one of its values is unknown: what is left would pass for all. #}
{% macro known_sum(amount) -%}
    case when count({{ amount }}) = count(*) then sum({{ amount }}) end
{%- endmacro %}
