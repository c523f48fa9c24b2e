{# The sources that are switched on, as a list in the order of the declaration. #}
{% macro enabled_sources() %}
    {% set asked = env_var('SOURCES', 'oms,wms,helpdesk,marketing').split(',') %}
    {% do return(var('source_entities').keys() | select('in', asked) | list) %}
{% endmacro %}
