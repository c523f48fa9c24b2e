{# The number of this run of dbt: each is higher than the one before. -1 when nothing runs, or
   none is noted. #}
{% macro _run_number() %}
    {% if not execute or flags.WHICH not in ('build', 'run', 'seed', 'test')
        or not touched_keys._keeps_ledger() %}
        {% do return(-1) %}
    {% endif %}
    {% if 'run_number' not in touched_keys._run_cache() %}
        {% set found = run_query(
            "select run_number from operations.dbt_invocations where invocation_id = '"
            ~ invocation_id ~ "'"
        ) %}
        {% do touched_keys._run_cache().update(
            {'run_number': found.columns[0].values()[0] | int}
        ) %}
    {% endif %}
    {% do return(touched_keys._run_cache()['run_number']) %}
{% endmacro %}
