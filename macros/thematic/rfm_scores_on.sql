{# The body of a CTE: one row per day of the CTE `days` (column `as_of_date`) and customer who bought up to that day,
   with totals as of that day, the three scores and the segment. Reads the CTEs purchase_occasions, purchase_refunds
   and rfm_segments. With `rfm_window_months` only purchases and refunds of so many months before the day count. #}
{% macro rfm_scores_on(days) -%}
    {%- set months = var('rfm_window_months') -%}

    with

    purchases as (

        select
            {{ days }}.as_of_date,
            purchase_occasions.customer_key,
            max(purchase_occasions.purchase_date) as last_purchase_date,
            cast(count(*) as integer) as purchase_occasions,
            sum(purchase_occasions.unvalued_order_count) as unvalued_order_count,
            sum(purchase_occasions.revenue_amount) as revenue_amount
        from {{ days }}
        inner join purchase_occasions
            on purchase_occasions.purchase_date <= {{ days }}.as_of_date
            {% if months is not none -%}
            and purchase_occasions.purchase_date
                > cast({{ dbt.dateadd('month', -(months | int), days ~ '.as_of_date') }} as date)
            {% endif -%}
        group by {{ days }}.as_of_date, purchase_occasions.customer_key

    ),

    refunds as (

        select
            {{ days }}.as_of_date,
            purchase_refunds.customer_key,
            sum(purchase_refunds.unvalued_refund_count) as unvalued_refund_count,
            sum(purchase_refunds.refund_amount) as refund_amount
        from {{ days }}
        inner join purchase_refunds
            on purchase_refunds.booked_date <= {{ days }}.as_of_date
            {% if months is not none -%}
            and purchase_refunds.booked_date
                > cast({{ dbt.dateadd('month', -(months | int), days ~ '.as_of_date') }} as date)
            {% endif -%}
        group by {{ days }}.as_of_date, purchase_refunds.customer_key

    ),

    totals as (

        select
            purchases.as_of_date,
            purchases.customer_key,
            purchases.last_purchase_date,
            purchases.purchase_occasions,
            cast(
                purchases.revenue_amount - coalesce(refunds.refund_amount, 0) as decimal(18, 4)
            ) as net_revenue_amount,
            cast(purchases.unvalued_order_count as integer) as unvalued_order_count,
            cast(
                coalesce(refunds.unvalued_refund_count, 0) as integer
            ) as unvalued_refund_count
        from purchases
        left join refunds
            on
                purchases.as_of_date = refunds.as_of_date
                and purchases.customer_key = refunds.customer_key

    ),

    scored as (

        select
            *,
            {{ rfm_score('last_purchase_date', 'as_of_date') }} as recency_score,
            {{ rfm_score('purchase_occasions', 'as_of_date') }} as frequency_score,
            {{ rfm_score('net_revenue_amount', 'as_of_date') }} as monetary_score
        from totals

    )

    select
        scored.*,
        cast(
            100 * scored.recency_score + 10 * scored.frequency_score + scored.monetary_score as integer
        ) as rfm_cell,
        rfm_segments.segment_code,
        rfm_segments.segment_name,
        rfm_segments.segment_name_zh
    from scored
    left join rfm_segments
        on
            scored.recency_score = rfm_segments.recency_score
            and scored.frequency_score = rfm_segments.frequency_score
            and scored.monetary_score = rfm_segments.monetary_score
{%- endmacro %}
