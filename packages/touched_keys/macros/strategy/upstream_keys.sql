{# How each upstream relation leads to keys of a model, by name: as `meta.touched_by` says, else by
   its column of the touched key's name. One that has neither is left out: a change of it builds the
   model anew. Which columns it has is asked of the warehouse, where it stands by now. #}
{% macro _upstream_keys(node) %}
    {% set touched_by = node.config.meta.get('touched_by') or {} %}
    {% set key = node.config.meta.touched_key %}
    {% set keys = {} %}
    {% set names = [] %}
    {% for unique_id in node.depends_on.nodes %}
        {% set upstream = graph.sources.get(unique_id) or graph.nodes[unique_id] %}
        {% do names.append(upstream.name) %}
        {% if upstream.name in touched_by %}
            {% do keys.update({upstream.name: touched_by[upstream.name]}) %}
        {% elif touched_keys._has_column(upstream, key) %}
            {% do keys.update({upstream.name: key}) %}
        {% endif %}
    {% endfor %}
    {% for name in touched_by if name not in names %}
        {% do exceptions.raise_compiler_error(
            node.name ~ ' is touched_by ' ~ name ~ ', which it does not read: it reads '
            ~ names | join(', ')
        ) %}
    {% endfor %}
    {% do return(keys) %}
{% endmacro %}


{# Whether the changed rows of an upstream model, or a raw table, have a column. #}
{% macro _has_column(upstream, column) %}
    {% if upstream.resource_type == 'source' %}
        {% set name = [upstream.schema, upstream.identifier, column] %}
    {% else %}
        {% set name = ['changed_rows', upstream.name, column] %}
    {% endif %}
    {% do return(name | join('.') | lower in touched_keys._key_columns()) %}
{% endmacro %}


{# Where the touched keys of all models stand as columns, read once in a run. Every table of changed
   rows has `_run_number`. #}
{% macro _key_columns() %}
    {% if 'columns' not in touched_keys._run_cache() %}
        {% set schemas = ["'changed_rows'"] %}
        {% for source in graph.sources.values() %}
            {% do schemas.append("'" ~ source.schema ~ "'") %}
        {% endfor %}
        {% set names = ["'_run_number'"] %}
        {% for node in graph.nodes.values() if node.resource_type == 'model' %}
            {% set key = node.config.meta.get('touched_key') or '' %}
            {% do names.append("'" ~ key | lower | replace("'", "''") ~ "'") %}
        {% endfor %}
        {% set found = run_query(
            'select table_schema, table_name, column_name from information_schema.columns'
            ~ " where table_catalog = '" ~ target.database ~ "'"
            ~ ' and table_schema in (' ~ schemas | unique | join(', ') ~ ')'
            ~ ' and lower(column_name) in (' ~ names | unique | join(', ') ~ ')'
        ) %}
        {% set columns = {} %}
        {% for row in found.rows %}
            {% do columns.update({[row[0], row[1], row[2]] | join('.') | lower: true}) %}
        {% endfor %}
        {% do touched_keys._run_cache().update({'columns': columns}) %}
    {% endif %}
    {% do return(touched_keys._run_cache()['columns']) %}
{% endmacro %}
