{# The relation with the changed rows of a model: its columns, as they were and as they are, the
   number of the run, and whether the row was inserted in it or deleted. #}
{% macro changed_rows_of(name) -%}
    changed_rows.{{ adapter.quote(name) }}
{%- endmacro %}


{# Those columns that a model's own do not have, with their types. #}
{% macro changed_rows_columns() %}
    {% do return({'_run_number': 'bigint', '_is_inserted': 'boolean'}) %}
{% endmacro %}


{# The rows of an upstream relation that came, went or changed since a model was built last, as they
   were and as they are. Raw tables are append-only: of these, the batches since. #}
{% macro _changed_rows_since(name, last) %}
    {% for source_name, table_name in model.sources if table_name == name %}
        {% do return(
            '(select * from ' ~ source(source_name, table_name) ~ ' where _batch_id > '
            ~ last['batch_id'] ~ ')'
        ) %}
    {% endfor %}
    {% do return(
        '(select * from ' ~ touched_keys.changed_rows_of(name) ~ ' where _run_number > '
        ~ last['run_number'] ~ ')'
    ) %}
{% endmacro %}


{# Whether the changed rows of this model are kept: it is incremental, or an incremental model reads
   it, by itself or through a view. #}
{% macro _keeps_changed_rows(unique_id) %}
    {% if graph.nodes[unique_id].config.materialized == 'incremental' %}
        {% do return(true) %}
    {% endif %}
    {% if 'readers' not in touched_keys._run_cache() %}
        {% set readers = {} %}
        {% for node in graph.nodes.values() if node.resource_type == 'model' %}
            {% for upstream in node.depends_on.nodes %}
                {% do readers.setdefault(upstream, []).append(node) %}
            {% endfor %}
        {% endfor %}
        {% do touched_keys._run_cache().update({'readers': readers}) %}
    {% endif %}
    {% for node in touched_keys._run_cache()['readers'].get(unique_id, []) %}
        {% if node.config.materialized == 'incremental' or (
            node.config.materialized == 'view' and touched_keys._keeps_changed_rows(node.unique_id)
        ) %}
            {% do return(true) %}
        {% endif %}
    {% endfor %}
    {% do return(false) %}
{% endmacro %}


{# Keeps the rows that are not equally often in both queries, each once. Counting all rows together
   is much faster than `except all` both ways. #}
{% macro _record_changed_rows(before, after, columns) %}
    insert into {{ touched_keys.changed_rows_of(this.identifier) }}
        ({{ columns }}, _run_number, _is_inserted)
    select {{ columns }}, {{ touched_keys._run_number() }}, sum(_side) > 0
    from (
        select {{ columns }}, -1 as _side from ({{ before }}) as rows_before
        union all
        select {{ columns }}, 1 as _side from ({{ after }}) as rows_after
    ) as both_sides
    group by {{ columns }}
    having sum(_side) <> 0;
{% endmacro %}


{# A model that was built anew has no changed rows: whoever reads it is built anew too. #}
{% macro _create_changed_rows() %}
    create or replace table {{ touched_keys.changed_rows_of(this.identifier) }} as
    select *
        {%- for name, type in touched_keys.changed_rows_columns().items() -%}
        , cast(null as {{ type }}) as {{ name }}
        {%- endfor %}
    from {{ this }} where false;
{% endmacro %}
