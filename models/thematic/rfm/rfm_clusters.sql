-- The cluster whose centre is nearest to each customer on the as-of date. Numbers are no amounts.

{%- set values = ['recency', 'frequency', 'monetary'] %}

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

distances as (

    select
        logs.customer_key,
        logs.as_of_date,
        rfm_cluster_centroids.cluster_number,
        rfm_cluster_centroids.missing_reason,
        {%- for value in values %}
        power(
            cast(logs.{{ value }} - rfm_cluster_centroids.{{ value }}_mean as double)
            / cast(rfm_cluster_centroids.{{ value }}_deviation as double)
            - cast(rfm_cluster_centroids.{{ value }}_center as double),
            2
        ){{ ' +' if not loop.last else ' as squared_distance' }}
        {%- endfor %}
    from logs
    -- A few rows; where nothing was learned one, that says why.
    cross join rfm_cluster_centroids

),

rounded as (

    select
        customer_key,
        as_of_date,
        cluster_number,
        missing_reason,
        cast(round(squared_distance, 6) as decimal(18, 6)) as squared_distance
    from distances

),

-- In the middle between two the first counts.
ranked as (

    select
        *,
        row_number() over (
            partition by customer_key
            order by squared_distance, cluster_number
        ) as place
    from rounded

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
