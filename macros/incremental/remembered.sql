{# What was found out once in this run of dbt, by name: asking again for every import of every model
   took longer than building them. The graph is the one thing that all nodes of a run share. #}
{% macro remembered() %}
    {% if graph.get('remembered_of') != invocation_id %}
        {% do graph.update({'remembered_of': invocation_id, 'remembered': {}}) %}
    {% endif %}
    {% do return(graph['remembered']) %}
{% endmacro %}
