{# The body of a CTE: one row per day of the CTE `days` (column `as_of_date`) and customer who
   bought up to that day, with totals as of that day, the three scores and `rfm_cell`. Reads the
   CTEs purchase_occasions and purchase_refunds. With `rfm_window_months` only purchases and refunds
   of so many months before the day count: what there was by then is taken off. #}
{% macro rfm_scores_on(days) -%}
    {%- set months = var('rfm_window_months') -%}
    {%- set scores = {
        'recency_score': 'last_purchase_date',
        'frequency_score': 'purchase_occasions', 'monetary_score': 'net_revenue_amount',
    } -%}
    {%- set sums = {
        'purchase_occasions': 'integer',
        'net_revenue_amount': 'decimal(28, 4)',
        'unvalued_order_count': 'integer',
        'unvalued_refund_count': 'integer',
    } -%}

    with

    bookings as (

        select
            customer_key,
            purchase_date as booked_date,
            purchase_date,
            1 as purchase_occasions,
            revenue_amount as net_revenue_amount,
            unvalued_order_count,
            0 as unvalued_refund_count
        from purchase_occasions

        union all

        select
            customer_key,
            booked_date,
            cast(null as date) as purchase_date,
            0 as purchase_occasions,
            -refund_amount as net_revenue_amount,
            0 as unvalued_order_count,
            unvalued_refund_count
        from purchase_refunds

    ),

    -- The totals of a customer, each row from its day until the day before the next row's. Of a day
    -- with a purchase and a refund both rows have both, and one of them ends where it begins.
    running as (

        select
            customer_key,
            booked_date as from_date,
            lead(booked_date) over customer_days as until_date,
            max(purchase_date) over customer_days as last_purchase_date,
            {%- for sum in sums %}
            sum({{ sum }}) over customer_days as {{ sum }}{{ ',' if not loop.last }}
            {%- endfor %}
        from bookings
        window customer_days as (partition by customer_key order by booked_date)

    ),

    totals as (

        select
            {{ days }}.as_of_date,
            running.customer_key,
            running.last_purchase_date,
            {%- for sum, type in sums.items() %}
            {%- set less = ' - coalesce(earlier.' ~ sum ~ ', 0)' if months is not none %}
            cast(running.{{ sum }}{{ less }} as {{ type }}) as {{ sum }}{{ ',' if not loop.last }}
            {%- endfor %}
        from {{ days }}
        inner join running
            on
                {{ days }}.as_of_date >= running.from_date
                and ({{ days }}.as_of_date < running.until_date or running.until_date is null)
        {% if months is not none -%}
        {%- set start = dbt.dateadd('month', -(months | int), days ~ '.as_of_date') -%}
        left join running as earlier
            on
                running.customer_key = earlier.customer_key
                and cast({{ start }} as date) >= earlier.from_date
                and (cast({{ start }} as date) < earlier.until_date or earlier.until_date is null)
        {%- endif %}

    ),

    -- Who only got money back has no score.
    buyers as (

        select * from totals
        where purchase_occasions > 0

    ),

    limits as (

        {{ rfm_limits('buyers', scores.values()) }}

    ),

    scored as (

        select
            buyers.*,
            {%- for score, value in scores.items() %}
            {{ rfm_score('buyers', 'limits', value) }} as {{ score }}{{ ',' if not loop.last }}
            {%- endfor %}
        from buyers
        inner join limits
            on buyers.as_of_date = limits.as_of_date

    )

    select
        *,
        {{ rfm_cell() }} as rfm_cell
    from scored
{%- endmacro %}
