-- One row per pair of products, from the side on which the share is higher, the surest pairs first.
select
    products.product_name,
    others.product_name as other_product_name,
    basket_pairs.pair_orders,
    basket_pairs.confidence,
    basket_pairs.lift,
    basket_pairs.lift_low
from thematic.basket_pairs
inner join subject.dim_products as products
    on basket_pairs.product_key = products.product_key
inner join subject.dim_products as others
    on basket_pairs.other_product_key = others.product_key
where
    basket_pairs.product_orders < basket_pairs.other_product_orders
    or (
        basket_pairs.product_orders = basket_pairs.other_product_orders
        and basket_pairs.product_key < basket_pairs.other_product_key
    )
order by basket_pairs.lift_low desc, basket_pairs.product_key, basket_pairs.other_product_key
limit 300
