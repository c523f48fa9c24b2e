{# Before a run: forgets what nobody will ask for any more. Changes are kept until every incremental
   model has taken them and a whole build was found good; how nodes came out, since that build. #}
{% macro _forget_old_changes() %}
    {% if not execute or touched_keys._run_number() == -1 %}
        {% do return('') %}
    {% endif %}
    {% set present = ["''"] %}
    {% for node in graph.nodes.values() if node.resource_type in ('model', 'seed') %}
        {% do present.append("'" ~ node.name ~ "'") %}
    {% endfor %}
    {# A model that is switched off is built anew when it is back: it missed what changed. #}
    delete from operations.model_runs where model not in ({{ present | join(', ') }});
    {% set names = [] %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'model' and node.config.materialized == 'incremental' %}
        {% do names.append("'" ~ node.name ~ "'") %}
    {% endfor %}
    {% set good = touched_keys._last_good_run_number() %}
    {% if names and good != -1 %}
        {% set taken = run_query(
            'select coalesce(min(run_number), -1) from ('
            ~ 'select model, max(run_number) as run_number from operations.model_runs'
            ~ ' where model in (' ~ names | join(', ') ~ ') group by model) as last_runs'
        ).columns[0].values()[0] | int %}
        {% set known = run_query(
            "select table_name from duckdb_tables() where schema_name = 'changed_rows'"
        ) %}
        delete from operations.forgotten_changes;
        insert into operations.forgotten_changes values ({{ [taken, good] | min }});
        {% for table_name in known.columns[0].values() %}
            delete from {{ touched_keys.changed_rows_of(table_name) }}
            where _run_number <= {{ [taken, good] | min }};
        {% endfor %}
        delete from operations.model_runs as runs
        where
            run_number < {{ [taken, good] | min }}
            and run_number < (
                select max(later.run_number) from operations.model_runs as later
                where later.model = runs.model
            );
        delete from operations.dbt_results where invocation_id in (
            select invocation_id from operations.dbt_invocations where run_number < {{ good }}
        );
    {% endif %}
{% endmacro %}
