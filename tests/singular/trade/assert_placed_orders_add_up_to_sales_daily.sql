-- The other basis: orders and revenue on the day they were placed add up to the same orders in all.

with

placed as (

    select
        count(*) as placed_order_count,
        count(case when is_valid then 1 end) as ordered_order_count,
        coalesce(sum(case when is_valid then revenue_amount end), 0) as ordered_revenue_amount
    from {{ ref('fct_orders') }}
    where not coalesce(is_test, false)

),

daily as (

    select
        coalesce(sum(placed_order_count), 0) as placed_order_count,
        coalesce(sum(ordered_order_count), 0) as ordered_order_count,
        coalesce(sum(ordered_revenue_amount), 0) as ordered_revenue_amount
    from {{ ref('fct_sales_daily') }}

)

select
    placed.*,
    daily.placed_order_count as daily_placed_order_count
from placed
cross join daily
where
    placed.placed_order_count <> daily.placed_order_count
    or placed.ordered_order_count <> daily.ordered_order_count
    or placed.ordered_revenue_amount <> daily.ordered_revenue_amount
