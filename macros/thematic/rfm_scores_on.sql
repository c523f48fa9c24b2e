{# The body of a CTE: one row per day of the CTE `days` (column `as_of_date`) and customer who
   bought up to that day, with totals as of that day, the three scores and `rfm_cell`. Reads the
   CTEs purchase_occasions and purchase_refunds. With `rfm_window_months` only purchases and refunds
   of so many months before the day count. #}
{% macro rfm_scores_on(days) -%}
    {%- set months = var('rfm_window_months') -%}
    {%- set scores = {
        'recency_score': 'last_purchase_date',
        'frequency_score': 'purchase_occasions',
        'monetary_score': 'net_revenue_amount',
    } -%}

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
            on {{ days }}.as_of_date >= purchase_occasions.purchase_date
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
            on {{ days }}.as_of_date >= purchase_refunds.booked_date
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

    {% for score, value in scores.items() -%}
    {{ score }}s as (

        {{ rfm_score('totals', value) }}

    ),

    {% endfor -%}
    scored as (

        select
            totals.*,
            {%- for score in scores %}
            {{ score }}s.score as {{ score }}{{ ',' if not loop.last }}
            {%- endfor %}
        from totals
        {%- for score, value in scores.items() %}
        inner join {{ score }}s
            on
                totals.as_of_date = {{ score }}s.as_of_date
                and totals.{{ value }} = {{ score }}s.{{ value }}
        {%- endfor %}

    )

    select
        *,
        cast(
            100 * recency_score + 10 * frequency_score + monetary_score as integer
        ) as rfm_cell
    from scored
{%- endmacro %}
