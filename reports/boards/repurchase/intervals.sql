-- One row per number of the purchase, the first twelve.
select
    purchase_number,
    customers,
    repurchased_customers,
    p25_days,
    median_days,
    p75_days
from thematic.repurchase_intervals
where purchase_number <= 12
order by purchase_number
