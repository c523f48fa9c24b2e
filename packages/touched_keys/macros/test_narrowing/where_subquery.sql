{# What a generic test looks at: dbt's own answer, but for an incremental model, in a build, only
   what may have become wrong since everything was last built and found good. A test that was not
   there then, or asked otherwise, looks at all rows, and so does `dbt test`. #}
{% macro where_subquery(relation) -%}
    {% set rows = none %}
    {% if execute and flags.WHICH == 'build' %}
        {% set tested = graph.nodes.get(model.attached_node) %}
        {% if tested and tested.config.materialized == 'incremental'
            and touched_keys._passed_in_last_good_build() %}
            {% set rows = touched_keys._rows_to_test(relation, tested.name) %}
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
   itself, only inserted rows can have broken; uniqueness, only rows that equal one of them; a
   relation, only inserted rows and those whose partner was deleted. #}
{% macro _rows_to_test(relation, name) %}
    {% set asserted = model.test_metadata %}
    {% set column = asserted.kwargs.get('column_name') %}
    {# Queries of one column have no others that a `where` or an expression could ask for. #}
    {% set is_of_more = asserted.name in ('primary_key', 'unique', 'relationships')
        and (config.get('where') or column not in graph.nodes[model.attached_node].columns) %}
    {% if is_of_more or not touched_keys._changed_only_in_this_run(name) %}
        {% do return(none) %}
    {% endif %}
    {% set inserted = 'from ' ~ touched_keys.changed_rows_of(name) ~ ' where _run_number = '
        ~ touched_keys._run_number() ~ ' and _is_inserted' %}
    {% if asserted.name in (
        'expression_is_true', 'accepted_values', 'never_null', 'not_null'
    ) %}
        {% do return('select * ' ~ inserted) %}
    {% elif asserted.name in ('primary_key', 'unique') %}
        {# What is null has no equals, and must be found all the same. #}
        {% do return(
            'select ' ~ column ~ ' from ' ~ relation ~ ' where ' ~ column ~ ' in (select ' ~ column
            ~ ' ' ~ inserted ~ ') union all select ' ~ column ~ ' ' ~ inserted ~ ' and ' ~ column
            ~ ' is null'
        ) %}
    {% elif asserted.name == 'unique_combination' %}
        {% do return(touched_keys._equal_to(relation, asserted.kwargs.columns, inserted)) %}
    {% elif asserted.name == 'relationships' %}
        {% do return(touched_keys._rows_with_changed_partner(
            relation, column, asserted.kwargs.field, inserted
        )) %}
    {% endif %}
    {% do return(none) %}
{% endmacro %}


{# The rows that equal an inserted one in these columns, nulls too: `in` finds none. #}
{% macro _equal_to(relation, columns, inserted) %}
    {% set key = graph.nodes[model.attached_node].config.meta.touched_key %}
    {% set equal = [] %}
    {% for column in ([key] if key in columns else columns) %}
        {% do equal.append('tested.' ~ column ~ ' is not distinct from inserted.' ~ column) %}
    {% endfor %}
    {% do return(
        'select tested.* from ' ~ relation ~ ' as tested semi join (select * ' ~ inserted
        ~ ') as inserted on ' ~ equal | join(' and ')
    ) %}
{% endmacro %}


{# The inserted rows and those that a deleted row of the other table may have left alone; none where
   the other's changed rows do not tell. #}
{% macro _rows_with_changed_partner(relation, column, field, inserted) %}
    {% set queries = ['select ' ~ column ~ ' ' ~ inserted] %}
    {% set others = model.depends_on.nodes | reject('equalto', model.attached_node) | list %}
    {# A relation of a table to itself is one too. #}
    {% for partner in others or [model.attached_node] %}
        {% set name = graph.nodes[partner].name %}
        {% if not partner.startswith('model.') or not touched_keys._keeps_changed_rows(partner)
            or not touched_keys._changed_only_in_this_run(name) %}
            {% do return(none) %}
        {% endif %}
        {% do queries.append(
            'select ' ~ column ~ ' from ' ~ relation ~ ' where ' ~ column ~ ' in (select ' ~ field
            ~ ' from ' ~ touched_keys.changed_rows_of(name) ~ ' where _run_number = '
            ~ touched_keys._run_number() ~ ' group by ' ~ field
            ~ ' having max(case when _is_inserted then 1 else 0 end) = 0)'
        ) %}
    {% endfor %}
    {% do return(queries | join(' union all ')) %}
{% endmacro %}
