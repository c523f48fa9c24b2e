-- Recency, frequency and monetary score of customers on the as-of date.
-- Grain: one row per customer_key with a purchase occasion (inside `rfm_window_months`, when set).
-- Scores are not additive. Equal values always share a score.

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

    select * from {{ ref('rfm_segments') }}

),

scored as (

    {{ rfm_scores_on('dim_as_of_date') }}

),

final as (

    select
        customer_key,
        as_of_date,
        last_purchase_date,
        cast({{ dbt.datediff('last_purchase_date', 'as_of_date', 'day') }} as integer) as recency_days,
        purchase_occasions,
        net_revenue_amount,
        recency_score,
        frequency_score,
        monetary_score,
        rfm_cell,
        segment_code,
        segment_name,
        segment_name_zh,
        unvalued_order_count,
        unvalued_refund_count
    from scored

)

select * from final
