{# All enabled sources' rows of an entity, in the entity's columns and types; typed and empty
   when no source brings any. The only place that knows which staging models feed a union. #}
{% macro union_entity(entity, of_changes=false) %}
    {% set columns = dict(entity_columns(entity)) %}
    {% if of_changes %}
        {% do columns.update({'_run_number': 'bigint', '_came': 'boolean'}) %}
    {% endif %}
    {% set parts = [] %}
    {% for source_name in enabled_sources() if entity in var('source_entities')[source_name] %}
        {% set staging = 'stg_' ~ source_name ~ '__' ~ entity %}
        {% do parts.append((source_name, changes_of(staging) if of_changes else ref(staging))) %}
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
