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
        {% if execute and not of_changes %}
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
    {% if run_number() == -1 or standing is none or (
        last_model_run(staging.identifier) is not none
        and not was_rebuilt_after(staging.identifier, last_good_run_number())
    ) %}
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
