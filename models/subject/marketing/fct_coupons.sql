-- Several coupons may be used in one order: never sum the order's money over coupons.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'issued_at',
        'touched_key': 'coupon_key',
        'touched_by': {
            'int_orders_with_amounts': 'select coupon_key from {int_coupons_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
            'int_order_lines_with_line_discounts': 'select coupon_key from {int_coupons_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
            'dim_as_of_date': 'select coupon_key from {int_coupons_localized}'
                ~ ' where expires_date >= (select min(as_of_date) from changed_rows)'
                ~ ' and expires_date < (select max(as_of_date) from changed_rows)'
                ~ ' or (select count(*) % 2 = 1 from changed_rows)',
        },
    },
) }}

with

coupons as (

    select * from {{ touched_keys.touched_rows(ref('int_coupons_localized')) }}

),

orders as (

    select * from {{ ref('int_orders_with_amounts') }}

),

order_lines as (

    select * from {{ ref('int_order_lines_with_line_discounts') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

-- A threshold is reached by what the goods cost before any coupon.
goods as (

    select
        order_key,
        sum(gross_amount - line_discount_amount) as goods_amount
    from order_lines
    where order_key in (select coupons.named_order_key from coupons)
    group by order_key

),

final as (

    select
        coupons.coupon_key,
        coupons.source,
        coupons.platform_code,
        case when coupons.is_shop then coupons.shop_key end as shop_key,
        coupons.coupon_id,
        coalesce(coupons.account_key, orders.account_key) as account_key,
        coupons.campaign_id,
        coupons.funded_by,
        coupons.coupon_currency_code as currency_code,
        {{ money('coupons.face_value_amount') }} as face_value_amount,
        {{ to_base('coupons.face_value_amount', 'coupons.base_rate') }} as face_value_base_amount,
        {{ money('coupons.threshold_amount') }} as threshold_amount,
        coupons.issued_at,
        coupons.issued_date,
        coupons.expires_at,
        coupons.expires_date,
        coupons.used_at,
        coupons.used_date,
        coupons.is_used,
        not coupons.is_used
        and coalesce(coupons.expires_date < dim_as_of_date.as_of_date, false) as is_expired,
        coupons.used_at > coupons.expires_at
        and not coalesce(
            coupons.expires_with_its_day and coupons.used_date <= coupons.expires_date, false
        )
            as is_used_after_expiry,
        {{ dbt.datediff('coupons.issued_date', 'coupons.used_date', 'day') }} as days_to_use,
        orders.order_key,
        orders.is_valid as is_order_valid,
        {{ money('goods.goods_amount') }} as order_goods_amount,
        {{ money('orders.seller_discount_amount') }} as order_seller_discount_amount,
        {{ money('orders.platform_discount_amount') }} as order_platform_discount_amount,
        {{ money('orders.paid_amount') }} as order_paid_amount,
        {{ money('orders.revenue_amount') }} as order_revenue_amount,
        {{ money('orders.net_revenue_amount') }} as order_net_revenue_amount,
        {{ money('orders.net_revenue_base_amount') }} as order_net_revenue_base_amount,
        case
            when coupons.coupon_currency_code = orders.currency_code
                then goods.goods_amount >= coupons.threshold_amount
        end as is_threshold_met
    from coupons
    left join dim_as_of_date on true
    left join orders
        on coupons.named_order_key = orders.order_key
    left join goods
        on orders.order_key = goods.order_key

)

select * from final
