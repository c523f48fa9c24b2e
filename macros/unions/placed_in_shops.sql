{# The rows of an entity, with the shop that they belong to: their own where it is one, else the
   one that has the order they name, else the platform's only shop for rows that name none. What
   finds no shop keeps what it says. Whoever uses it is touched by int_order_shops. #}
{% macro placed_in_shops(entity, rows, order_id='order_id') %}
    select
        {% for name in entity_columns(entity) if name != 'shop_id' -%}
        sent.{{ name }},
        {% endfor -%}
        case
            when shops.is_shop then sent.shop_id
            when order_shops.order_id is not null then order_shops.shop_id
            else coalesce(shops.placed_shop_id, sent.shop_id)
        end as shop_id
    from {{ rows }} as sent
    left join {{ ref('int_shops_resolved') }} as shops
        on
            sent.platform_code = shops.platform_code
            and sent.shop_id is not distinct from shops.shop_id
    left join {{ ref('int_order_shops') }} as order_shops
        on
            not shops.is_shop
            and sent.platform_code = order_shops.platform_code
            and sent.{{ order_id }} = order_shops.order_id
{% endmacro %}
