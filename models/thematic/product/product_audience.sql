-- Who buys a product, when and where: of its orders in the last days, the share of each weekday,
-- part of the day, platform, region, kind of buyer, and how this differs from that of the other
-- products. A product counts once per order; gifts are not chosen.

{%- set dimensions = {
    'weekday': 'weekday_name',
    'part_of_day': 'part_of_day',
    'festival': 'festival_name',
    'platform': 'platform_code',
    'region': 'region_key',
    'gender': 'gender',
    'age_band': 'age_band',
    'buyer': 'buyer_kind',
} %}

with

fct_order_lines as (

    select * from {{ ref('fct_order_lines') }}
    where
        is_valid
        and product_key is not null
        and quantity > 0
        and not is_gift

),

fct_orders as (

    select * from {{ ref('fct_orders') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

bought as (

    select
        fct_order_lines.product_key,
        fct_order_lines.order_key,
        sum(fct_order_lines.quantity) as unit_count,
        sum(fct_order_lines.net_revenue_base_amount) as net_revenue_base_amount
    from fct_order_lines
    {{ until_as_of_date('fct_order_lines.purchase_date') }}
    where
        fct_order_lines.purchase_date
        > cast({{ dbt.dateadd(
            'day', -var('product_insight_days'), 'dim_as_of_date.as_of_date'
        ) }} as date)
    group by fct_order_lines.product_key, fct_order_lines.order_key

),

-- The hour is that of the payment, on the shop's clock.
orders as (

    select
        fct_orders.order_key,
        dim_dates.weekday_name,
        case cast(floor(
            extract(hour from {{ local_clock('fct_orders.paid_at', 'dim_shops.time_zone') }}) / 6
        ) as integer)
            when 0 then 'night'
            when 1 then 'morning'
            when 2 then 'afternoon'
            when 3 then 'evening'
        end as part_of_day,
        coalesce(dim_dates.festival_name, 'everyday') as festival_name,
        fct_orders.platform_code,
        fct_orders.region_key,
        dim_customers.gender,
        dim_customers.age_band,
        case
            when fct_orders.purchase_date = dim_customers.first_purchase_date then 'new'
            when dim_customers.customer_key is not null then 'returning'
        end as buyer_kind
    from fct_orders
    left join {{ ref('dim_dates') }} as dim_dates
        on fct_orders.purchase_date = dim_dates.date_day
    left join {{ ref('dim_shops') }} as dim_shops
        on fct_orders.shop_key = dim_shops.shop_key
    left join {{ ref('bridge_account_customer') }} as bridge_account_customer
        on fct_orders.account_key = bridge_account_customer.account_key
    left join {{ ref('dim_customers') }} as dim_customers
        on bridge_account_customer.customer_key = dim_customers.customer_key

),

counted as (

    select
        bought.product_key,
        {% for name in dimensions.values() -%}
        coalesce(orders.{{ name }}, 'unknown') as {{ name }},
        {% endfor -%}
        bought.unit_count,
        bought.net_revenue_base_amount
    from bought
    inner join orders
        on bought.order_key = orders.order_key

),

summed as (

    {% for dimension, name in dimensions.items() -%}
    select
        product_key,
        '{{ dimension }}' as dimension_code,
        {{ name }} as dimension_value,
        count(*) as order_count,
        sum(unit_count) as unit_count,
        sum(net_revenue_base_amount) as net_revenue_base_amount
    from counted
    group by product_key, {{ name }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Beside the product, all the others together.
compared as (

    select
        *,
        sum(order_count) over of_product as product_orders,
        -order_count + sum(order_count) over of_value as other_order_count,
        sum(order_count) over of_dimension - sum(order_count) over of_product as other_orders
    from summed
    window
        of_product as (partition by product_key, dimension_code),
        of_value as (partition by dimension_code, dimension_value),
        of_dimension as (partition by dimension_code)

),

final as (

    select
        product_key,
        dimension_code,
        dimension_value,
        cast(order_count as bigint) as order_count,
        cast(unit_count as bigint) as unit_count,
        cast(coalesce(net_revenue_base_amount, 0) as decimal(28, 4)) as net_revenue_base_amount,
        {{ ratio('order_count', 'product_orders') }} as order_share,
        {{ ratio('other_order_count', 'other_orders') }} as other_order_share,
        {% set shares = [
            'order_count', 'product_orders', 'other_order_count', 'other_orders'
        ] -%}
        {{ share_ratio(*shares) }} as affinity,
        {{ share_ratio_bound(*shares, sign='-') }} as affinity_low,
        {{ share_ratio_bound(*shares, sign='+') }} as affinity_high
    from compared

)

select * from final
