{# The columns that every source's staging model of an entity gives, name → type. `*_time` is
   the wall clock at the shop; `*_offset_minutes` its distance from UTC, null when the source
   writes none. The entities of a subject stand in macros/columns/<subject>.sql. #}
{% macro entity_columns(entity) %}
    {% set shapes = dict(trade_columns(), **customer_columns()) %}
    {% do shapes.update(product_columns()) %}
    {% do shapes.update(logistics_columns()) %}
    {% do shapes.update(service_columns()) %}
    {% do shapes.update(marketing_columns()) %}
    {% do return(
        dict(shapes[entity], source='string', batch_id='bigint', loaded_at='timestamp')
    ) %}
{% endmacro %}
