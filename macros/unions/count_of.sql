{# A count of rows of an entity: zero where there are none, null for a source that brings none at
   all. #}
{% macro count_of(entity, count) -%}
    {%- set bringing = [] -%}
    {%- for source_name in enabled_sources() if entity in var('source_entities')[source_name] -%}
        {%- do bringing.append("'" ~ source_name ~ "'") -%}
    {%- endfor -%}
    {%- if bringing -%}
    case when source in ({{ bringing | join(', ') }}) then coalesce({{ count }}, 0) end
    {%- else -%}
    cast(null as bigint)
    {%- endif -%}
{%- endmacro %}
