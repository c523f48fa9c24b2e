{# Holds for the rows that an incremental model has to build again: those whose `column` is a
   touched key; without a column, by the touched key itself. Always true when the model is built
   anew, and in a unit test, which has no `this`. #}
{% macro touched(column=none) -%}
    {%- if this and is_incremental() -%}
        {{ column or model.config.meta.touched_key }} in
            (select touched_key from {{ touched_keys_name() }})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}


{# The rows of a table or view for which that holds, to select from. #}
{% macro touched_rows(relation, column=none) -%}
    {%- if this and is_incremental() -%}
        (select * from {{ relation }} where {{ found_first(relation, touched(column)) }})
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}


{# A condition that few rows of a relation fulfil. DuckDB reads every column of every row before it
   joins, a dozen times as long as the columns that the condition names: there, first these alone
   are read, and then the rows that were found. A view has no row numbers. #}
{% macro found_first(relation, condition) -%}
    {{ adapter.dispatch('found_first', 'commerce_warehouse')(relation, condition) }}
{%- endmacro %}


{% macro default__found_first(relation, condition) -%}
    {%- set node = graph.nodes.get('model.' ~ model.package_name ~ '.' ~ relation.identifier) -%}
    {%- if node and node.config.materialized == 'view' -%}
        {{ condition }}
    {%- else -%}
        rowid in (select rowid from {{ relation }} where {{ condition }})
    {%- endif -%}
{%- endmacro %}


{% macro spark__found_first(relation, condition) -%}
    {{ condition }}
{%- endmacro %}


{# The same for a relation that does not have the touched key, by a column that it shares with one
   that has it. #}
{% macro touched_in(column, relation) -%}
    {%- if this and is_incremental() -%}
        {{ column }} in (
            select {{ column }} from {{ relation }}
            where {{ touched() }}
        )
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
