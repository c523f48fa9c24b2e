-- No spending is lost or doubled on its way from the sources to the fact.

with

delivered as (

    select
        platform_code,
        spend_date,
        sum(cost_amount) as cost_amount,
        count(*) as row_count
    from {{ ref('int_ad_spend_unioned') }}
    group by platform_code, spend_date

),

booked as (

    select
        platform_code,
        spend_date,
        sum(cost_amount) as cost_amount,
        count(*) as row_count
    from {{ ref('fct_ad_spend') }}
    group by platform_code, spend_date

)

select
    coalesce(delivered.platform_code, booked.platform_code) as platform_code,
    coalesce(delivered.spend_date, booked.spend_date) as spend_date
from delivered
full outer join booked
    on
        delivered.platform_code = booked.platform_code
        and delivered.spend_date = booked.spend_date
where
    delivered.cost_amount is distinct from booked.cost_amount
    or delivered.row_count is distinct from booked.row_count
