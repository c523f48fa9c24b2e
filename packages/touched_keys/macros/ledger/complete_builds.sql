{# Whether this is a `dbt build` of everything: nothing selected, nothing left out but unit
   tests. #}
{% macro _is_complete_build() %}
    {% set arguments = invocation_args_dict %}
    {% set left_out = arguments.get('exclude_resource_types') or [] %}
    {% do return(
        flags.WHICH == 'build'
        and not arguments.get('exclude')
        and not arguments.get('selector')
        and not arguments.get('resource_types')
        and not arguments.get('empty')
        and (arguments.get('select') or []) | list in [[], ['fqn:*']]
        and left_out | list in [[], ['unit_test']]
    ) %}
{% endmacro %}


{# Whether every model and seed came up: `dbt retry` says that it is the build that it goes on
   with, and runs what that one left. #}
{% macro _covers_everything(results) %}
    {% set ran = {} %}
    {% for result in results %}
        {% do ran.update({result.node.unique_id: true}) %}
    {% endfor %}
    {% for node in graph.nodes.values() if node.resource_type in ('model', 'seed') %}
        {% if node.unique_id not in ran and node.config.materialized != 'ephemeral' %}
            {% do return(false) %}
        {% endif %}
    {% endfor %}
    {% do return(true) %}
{% endmacro %}


{# The last `dbt build` of everything in which every node came out well; -1 when there was none. #}
{% macro _last_good_run_number() %}
    {% if not touched_keys._keeps_ledger() %}
        {% do return(-1) %}
    {% endif %}
    {% if 'last_good_run_number' not in touched_keys._run_cache() %}
        {% set found %}
            select coalesce(max(run_number), -1) from operations.dbt_invocations
            where
                is_complete
                and has_ended
                and invocation_id not in (
                    select invocation_id from operations.dbt_results
                    where status in ('error', 'fail', 'runtime error', 'skipped')
                )
        {% endset %}
        {% do touched_keys._run_cache().update(
            {'last_good_run_number': run_query(found).columns[0].values()[0] | int}
        ) %}
    {% endif %}
    {% do return(touched_keys._run_cache()['last_good_run_number']) %}
{% endmacro %}


{# Whether a model was built anew since then; false where no run is recorded. #}
{% macro was_rebuilt_since_good_build(name) %}
    {% do return(
        touched_keys._run_number() != -1 and (
            touched_keys._last_model_run(name) is none
            or touched_keys._was_rebuilt_after(name, touched_keys._last_good_run_number())
        )
    ) %}
{% endmacro %}


{# Whether this run, which comes to its end, was a build of everything. #}
{% macro built_everything() %}
    {% do return(
        touched_keys._is_complete_build() and touched_keys._covers_everything(results)
    ) %}
{% endmacro %}
