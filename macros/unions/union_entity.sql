{# All enabled sources' rows of an entity, in the entity's columns and types; typed and empty
   when no source brings any. The only place that knows which staging models feed a union. #}
{% macro union_entity(entity) %}
    {% set columns = entity_columns(entity) %}
    {% set parts = [] %}
    {% for source_name in enabled_sources() if entity in var('source_entities')[source_name] %}
        {% do parts.append((source_name, ref('stg_' ~ source_name ~ '__' ~ entity))) %}
    {% endfor %}

select
    {% for name, type in columns.items() -%}
    cast(null as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
    {% endfor %}
where false
    {%- for source_name, relation in parts %}

union all

select
        {% for name, type in columns.items() -%}
        {% set value = "'" ~ source_name ~ "'" if name == 'source' else name -%}
        cast({{ value }} as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
from {{ relation }}
    {%- endfor %}
{% endmacro %}
