{# The key of the order that a row names, also where its shop is none that we know. `shops` is the
   joined int_shops_resolved; the join of int_order_shops comes from join_order_shops. #}
{% macro linked_order_key(relation) -%}
    case
        when {{ relation }}.order_id is not null
            then {{ surrogate_key([
                relation ~ '.platform_code',
                'case when shops.is_shop then ' ~ relation ~ '.shop_id'
                ~ ' when order_shops.order_id is not null then order_shops.shop_id'
                ~ ' else coalesce(shops.placed_shop_id, ' ~ relation ~ '.shop_id) end',
                relation ~ '.order_id',
            ]) }}
    end
{%- endmacro %}


{% macro join_order_shops(relation) -%}
    left join {{ ref('int_order_shops') }} as order_shops
        on
            not shops.is_shop
            and {{ relation }}.platform_code = order_shops.platform_code
            and {{ relation }}.order_id = order_shops.order_id
{%- endmacro %}
