{# Holds for the rows that an incremental model has to build again: those whose `column` is a
   touched key; without a column, by the touched key itself. Always true when the model is built
   anew, and in a unit test, which has no `this`. #}
{% macro touched(column=none) -%}
    {%- if this and is_incremental() -%}
        {{ column or model.config.meta.touched_key }} in
            (select touched_key from {{ touched_keys._touched_keys_table() }})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}


{# The rows of a table or view for which that holds, to select from. #}
{% macro touched_rows(relation, column=none) -%}
    {%- if this and is_incremental() -%}
        (
            select * from {{ relation }}
            where {{ touched_keys._rowid_filter(relation, touched_keys.touched(column)) }}
        )
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}


{# The same filter for a relation that does not have the touched key, by a column that it shares
   with one that has it. #}
{% macro touched_through(column, relation) -%}
    {%- if this and is_incremental() -%}
        {{ column }} in (
            select {{ column }} from {{ relation }}
            where {{ touched_keys.touched() }}
        )
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
