{# Spark has no rows to delete from Parquet: an incremental model is a table there, built anew. #}
{% materialization incremental, adapter='spark' %}
    {{ return(dbt.materialization_table_spark()) }}
{% endmaterialization %}


{# A table as dbt-spark creates it, after the tables of connected_components that it reads. #}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {% if component_rounds_mark() in compiled_code %}
        {% do create_components(relation, compiled_code) %}
    {% endif %}
    {{ dbt.spark__create_table_as(temporary, relation, compiled_code, language) }}
{%- endmacro %}


{# Parquet refuses no null: the contract's columns are counted when the table is there. #}
{% macro spark__persist_constraints(relation, model) %}
    {% set counts = [] %}
    {% for column in model.columns.values() if config.get('contract').enforced %}
        {% if column.constraints | selectattr('type', 'equalto', 'not_null') | list %}
            {% do counts.append(
                'count_if(' ~ adapter.quote(column.name) ~ ' is null) as ' ~ column.name
            ) %}
        {% endif %}
    {% endfor %}
    {% if counts %}
        {% set nulls = run_query('select ' ~ counts | join(', ') ~ ' from ' ~ relation) %}
        {% for name in nulls.column_names if nulls.columns[name].values()[0] | int > 0 %}
            {% do exceptions.raise_compiler_error(
                relation ~ '.' ~ name ~ ' is null in ' ~ nulls.columns[name].values()[0] ~ ' rows'
            ) %}
        {% endfor %}
    {% endif %}
{% endmacro %}


{# Descriptions come with `create table`: dbt-spark would look up every table's columns in vain. #}
{% macro spark__persist_docs(relation, model, for_relation, for_columns) %}
{% endmacro %}


{# The rows of a seed as literals: dbt-spark hands over a null as the text None, and numbers as
   doubles. #}
{% macro spark__load_csv_rows(model, agate_table) %}
    {% set types = [] %}
    {% for name in agate_table.column_names %}
        {% do types.append(
            model.config.column_types.get(name) or adapter.convert_type(agate_table, loop.index0)
        ) %}
    {% endfor %}
    {% set statements = [] %}
    {% for rows in agate_table.rows | batch(1000) %}
        {% set tuples = [] %}
        {% for row in rows %}
            {% set values = [] %}
            {% for value in row %}
                {% do values.append(
                    'cast(' ~ spark_literal(value) ~ ' as ' ~ types[loop.index0] ~ ')'
                ) %}
            {% endfor %}
            {% do tuples.append('(' ~ values | join(', ') ~ ')') %}
        {% endfor %}
        {% do statements.append(
            'insert into ' ~ this.render() ~ ' values\n' ~ tuples | join(',\n')
        ) %}
        {% do adapter.add_query(statements[-1], abridge_sql_log=True) %}
    {% endfor %}
    {{ return(statements[0]) }}
{% endmacro %}


{# A value as Spark writes it: backslashes and quotes escaped, as text. #}
{% macro spark_literal(value) -%}
    {%- if value is none -%}
    null
    {%- else -%}
    '{{ value | string | replace('\\', '\\\\') | replace("'", "\\'") }}'
    {%- endif -%}
{%- endmacro %}
