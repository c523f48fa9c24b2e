{# Joins `shops` (int_shops_resolved) to a relation with platform_code and shop_id. #}
{% macro join_shops(relation) -%}
    inner join shops
        on
            {{ relation }}.platform_code = shops.platform_code
            and {{ relation }}.shop_id is not distinct from shops.shop_id
{%- endmacro %}
