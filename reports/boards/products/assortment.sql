-- One row per shop and finished month.
select
    shop_key,
    month_date,
    order_count as orders,
    unit_count as units,
    moving_product_count as moving,
    offered_product_count as offered
from thematic.product_assortment_months
where is_finished
order by month_date, shop_key
