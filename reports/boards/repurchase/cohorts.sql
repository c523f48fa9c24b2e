-- One row per cohort and finished month after the first purchase, 18 cohorts and 12 months.
select
    cohort_month,
    cast(months_since_first as varchar) as months_since_first,
    cohort_customers,
    active_customers,
    net_revenue_amount as net_revenue
from thematic.repurchase_cohorts
cross join subject.dim_as_of_date
where
    is_month_complete
    and repurchase_cohorts.months_since_first between 1 and 12
    and cohort_month >= date_trunc('month', as_of_date) - interval 18 month
order by repurchase_cohorts.months_since_first, cohort_month
