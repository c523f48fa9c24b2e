{# What was found out once in this run of dbt, by name: asking again for every import of every model
   took longer than building them. The graph is the one thing that all nodes of a run share. #}
{% macro _run_cache() %}
    {% if graph.get('run_cache_of') != invocation_id %}
        {% do graph.update({'run_cache_of': invocation_id, 'run_cache': {}}) %}
    {% endif %}
    {% do return(graph['run_cache']) %}
{% endmacro %}
