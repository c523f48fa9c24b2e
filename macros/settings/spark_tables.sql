{# Spark has no rows to delete from Parquet: an incremental model is a table there, built anew. #}
{% materialization incremental, adapter='spark' %}
    {{ return(dbt.materialization_table_spark()) }}
{% endmaterialization %}


{# A table, after the tables of rounds that it reads. dbt-spark would plan a model with
   a contract once more before, to see its columns: here they are looked at when they are there. It
   numbers rows and measures texts in 32 bits: what the contract calls bigint is widened. #}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {% if component_rounds_mark() in compiled_code %}
        {% do create_components(relation, compiled_code) %}
    {% elif recursion_mark() in compiled_code %}
        {% set compiled_code = create_recursion(relation, compiled_code) %}
    {% endif %}
    create table {{ relation }}
    using parquet
    {{ comment_clause() }}
    as
    {% if config.get('contract').enforced -%}
    select
        {%- for column in model.columns.values() %}
        {{ 'cast(' ~ column.name ~ ' as bigint) as ' if column.data_type | lower == 'bigint' }}
            {{- column.name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from ({{ compiled_code }}) as contracted
    {%- else -%}
    {{ compiled_code }}
    {%- endif %}
{%- endmacro %}


{# What a model's contract promises: its columns' types, and which of them are never null. Parquet
   itself refuses nothing. #}
{% macro spark__persist_constraints(relation, model) %}
    {% if not config.get('contract').enforced %}
        {% do return(none) %}
    {% endif %}
    {% set types = {} %}
    {% for column in adapter.get_columns_in_relation(relation) %}
        {% do types.update({column.name: column.dtype}) %}
    {% endfor %}
    {% set wrong = [] %}
    {% set counts = [] %}
    {% for column in model.columns.values() %}
        {% set promised = column.data_type | lower | replace(' ', '') | replace('integer', 'int') %}
        {% if types[column.name] != promised %}
            {% do wrong.append(column.name ~ ' is ' ~ types[column.name] ~ ', not ' ~ promised) %}
        {% endif %}
        {% if column.constraints | selectattr('type', 'equalto', 'not_null') | list %}
            {% do counts.append('count_if(' ~ column.name ~ ' is null) as ' ~ column.name) %}
        {% endif %}
    {% endfor %}
    {% if counts %}
        {% set nulls = run_query('select ' ~ counts | join(', ') ~ ' from ' ~ relation) %}
        {% for name in nulls.column_names if nulls.columns[name].values()[0] | int > 0 %}
            {% do wrong.append(name ~ ' has nulls') %}
        {% endfor %}
    {% endif %}
    {% if wrong %}
        {% do exceptions.raise_compiler_error(relation ~ ': ' ~ wrong | join('; ')) %}
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
