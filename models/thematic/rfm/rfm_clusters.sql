-- The cluster whose centre is nearest to each customer on the as-of date. Numbers are no amounts.

with

rfm_customers as (

    select * from {{ ref('rfm_customers') }}

),

rfm_cluster_centroids as (

    select * from {{ ref('rfm_cluster_centroids') }}

),

-- As int_rfm_clusters_fitted takes them. Who got back more than was spent has spent nothing.
logs as (

    select
        customer_key,
        as_of_date,
        cast(round(ln(1 + recency_days), 6) as decimal(9, 6)) as recency,
        cast(round(ln(purchase_occasions), 6) as decimal(9, 6)) as frequency,
        cast(round(ln(1 + greatest(net_revenue_amount, 0)), 6) as decimal(9, 6)) as monetary
    from rfm_customers

),

differences as (

    select
        logs.customer_key,
        logs.as_of_date,
        centroids.cluster_number,
        centroids.missing_reason,
        cast(logs.recency - centroids.recency_mean as double)
        / cast(centroids.recency_deviation as double)
        - cast(centroids.recency_center as double) as recency,
        cast(logs.frequency - centroids.frequency_mean as double)
        / cast(centroids.frequency_deviation as double)
        - cast(centroids.frequency_center as double) as frequency,
        cast(logs.monetary - centroids.monetary_mean as double)
        / cast(centroids.monetary_deviation as double)
        - cast(centroids.monetary_center as double) as monetary
    from logs
    -- A few rows; where nothing was learned one, that says why.
    cross join rfm_cluster_centroids as centroids

),

distances as (

    select
        customer_key,
        as_of_date,
        cluster_number,
        missing_reason,
        cast(
            round(recency * recency + frequency * frequency + monetary * monetary, 6)
            as decimal(18, 6)
        ) as squared_distance
    from differences

),

-- In the middle between two the first counts.
ranked as (

    select
        *,
        row_number() over (
            partition by customer_key
            order by squared_distance, cluster_number
        ) as place
    from distances

),

final as (

    select
        customer_key,
        as_of_date,
        cluster_number,
        squared_distance,
        missing_reason
    from ranked
    where place = 1

)

select * from final
