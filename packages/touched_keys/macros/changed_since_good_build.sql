{# For a singular test, what where_subquery says to a generic one: holds for the rows of these
   models with a `column` of which any row changed in any of them. #}
{% macro changed_since_good_build(column, names) %}
    {% if not execute or flags.WHICH != 'build' or touched_keys._last_good_run_number() == -1
        or not touched_keys._passed_in_last_good_build() %}
        {% do return('true') %}
    {% endif %}
    {% set since = touched_keys._last_good_run_number() %}
    {% set changed = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.name in names %}
        {% if touched_keys._keeps_changed_rows(node.unique_id)
            and not touched_keys._was_rebuilt_after(node.name, since) %}
            {% do changed.append(
                'select ' ~ column ~ ' from ' ~ touched_keys.changed_rows_of(node.name)
                ~ ' where _run_number > ' ~ since
            ) %}
        {% endif %}
    {% endfor %}
    {% if changed | length < names | length %}
        {% do return('true') %}
    {% endif %}
    {% do return(column ~ ' in (' ~ changed | join(' union all ') ~ ')') %}
{% endmacro %}
