-- What the report says paying buyers paid in the end is what the facts call net revenue.

{{ config(enabled='tmall' in env_var('SOURCES', '').split(',')) }}

with

report as (

    select
        count(*) as order_count,
        coalesce(sum(case when paid_time is not null then net_paid_amount end), 0)
            as net_paid_amount
    from {{ ref('stg_tmall__order_report') }}

),

facts as (

    select
        count(*) as order_count,
        coalesce(sum(case when is_valid then net_revenue_amount end), 0) as net_revenue_amount
    from {{ ref('fct_orders') }}
    where source = 'tmall'

)

select
    report.net_paid_amount,
    facts.net_revenue_amount
from report
cross join facts
where
    report.order_count <> facts.order_count
    or report.net_paid_amount <> facts.net_revenue_amount
