-- One row per shop and month of purchase, the last 13 months: orders with a statement that agree
-- with what was expected. Shops whose money is told by downloads are in the money bridge instead.
select
    shop_key,
    cast(date_trunc('month', purchase_date) as date) as month_date,
    count(*) as orders,
    sum(case when is_settled then 1 else 0 end) as settled,
    count(is_reconciled) as compared,
    sum(case when is_reconciled then 1 else 0 end) as agreeing
from subject.fct_order_reconciliation
cross join subject.dim_as_of_date
where
    is_valid
    and shop_key in (select shop_key from subject.fct_settlements)
    and purchase_date <= as_of_date
    and purchase_date >= date_trunc('month', as_of_date) - interval 12 month
group by shop_key, month_date
order by month_date, shop_key
