{# What lands elsewhere, append-only and with its batch: nothing yet. #}
{% macro create_raw_tables() %}
    {% if execute %}
        {% do run_query('create schema if not exists raw') %}
        {% do run_query(
            'create table if not exists raw.orders (order_id int, shop_id varchar, receipt varchar,'
            ~ ' amount int, _batch_id bigint)'
        ) %}
        {% do run_query(
            'create table if not exists raw.shops (shop_id varchar, name varchar, _batch_id bigint)'
        ) %}
    {% endif %}
{% endmacro %}
