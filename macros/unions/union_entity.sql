{# All enabled sources' rows of an entity, in the entity's columns and types; typed and empty
   when no source brings any. The only place that knows which staging models feed a union. #}
{% macro union_entity(entity, of_changed_rows=false) %}
    {% set columns = dict(entity_columns(entity)) %}
    {% if of_changed_rows %}
        {% do columns.update(touched_keys.changed_rows_columns()) %}
    {% endif %}
    {% set parts = [] %}
    {% for source_name in enabled_sources() if entity in var('source_entities')[source_name] %}
        {% set staging = 'stg_' ~ source_name ~ '__' ~ entity %}
        {% do parts.append((
            source_name,
            touched_keys.changed_rows_of(staging) if of_changed_rows else ref(staging)
        )) %}
        {% if execute and not of_changed_rows %}
            {% do names_what_lacks(ref(staging), entity) %}
        {% endif %}
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


{# Breaks off where a staging model does not give a column of its entity, and says which: the engine
   would name one column, and not the model. It looks only where the model was built anew since
   everything was last found good. #}
{% macro names_what_lacks(staging, entity) %}
    {% set standing = adapter.get_relation(staging.database, staging.schema, staging.identifier) %}
    {% if standing is none
        or not touched_keys.was_rebuilt_since_good_build(staging.identifier) %}
        {% do return(none) %}
    {% endif %}
    {% set given = adapter.get_columns_in_relation(standing) | map(attribute='name') | map('lower')
        | list %}
    {% set lacking = [] %}
    {% for name in entity_columns(entity) if name not in given + ['source'] %}
        {% do lacking.append(name) %}
    {% endfor %}
    {% if lacking %}
        {% set listed = namespace(lines=[], line='') %}
        {% for name in lacking %}
            {% if listed.line | length + name | length > 76 %}
                {% do listed.lines.append(listed.line) %}
                {% set listed.line = '' %}
            {% endif %}
            {% set listed.line = (listed.line ~ " '" ~ name ~ "',") | trim %}
        {% endfor %}
        {% do exceptions.raise_compiler_error(
            staging.identifier ~ ' lacks ' ~ lacking | join(', ') ~ ': add what the source has of'
            ~ ' it, and write the rest in its select (macros/columns/ lists the columns of '
            ~ entity ~ '):\n        {{ lacks(\'' ~ entity ~ "', [\n            "
            ~ (listed.lines + [listed.line]) | join('\n            ') ~ '\n        ]) }},'
        ) %}
    {% endif %}
{% endmacro %}
