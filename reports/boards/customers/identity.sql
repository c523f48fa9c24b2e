-- One row per number of platforms on which a person has accounts.
select
    platform_count,
    count(*) as people,
    sum(account_count) as accounts,
    sum(case when account_count > 1 then 1 else 0 end) as linked_people,
    sum(order_count) as orders
from subject.dim_customers
group by platform_count
order by platform_count
