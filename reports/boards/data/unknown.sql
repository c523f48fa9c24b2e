-- One row per shop: valid orders of the last 90 days that lack something the other boards need.
select
    shop_key,
    count(*) as orders,
    sum(case when account_key is null then 1 else 0 end) as without_account,
    sum(case when region_key is null then 1 else 0 end) as without_region,
    sum(case when revenue_amount is null then 1 else 0 end) as without_amount,
    sum(case when cost_amount is null then 1 else 0 end) as without_cost,
    sum(case when revenue_amount is not null and revenue_base_amount is null then 1 else 0 end)
        as without_exchange_rate
from subject.fct_orders
cross join subject.dim_as_of_date
where is_valid and purchase_date between as_of_date - 89 and as_of_date
group by shop_key
order by orders desc, shop_key
