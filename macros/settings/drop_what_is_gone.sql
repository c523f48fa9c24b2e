{# After a build of everything: tables and views of nodes that are no more go. Nothing would build
   them again, and publication would hand them out for ever. #}
{% macro drop_what_is_gone() %}
    {{ adapter.dispatch('drop_what_is_gone', 'commerce_warehouse')() }}
{% endmacro %}


{# There a whole build begins with nothing. #}
{% macro spark__drop_what_is_gone() %}
{% endmacro %}


{% macro default__drop_what_is_gone() %}
    {% if not execute or not touched_keys.built_everything() %}
        {% do return('') %}
    {% endif %}
    {% set names = {} %}
    {% for node in graph.nodes.values() if node.resource_type in ('model', 'seed') %}
        {% do names.setdefault(node.schema, []).append(node.alias) %}
    {% endfor %}
    {% set standing = run_query(
        'select table_schema, table_name, table_type from information_schema.tables'
        ~ " where table_catalog = '" ~ target.database ~ "'"
    ) %}
    {% for schema, name, kind in standing.rows if name not in names.get(schema, [name]) %}
        {% set kind = 'view' if kind == 'VIEW' else 'table' %}
        {% set gone = api.Relation.create(
            database=target.database, schema=schema, identifier=name, type=kind
        ) %}
        {% do log('Dropped ' ~ gone ~ ': no model makes it any more.', info=true) %}
        {{ get_drop_sql(gone) }};
    {% endfor %}
    {# Where changed rows were kept until 0.4. #}
    drop schema if exists changes cascade;
{% endmacro %}
