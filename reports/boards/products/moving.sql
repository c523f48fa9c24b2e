-- One row per category of active SKUs, those launched in the last 30 days left out.
with sold as (
    select distinct product_key
    from subject.fct_order_lines
    cross join subject.dim_as_of_date
    where is_valid and not is_gift and purchase_date between as_of_date - 29 and as_of_date
),

stock as (
    select
        product_key,
        sum(closing_value_amount) as stock_amount
    from subject.fct_stock_ledger
    cross join subject.dim_as_of_date
    where
        valid_from_date <= as_of_date
        and (valid_to_date is null or valid_to_date >= as_of_date)
    group by product_key
)

select
    dim_products.category_2 as category,
    count(*) as active_skus,
    count(sold.product_key) as moving_skus,
    count(*) - count(sold.product_key) as still_skus,
    sum(case when sold.product_key is null then stock.stock_amount end) as still_stock
from subject.dim_products
cross join subject.dim_as_of_date
left join sold on dim_products.product_key = sold.product_key
left join stock on dim_products.product_key = stock.product_key
where
    dim_products.product_status = 'active'
    and (dim_products.launched_date is null or dim_products.launched_date <= as_of_date - 30)
group by dim_products.category_2
order by category
