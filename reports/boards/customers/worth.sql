-- One row per tenth of customers, those who brought most first: how much rests on few people.
with ranked as (
    select
        net_revenue_amount,
        row_number() over (order by net_revenue_amount desc nulls last, customer_key) as place,
        count(*) over () as customers
    from thematic.rfm_customers
)

select
    cast(floor(10 * (place - 1) / customers) as integer) + 1 as tenth,
    count(*) as customers,
    sum(net_revenue_amount) as net_revenue
from ranked
group by tenth
order by tenth
