-- Kaplan–Meier: the share of customers who have not bought again so many days after their nth
-- purchase. Who has not bought again by the as-of date counts for as long as we have watched.
-- Shares do not add up.

with

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

waits as (

    select
        purchase_occasions.purchase_number,
        purchase_occasions.days_to_next,
        coalesce(
            purchase_occasions.days_to_next,
            {{ dbt.datediff(
                'purchase_occasions.purchase_date', 'dim_as_of_date.as_of_date', 'day'
            ) }}
        ) as days_since_purchase
    from purchase_occasions
    cross join dim_as_of_date

),

ended as (

    select
        purchase_number,
        days_since_purchase,
        count(days_to_next) as repurchased_customers,
        count(*) - count(days_to_next) as censored_customers
    from waits
    group by purchase_number, days_since_purchase

),

at_risk as (

    select
        *,
        sum(repurchased_customers + censored_customers) over (
            partition by purchase_number
            order by days_since_purchase desc
            rows between unbounded preceding and current row
        ) as at_risk_customers
    from ended

),

summed as (

    select
        *,
        -- A product as a sum of logarithms; nothing is left once all at risk have bought.
        sum(
            case
                when repurchased_customers < at_risk_customers
                    then ln(1 - cast(repurchased_customers as double) / at_risk_customers)
                else 0
            end
        ) over until_day as log_survival,
        -- Greenwood's sum.
        sum(
            case
                when repurchased_customers < at_risk_customers
                    then
                        cast(repurchased_customers as double) / at_risk_customers
                        / (at_risk_customers - repurchased_customers)
                else 0
            end
        ) over until_day as relative_variance,
        repurchased_customers = at_risk_customers as is_none_left
    from at_risk
    window until_day as (
        partition by purchase_number
        order by days_since_purchase
        rows between unbounded preceding and current row
    )

),

final as (

    select
        purchase_number,
        cast(days_since_purchase as integer) as days_since_purchase,
        cast(at_risk_customers as integer) as at_risk_customers,
        cast(repurchased_customers as integer) as repurchased_customers,
        cast(censored_customers as integer) as censored_customers,
        {{ ratio('repurchased_customers', 'at_risk_customers') }} as hazard_rate,
        cast(
            case when is_none_left then 0 else round(exp(log_survival), 6) end as decimal(18, 6)
        ) as survival_rate,
        cast(
            case
                when not is_none_left then round(exp(log_survival) * sqrt(relative_variance), 6)
            end as decimal(18, 6)
        ) as survival_standard_error
    from summed

)

select * from final
