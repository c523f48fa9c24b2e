{# Descriptions as comments, all of a relation in one statement. dbt's own asks twice which columns
   there are, a seventh of what an unchanged model costs; here a column that is described and does
   not exist is an error. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {% set comments = [] %}
    {% if for_relation and config.persist_relation_docs() and model.description %}
        {% do comments.append(alter_relation_comment(relation, model.description)) %}
    {% endif %}
    {% if for_columns and config.persist_column_docs() %}
        {% for column in model.columns.values() %}
            {% do comments.append(
                'comment on column ' ~ relation ~ '.' ~ adapter.quote(column.name)
                ~ ' is ' ~ duckdb_escape_comment(column.description) ~ ';'
            ) %}
        {% endfor %}
    {% endif %}
    {% if comments %}
        {% do run_query(comments | join('\n')) %}
    {% endif %}
{%- endmacro %}
