-- One row per shop and step: sessions of the last 28 days in the strict funnel, where a step counts
-- only after the one before it.
select
    shop_key,
    step,
    count(*) as sessions
from subject.fct_funnel_steps
cross join subject.dim_as_of_date
where is_in_funnel and session_date between as_of_date - 27 and as_of_date
group by shop_key, step, step_number
order by step_number, shop_key
