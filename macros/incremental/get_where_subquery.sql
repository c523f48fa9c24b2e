{# What a generic test looks at: dbt's own answer, but for an incremental model, in a build, only
   what may have become wrong since everything was last built and found good. A test that was not
   there then, or asked otherwise, looks at all rows, and so does `dbt test`. #}
{% macro get_where_subquery(relation) -%}
    {% set rows = none %}
    {% if execute and flags.WHICH == 'build' %}
        {% set tested = graph.nodes.get(model.attached_node) %}
        {% if tested and tested.config.materialized == 'incremental' and was_good_then() %}
            {% set rows = rows_to_test(relation, tested.name) %}
        {% endif %}
    {% endif %}
    {% set where = config.get('where') %}
    {% if where %}
        {% set looked_at = '(' ~ rows ~ ') as looked_at' if rows else relation | string %}
        {% set rows = 'select * from ' ~ looked_at ~ ' where ' ~ where %}
    {% endif %}
    {% do return('(' ~ rows ~ ') as dbt_subquery' if rows else relation) %}
{%- endmacro %}


{# The query of the rows that a test has to look at; none for all rows. What it says of each row by
   itself, only the rows that came can have broken; uniqueness, only rows that equal one of them; a
   relation, only the rows that came and those whose partner went. #}
{% macro rows_to_test(relation, name) %}
    {% set asserted = model.test_metadata %}
    {% set column = asserted.kwargs.get('column_name') %}
    {# Queries of one column have no others that a `where` or an expression could ask for. #}
    {% set is_of_more = asserted.name in ('primary_key', 'unique', 'relationships')
        and (config.get('where') or column not in graph.nodes[model.attached_node].columns) %}
    {% if is_of_more or not only_this_run_changed(name) %}
        {% do return(none) %}
    {% endif %}
    {% set came = 'from ' ~ changes_of(name) ~ ' where _run_number = ' ~ run_number()
        ~ ' and _came' %}
    {% if asserted.name in ('holds', 'accepted_values', 'never_null', 'not_null') %}
        {% do return('select * ' ~ came) %}
    {% elif asserted.name in ('primary_key', 'unique') %}
        {# What is null has no equals, and must be found all the same. #}
        {% do return(
            'select ' ~ column ~ ' from ' ~ relation ~ ' where ' ~ column ~ ' in (select ' ~ column
            ~ ' ' ~ came ~ ') union all select ' ~ column ~ ' ' ~ came ~ ' and ' ~ column
            ~ ' is null'
        ) %}
    {% elif asserted.name == 'unique_combination' %}
        {% set key = graph.nodes[model.attached_node].config.meta.touched_key %}
        {% set columns = asserted.kwargs.columns %}
        {% set equal = key if key in columns else row_hash(columns) %}
        {% do return(
            'select * from ' ~ relation ~ ' where ' ~ equal ~ ' in (select ' ~ equal ~ ' ' ~ came
            ~ ')'
        ) %}
    {% elif asserted.name == 'relationships' %}
        {% set queries = ['select ' ~ column ~ ' ' ~ came] %}
        {% set field = asserted.kwargs.field %}
        {% set others = model.depends_on.nodes | reject('equalto', model.attached_node) | list %}
        {# A relation of a table to itself is one too. #}
        {% for partner in others or [model.attached_node] %}
            {% set partner_name = graph.nodes[partner].name %}
            {% if not partner.startswith('model.') or not changes_are_asked_for(partner)
                or not only_this_run_changed(partner_name) %}
                {% do return(none) %}
            {% endif %}
            {% do queries.append(
                'select ' ~ column ~ ' from ' ~ relation ~ ' where ' ~ column ~ ' in (select '
                ~ field ~ ' from ' ~ changes_of(partner_name) ~ ' where _run_number = '
                ~ run_number() ~ ' group by ' ~ field
                ~ ' having max(case when _came then 1 else 0 end) = 0)'
            ) %}
        {% endfor %}
        {% do return(queries | join(' union all ')) %}
    {% endif %}
    {% do return(none) %}
{% endmacro %}


{# Whether all that changed in a model since the last good build was changed by this run: only then
   its changes are its rows' difference. A row that came and went again between would be judged. #}
{% macro only_this_run_changed(name) %}
    {% set since = last_good_run_number() %}
    {% set last = last_model_run(name) %}
    {% do return(
        since != -1 and last is not none and last['rebuilt_in'] <= since
        and last['built_before_in'] <= since
    ) %}
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
