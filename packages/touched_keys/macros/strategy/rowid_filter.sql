{# A condition that few rows of a relation fulfil. DuckDB reads every column of every row before it
   joins, a dozen times as long as the columns that the condition names: there, first these alone
   are read, and then the rows that were found. A view has no row numbers. #}
{% macro _rowid_filter(relation, condition) -%}
    {{ adapter.dispatch('rowid_filter', 'touched_keys')(relation, condition) }}
{%- endmacro %}


{% macro default__rowid_filter(relation, condition) -%}
    {{ condition }}
{%- endmacro %}


{% macro duckdb__rowid_filter(relation, condition) -%}
    {%- set node = graph.nodes.get('model.' ~ model.package_name ~ '.' ~ relation.identifier) -%}
    {%- if node and node.config.materialized == 'view' -%}
        {{ condition }}
    {%- else -%}
        rowid in (select rowid from {{ relation }} where {{ condition }})
    {%- endif -%}
{%- endmacro %}
