-- One row per platform with a valid order: how many of them name their buyer, fewest first.
select
    platform_code,
    count(*) as orders,
    count(account_key) as named_orders,
    case
        when count(account_key) = 0 then 'none'
        when count(account_key) < count(*) then 'some'
        else 'all'
    end as buyers
from subject.fct_orders
cross join subject.dim_as_of_date
where is_valid and purchase_date <= as_of_date
group by platform_code
order by count(account_key) / count(*), platform_code
