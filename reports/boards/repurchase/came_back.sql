-- One row per purchase and week after it, the first three purchases and the first year: who has
-- come back by then. Only weeks with twenty people who were still watched.
with weeks as (
    select
        purchase_number,
        cast(ceil(days_since_purchase / 7.0) as integer) as week_number,
        min(survival_rate) as survival_rate,
        min(at_risk_customers) as watched
    from thematic.repurchase_hazard
    where purchase_number <= 3 and days_since_purchase between 1 and 364
    group by purchase_number, week_number
)

select
    week_number,
    purchase_number,
    1 - survival_rate as came_back_rate,
    watched
from weeks
where watched >= 20
order by week_number, purchase_number
