-- One row per platform and month of first purchases in the last year of which spending is known.
select
    platform_code,
    cohort_month,
    customer_count as customers,
    spend_amount as spend,
    contribution_amount as contribution,
    contribution_amount + expected_contribution_amount as expected_contribution,
    cast(payback_months as varchar) as payback
from thematic.clv_payback
where
    spend_amount is not null
    and cohort_month > (
        select cast(date_trunc('month', as_of_date - interval 13 month) as date)
        from subject.dim_as_of_date
    )
order by cohort_month desc, platform_code asc
