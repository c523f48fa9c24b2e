{# What a generic test looks at: dbt's own answer, but for an incremental model, in a build, only
   the keys that changed since everything was last built and found good, and what a change may have
   made wrong elsewhere. `dbt test` looks at all rows. #}
{% macro get_where_subquery(relation) -%}
    {% set conditions = [] %}
    {% if config.get('where') %}
        {% do conditions.append('(' ~ config.get('where') ~ ')') %}
    {% endif %}
    {% if execute and flags.WHICH == 'build' %}
        {% set tested = graph.nodes.get(model.attached_node) %}
        {% if tested and tested.config.materialized == 'incremental' %}
            {% set since = last_good_run_number() %}
            {% if since != -1 and not was_rebuilt_after(tested.name, since) %}
                {% set looked_at = rows_to_test(tested, since) %}
                {% if looked_at %}
                    {% do conditions.append('(' ~ looked_at | join(' or ') ~ ')') %}
                {% endif %}
            {% endif %}
        {% endif %}
    {% endif %}
    {% if conditions %}
        {% do return(
            '(select * from ' ~ relation ~ ' where ' ~ conditions | join(' and ')
            ~ ') as dbt_subquery'
        ) %}
    {% endif %}
    {% do return(relation) %}
{%- endmacro %}


{# The conditions of rows that may be wrong since a run, none for all rows: those of changed keys;
   for uniqueness also the rows that stand and equal a changed one under another key; for a relation
   also the rows whose partner changed. A partner whose changes nobody keeps may have lost any. #}
{% macro rows_to_test(tested, since) %}
    {% set changed = ' from ' ~ changes_of(tested.name) ~ ' where _run_number > ' ~ since ~ ')' %}
    {% set key = tested.config.meta.touched_key %}
    {% set found = [key ~ ' in (select ' ~ key ~ changed] %}
    {% set asserted = model.test_metadata %}
    {% if asserted.name in ('primary_key', 'unique', 'unique_combination') %}
        {% set columns = asserted.kwargs.get('columns') or [asserted.kwargs.column_name] %}
        {% set columns = columns | join(', ') %}
        {% do found.append('(' ~ columns ~ ') in (select ' ~ columns ~ changed) %}
    {% elif asserted.name == 'relationships' %}
        {% for partner in model.depends_on.nodes if partner != model.attached_node %}
            {% set name = graph.nodes[partner].name %}
            {% set is_kept = partner.startswith('model.') and changes_are_asked_for(partner) %}
            {% if not is_kept or was_rebuilt_after(name, since) %}
                {% do return([]) %}
            {% endif %}
            {% do found.append(
                asserted.kwargs.column_name ~ ' in (select ' ~ asserted.kwargs.field ~ ' from '
                ~ changes_of(name) ~ ' where _run_number > ' ~ since ~ ')'
            ) %}
        {% endfor %}
    {% endif %}
    {% do return(found) %}
{% endmacro %}


{# For a test of our own, what get_where_subquery says to a generic one: holds for the rows of these
   models with a `column` of which any row changed in any of them. #}
{% macro changed_since_good_build(column, names) %}
    {% if not execute or flags.WHICH != 'build' or last_good_run_number() == -1 %}
        {% do return('true') %}
    {% endif %}
    {% set changed = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name in names %}
        {% if changes_are_asked_for(node.unique_id)
            and not was_rebuilt_after(node.name, last_good_run_number()) %}
            {% do changed.append(
                'select ' ~ column ~ ' from ' ~ changes_of(node.name)
                ~ ' where _run_number > ' ~ last_good_run_number()
            ) %}
        {% endif %}
    {% endfor %}
    {% if changed | length < names | length %}
        {% do return('true') %}
    {% endif %}
    {% do return(column ~ ' in (' ~ changed | join(' union all ') ~ ')') %}
{% endmacro %}


{# The last `dbt build` of everything in which every node came out well; -1 when there was none. #}
{% macro last_good_run_number() %}
    {% if 'last_good_run_number' not in remembered() %}
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
        {% do remembered().update(
            {'last_good_run_number': run_query(found).columns[0].values()[0] | int}
        ) %}
    {% endif %}
    {% do return(remembered()['last_good_run_number']) %}
{% endmacro %}


{% macro was_rebuilt_after(name, since) %}
    {% set asked = 'rebuilt after ' ~ since ~ ' ' ~ name %}
    {% if asked not in remembered() %}
        {% set found = run_query(
            "select 1 from operations.model_runs where model = '" ~ name ~ "' and is_rebuilt"
            ~ " and run_number > " ~ since ~ " limit 1"
        ) %}
        {% do remembered().update({asked: found.rows | length > 0}) %}
    {% endif %}
    {% do return(remembered()[asked]) %}
{% endmacro %}
