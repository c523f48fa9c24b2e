{# Tables that a model of Spark reads and nobody else: what a query does in rounds that Spark cannot
   plan in one. #}
{% macro round_table(relation, name) -%}
    rounds.{{ relation.identifier }}_{{ name }}
{%- endmacro %}


{% macro create_round(name, query) %}
    {% do run_query('create schema if not exists rounds') %}
    {% do run_query('drop table if exists ' ~ name) %}
    {% do run_query('create table ' ~ name ~ ' as ' ~ query) %}
{% endmacro %}


{% macro any_rows(relation) %}
    {% do return(run_query('select 1 from ' ~ relation ~ ' limit 1').rows | length > 0) %}
{% endmacro %}
