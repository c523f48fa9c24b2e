-- Size and worth of each RFM segment on the as-of date. Averages and rates are not additive.

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}
    where as_of_date is not null

),

rfm_customers as (

    select * from {{ ref('rfm_customers') }}

),

segments as (

    select distinct
        segment_code,
        segment_name,
        segment_name_zh
    from {{ ref('rfm_segments') }}

),

segment_totals as (

    select
        segment_code,
        count(*) as customers,
        sum(net_revenue_amount) as net_revenue_amount,
        sum(recency_days) as recency_days,
        sum(purchase_occasions) as purchase_occasions
    from rfm_customers
    group by segment_code

),

final as (

    select
        dim_as_of_date.as_of_date,
        segments.segment_code,
        segments.segment_name,
        segments.segment_name_zh,
        cast(coalesce(segment_totals.customers, 0) as integer) as customers,
        {{ ratio(
            'coalesce(segment_totals.customers, 0)',
            'sum(segment_totals.customers) over ()',
        ) }} as customer_rate,
        {{ money_total('coalesce(segment_totals.net_revenue_amount, 0)') }} as net_revenue_amount,
        {{ ratio(
            'coalesce(segment_totals.net_revenue_amount, 0)',
            'sum(segment_totals.net_revenue_amount) over ()',
        ) }} as net_revenue_rate,
        {{ quotient(
            'segment_totals.net_revenue_amount', 'segment_totals.customers', 6
        ) }} as average_net_revenue_amount,
        {{ ratio(
            'segment_totals.recency_days', 'segment_totals.customers'
        ) }} as average_recency_days,
        {{ ratio(
            'segment_totals.purchase_occasions', 'segment_totals.customers'
        ) }} as average_purchase_occasions
    from segments
    cross join dim_as_of_date
    left join segment_totals
        on segments.segment_code = segment_totals.segment_code

)

select * from final
