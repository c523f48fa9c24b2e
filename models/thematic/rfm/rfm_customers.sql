-- Recency, frequency and monetary score of customers on the as-of date. Scores are not additive.
-- Equal values always share a score.

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

purchase_refunds as (

    select * from {{ ref('purchase_refunds') }}

),

rfm_segments as (

    select
        *,
        {{ rfm_cell() }} as rfm_cell
    from {{ ref('rfm_segments') }}

),

scored as (

    {{ rfm_scores_on('dim_as_of_date') }}

),

final as (

    select
        scored.customer_key,
        scored.as_of_date,
        scored.last_purchase_date,
        cast(
            {{ dbt.datediff('scored.last_purchase_date', 'scored.as_of_date', 'day') }} as integer
        ) as recency_days,
        scored.purchase_occasions,
        scored.net_revenue_amount,
        scored.recency_score,
        scored.frequency_score,
        scored.monetary_score,
        scored.rfm_cell,
        rfm_segments.segment_code,
        rfm_segments.segment_name,
        rfm_segments.segment_name_zh,
        scored.unvalued_order_count,
        scored.unvalued_refund_count
    from scored
    left join rfm_segments
        on scored.rfm_cell = rfm_segments.rfm_cell

)

select * from final
