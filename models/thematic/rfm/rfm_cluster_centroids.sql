-- The middle of each cluster of customers, and what it was learned from. What is typical of a
-- cluster is not additive.

with

int_rfm_clusters_fitted as (

    select * from {{ ref('int_rfm_clusters_fitted') }}

),

middles as (

    select
        *,
        exp(recency_mean + recency_center * recency_deviation) - 1 as recency_days,
        exp(frequency_mean + frequency_center * frequency_deviation) as purchase_occasions,
        exp(monetary_mean + monetary_center * monetary_deviation) - 1 as net_revenue_amount
    from int_rfm_clusters_fitted

),

final as (

    select
        cluster_number,
        as_of_date,
        earliest_last_purchase_date,
        latest_last_purchase_date,
        customers,
        cast(round(recency_days, 2) as decimal(18, 2)) as typical_recency_days,
        cast(round(purchase_occasions, 2) as decimal(18, 2)) as typical_purchase_occasions,
        cast(round(net_revenue_amount, 4) as decimal(28, 4)) as typical_net_revenue_amount,
        recency_mean,
        frequency_mean,
        monetary_mean,
        recency_deviation,
        frequency_deviation,
        monetary_deviation,
        recency_center,
        frequency_center,
        monetary_center,
        mean_squared_distance,
        missing_reason
    from middles

)

select * from final
