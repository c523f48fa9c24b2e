{% macro touched_keys_name() -%}
    touched_keys_of_{{ this.identifier }}
{%- endmacro %}


{# Before an incremental model is built: which of its keys anything upstream has touched since it
   was built last. `meta.touched_by` says for each upstream relation how a changed row of it leads
   to keys: an expression over the relation `changes`, or a query from it. #}
{% macro collect_touched_keys() %}
    {% if execute and is_incremental() %}
        {% set last = last_model_run(this.identifier) %}
        create or replace temporary table {{ touched_keys_name() }} as
        select distinct touched_key
        from (
            {% for name, how in what_touches(model).items() -%}
            {% set changes = changes_since(name, last) -%}
            {% if how.startswith('select ') -%}
            select touched_key
            from (
                with changes as {{ changes }}
                {{ with_relations(how) }}
            ) as found (touched_key)
            {% else -%}
            select {{ how }} as touched_key from {{ changes }} as changes
            {% endif -%}
            {{ 'union all' if not loop.last }}
            {% endfor %}
        ) as keys
        where touched_key is not null;
    {% endif %}
{% endmacro %}


{# `meta.touched_by` as upstream name -> how; a list stands for relations that have the touched key
   under its own name. #}
{% macro what_touches(node) %}
    {% set meta = node.config.meta %}
    {% if meta.touched_by is mapping %}
        {% do return(meta.touched_by) %}
    {% endif %}
    {% set same = {} %}
    {% for name in meta.touched_by %}
        {% do same.update({name: meta.touched_key}) %}
    {% endfor %}
    {% do return(same) %}
{% endmacro %}


{# A query of `meta.touched_by`, which stands in the model's configuration and cannot call ref(): it
   names relations in braces. #}
{% macro with_relations(query) %}
    {% set found = namespace(query=query) %}
    {% for upstream in model.refs %}
        {% set found.query = found.query
            | replace('{' ~ upstream.name ~ '}', ref(upstream.name) | string) %}
    {% endfor %}
    {% do return(found.query) %}
{% endmacro %}


{# The rows of an upstream relation that came, went or changed since a model was built last, as they
   were and as they are. #}
{% macro changes_since(name, last) %}
    {% for source_name, table_name in model.sources if table_name == name %}
        {% do return(
            '(select * from ' ~ source(source_name, table_name) ~ ' where _batch_id > '
            ~ last['batch_id'] ~ ')'
        ) %}
    {% endfor %}
    {% do return(
        '(select * from ' ~ changes_of(name) ~ ' where _run_number > ' ~ last['run_number'] ~ ')'
    ) %}
{% endmacro %}
