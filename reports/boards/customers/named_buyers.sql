-- One row per platform with a valid order: how many of them name their buyer, fewest first.
with counted as (
    select
        platform_code,
        count(*) as orders,
        count(account_key) as named_orders
    from subject.fct_orders
    cross join subject.dim_as_of_date
    where is_valid and purchase_date <= as_of_date
    group by platform_code
)

select
    platform_code,
    orders,
    named_orders,
    case
        when named_orders = 0 then 'none'
        when named_orders < orders then 'some'
        else 'all'
    end as buyers
from counted
order by named_orders / orders, platform_code
