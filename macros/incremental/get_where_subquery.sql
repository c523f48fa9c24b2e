{# What a generic test looks at: dbt's own answer, but for an incremental model, in a build, only
   the keys that changed since everything was last built and found good, and what a change may have
   made wrong elsewhere. A test that was not there then, or asked otherwise, looks at all rows, and
   so does `dbt test`. #}
{% macro get_where_subquery(relation) -%}
    {% set conditions = [] %}
    {% if config.get('where') %}
        {% do conditions.append('(' ~ config.get('where') ~ ')') %}
    {% endif %}
    {% if execute and flags.WHICH == 'build' %}
        {% set tested = graph.nodes.get(model.attached_node) %}
        {% if tested and tested.config.materialized == 'incremental' %}
            {% set since = last_good_run_number() %}
            {% if since != -1 and not was_rebuilt_after(tested.name, since) and was_good_then() %}
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
        {# What equals a changed row in its key is found by that already. #}
        {% if key not in columns %}
            {% set hashed = row_hash(columns) %}
            {% do found.append(hashed ~ ' in (select ' ~ hashed ~ changed) %}
        {% endif %}
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
    {% if not execute or flags.WHICH != 'build' or last_good_run_number() == -1
        or not was_good_then() %}
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
