-- One row per shop and SKU: sales of the three months that ended 30 days ago, because newer ones
-- may still come back, and reviews whenever they were written. The 300 SKUs that sold most.
with lines as (
    select
        shop_key,
        product_key,
        sum(quantity) as units,
        sum(exchanged_quantity) as exchanged_units,
        sum(revenue_base_amount) as revenue,
        sum(refund_base_amount) as refunds
    from subject.fct_order_lines
    cross join subject.dim_as_of_date
    where
        is_valid and not is_gift and product_key is not null
        and purchase_date between as_of_date - 120 and as_of_date - 30
    group by shop_key, product_key
),

ranked as (
    select
        product_key,
        sum(units) as all_units,
        row_number() over (order by sum(units) desc, product_key) as place
    from lines
    group by product_key
),

reviews as (
    select
        shop_key,
        product_key,
        count(rating) as reviews,
        sum(rating) as stars,
        sum(case when rating <= 2 then 1 else 0 end) as poor_reviews
    from subject.fct_reviews
    group by shop_key, product_key
)

select
    lines.shop_key,
    dim_products.sku_id,
    dim_products.product_name,
    lines.units,
    lines.exchanged_units,
    lines.revenue,
    lines.refunds,
    coalesce(reviews.reviews, 0) as reviews,
    reviews.stars,
    coalesce(reviews.poor_reviews, 0) as poor_reviews
from lines
inner join ranked on lines.product_key = ranked.product_key
inner join subject.dim_products on lines.product_key = dim_products.product_key
left join reviews
    on
        lines.shop_key = reviews.shop_key
        and lines.product_key = reviews.product_key
where ranked.place <= 300 and ranked.all_units >= 20
order by dim_products.sku_id, lines.shop_key
