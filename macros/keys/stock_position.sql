{# A SKU in a warehouse, of a relation with both columns: where stock is counted and moves.
   Warehouse null is a place of its own. #}
{% macro stock_position() -%}
    sku_id || ' ' || coalesce(warehouse_id, '')
{%- endmacro %}
