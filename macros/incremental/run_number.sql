{# The number of this run of dbt: each is higher than the one before. -1 when nothing runs. #}
{% macro run_number() %}
    {% if not execute or flags.WHICH not in ('build', 'run', 'seed', 'test') %}
        {% do return(-1) %}
    {% endif %}
    {% if 'run_number' not in remembered() %}
        {% set found = run_query(
            "select run_number from operations.dbt_invocations where invocation_id = '"
            ~ invocation_id ~ "'"
        ) %}
        {% do remembered().update({'run_number': found.columns[0].values()[0] | int}) %}
    {% endif %}
    {% do return(remembered()['run_number']) %}
{% endmacro %}
