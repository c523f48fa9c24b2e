-- One row per shop and SKU of the last 90 days: the 300 SKUs that sold most, the rest in one row a
-- shop, so that shares are of all sales. A gift is not a sale. A line may have no SKU.
with lines as (
    select
        fct_order_lines.*,
        coalesce(fct_order_lines.product_key, '–') as sold_key
    from subject.fct_order_lines
    cross join subject.dim_as_of_date
    where is_valid and not is_gift and purchase_date between as_of_date - 89 and as_of_date
),

ranked as (
    select
        sold_key,
        row_number() over (order by sum(revenue_base_amount) desc nulls last, sold_key) as place
    from lines
    group by sold_key
),

named as (
    select
        lines.*,
        case when ranked.place <= 300 then lines.product_key end as shown_key
    from lines
    inner join ranked on lines.sold_key = ranked.sold_key
)

select
    named.shop_key,
    coalesce(dim_products.sku_id, '…') as sku_id,
    coalesce(dim_products.product_name, '…') as product_name,
    dim_products.category_2 as category,
    sum(named.quantity) as units,
    sum(named.exchanged_quantity) as exchanged_units,
    count(distinct named.order_key) as orders,
    sum(named.revenue_base_amount) as revenue,
    sum(named.refund_base_amount) as refunds
from named
left join subject.dim_products on named.shown_key = dim_products.product_key
group by
    named.shop_key, coalesce(dim_products.sku_id, '…'),
    coalesce(dim_products.product_name, '…'), dim_products.category_2
order by revenue desc nulls last, sku_id, named.shop_key
