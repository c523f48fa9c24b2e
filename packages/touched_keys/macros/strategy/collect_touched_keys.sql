{% macro _touched_keys_table() -%}
    touched_keys_of_{{ this.identifier }}
{%- endmacro %}


{# Before an incremental model is built: which of its keys anything upstream has touched since it
   was built last. How a changed row of an upstream relation leads to keys is an expression over the
   relation `changed_rows`, or a query from it. #}
{% macro collect_touched_keys() %}
    {% if not execute or model.config.materialized != 'incremental'
        or not touched_keys._keeps_ledger() %}
        {% do return('') %}
    {% endif %}
    {# Asked for in a full build too: what a mapping gets wrong is told by the first. #}
    {% set keys = touched_keys._upstream_keys(model) %}
    {% if is_incremental() %}
        {% if not keys %}
            {% do exceptions.raise_compiler_error(
                'Nothing that ' ~ model.name ~ ' reads has its touched key as a column ('
                ~ model.config.meta.touched_key ~ '): say in meta.touched_by what leads to it'
            ) %}
        {% endif %}
        {% set last = touched_keys._last_model_run(this.identifier) %}
        create or replace temporary table {{ touched_keys._touched_keys_table() }} as
        select distinct touched_key
        from (
            {% for name, how in keys.items() -%}
            {% set changed_rows = touched_keys._changed_rows_since(name, last) -%}
            {% if how.startswith('select ') -%}
            select touched_key
            from (
                with changed_rows as {{ changed_rows }}
                {{ touched_keys._with_relations(how) }}
            ) as found (touched_key)
            {% else -%}
            select {{ how }} as touched_key from {{ changed_rows }} as changed_rows
            {% endif -%}
            {{ 'union all' if not loop.last }}
            {% endfor %}
        ) as found_keys
        where touched_key is not null;
    {% endif %}
{% endmacro %}


{# A query of `meta.touched_by`, which stands in the model's configuration and cannot call ref(): it
   names relations in braces. #}
{% macro _with_relations(query) %}
    {% set found = namespace(query=query) %}
    {% for upstream in model.refs %}
        {% set found.query = found.query
            | replace('{' ~ upstream.name ~ '}', ref(upstream.name) | string) %}
    {% endfor %}
    {% do return(found.query) %}
{% endmacro %}
