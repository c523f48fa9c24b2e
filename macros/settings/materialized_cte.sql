{# The head of a CTE that is computed by itself: a wall for DuckDB's planner, which takes seconds
   over many windows on top of each other. Spark decides by itself. #}
{% macro materialized_cte(name) -%}
    {{ adapter.dispatch('materialized_cte', 'commerce_warehouse')(name) }}
{%- endmacro %}


{% macro default__materialized_cte(name) -%}
    {{ name }} as materialized
{%- endmacro %}


{% macro spark__materialized_cte(name) -%}
    {{ name }} as
{%- endmacro %}
