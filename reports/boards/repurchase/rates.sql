-- One row per window that ends on the as-of date; the same people are in several.
select
    case window_name when 'ever' then 'ever' else cast(window_days as varchar) end as window_name,
    buyers,
    repeat_buyers,
    repurchase_rate
from thematic.repurchase_rates
order by window_days nulls last
