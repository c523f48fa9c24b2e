-- Products that stand in one order. A pair counts once per order, whatever the quantities; gifts
-- are not chosen. Each pair has two rows, one from either side; nothing here adds up.

with

fct_order_lines as (

    select * from {{ ref('fct_order_lines') }}
    where
        is_valid
        and product_key is not null
        and quantity > 0
        and not is_gift

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

baskets as (

    select distinct
        fct_order_lines.order_key,
        fct_order_lines.product_key
    from fct_order_lines
    {{ until_as_of_date('fct_order_lines.purchase_date') }}

),

-- Too few orders say nothing, and rare pairs of a large range are without number.
all_orders as (

    select
        count(distinct order_key) as all_orders,
        greatest(
            {{ var('basket_pair_orders') }},
            {{ var('basket_pair_support') }} * count(distinct order_key)
        ) as least_orders
    from baskets

),

products as (

    select
        product_key,
        count(*) as product_orders
    from baskets
    group by product_key

),

-- A product in fewer orders has no pair in as many: most of the join is saved.
frequent as (

    select
        baskets.*,
        products.product_orders,
        all_orders.all_orders,
        all_orders.least_orders
    from baskets
    inner join products
        on baskets.product_key = products.product_key
    inner join all_orders
        on products.product_orders >= all_orders.least_orders

),

pairs as (

    select
        baskets.product_key,
        partners.product_key as other_product_key,
        baskets.product_orders,
        partners.product_orders as other_product_orders,
        baskets.all_orders,
        count(*) as pair_orders
    from frequent as baskets
    inner join frequent as partners
        on
            baskets.order_key = partners.order_key
            and baskets.product_key < partners.product_key
    group by
        baskets.product_key,
        partners.product_key,
        baskets.product_orders,
        partners.product_orders,
        baskets.all_orders
    having count(*) >= max(baskets.least_orders)

),

from_either_side as (

    select * from pairs
    union all
    select
        other_product_key as product_key,
        product_key as other_product_key,
        other_product_orders as product_orders,
        product_orders as other_product_orders,
        all_orders,
        pair_orders
    from pairs

),

final as (

    select
        product_key,
        other_product_key,
        cast(pair_orders as integer) as pair_orders,
        cast(product_orders as integer) as product_orders,
        cast(other_product_orders as integer) as other_product_orders,
        cast(all_orders as integer) as all_orders,
        {{ ratio('pair_orders', 'all_orders') }} as support,
        {{ ratio('pair_orders', 'product_orders') }} as confidence,
        {{ ratio(
            'cast(pair_orders as decimal(28, 0)) * all_orders',
            'cast(product_orders as decimal(28, 0)) * other_product_orders',
        ) }} as lift,
        cast(
            round(
                cast(pair_orders as double) * all_orders / product_orders / other_product_orders
                * exp(
                    -1.959964 * sqrt(
                        1.0 / pair_orders - 1.0 / product_orders
                        + 1.0 / other_product_orders - 1.0 / all_orders
                    )
                ),
                6
            ) as decimal(18, 6)
        ) as lift_low
    from from_either_side

)

select * from final
