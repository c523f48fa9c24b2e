-- How many customers buy again after their nth purchase, and after how many days. Percentiles
-- and rates do not add up.

with

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

final as (

    select
        purchase_number,
        cast(count(*) as integer) as customers,
        cast(count(days_to_next) as integer) as repurchased_customers,
        {{ ratio('count(days_to_next)', 'count(*)') }} as repurchase_rate,
        -- Over completed intervals: percentile_cont passes over the nulls of the open ones.
        percentile_cont(0.25) within group (order by cast(days_to_next as double)) as p25_days,
        percentile_cont(0.5) within group (order by cast(days_to_next as double)) as median_days,
        percentile_cont(0.75) within group (order by cast(days_to_next as double)) as p75_days
    from purchase_occasions
    group by purchase_number

)

select * from final
