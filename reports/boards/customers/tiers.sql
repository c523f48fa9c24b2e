-- One row per tier.
select
    tier,
    count(*) as customers,
    sum(purchase_days) as purchase_days,
    sum(festival_purchase_days) as festival_purchase_days,
    sum(festival_revenue_amount + everyday_revenue_amount) as revenue
from thematic.customer_tiers
group by tier
order by
    case tier when 'core' then 1 when 'occasional' then 2 when 'cart_or_favourite' then 3 else 4 end
