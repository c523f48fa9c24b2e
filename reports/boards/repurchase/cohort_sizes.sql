-- One row per cohort: its size and what it has brought so far.
select
    cohort_month,
    max(cohort_customers) as cohort_customers,
    sum(net_revenue_amount) as net_revenue,
    sum(order_count) as orders
from thematic.repurchase_cohorts
cross join subject.dim_as_of_date
where cohort_month >= date_trunc('month', as_of_date) - interval 24 month
group by cohort_month
order by cohort_month desc
