{# The sources that are switched on, as a list in the order of the declaration. One that the
   declaration does not have would build nothing, and nobody would hear of it. #}
{% macro enabled_sources() %}
    {% set asked = env_var('SOURCES', 'oms,wms,helpdesk,marketing').split(',') %}
    {% set known = var('source_entities').keys() | list %}
    {% for name in asked if name and name not in known %}
        {% do exceptions.raise_compiler_error(
            "SOURCES names '" ~ name ~ "', and source_entities in dbt_project.yml does not: add a"
            ~ ' line with the entities that it brings. Known: ' ~ known | join(',')
        ) %}
    {% endfor %}
    {% do return(known | select('in', asked) | list) %}
{% endmacro %}
