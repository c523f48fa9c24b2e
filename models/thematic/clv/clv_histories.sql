-- What customers bought up to a day, and after it. Histories tell the same purchases again.

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

spans as (

    select
        dim_as_of_date.as_of_date,
        {{ dbt.datediff(
            'min(purchase_occasions.purchase_date)', 'dim_as_of_date.as_of_date', 'day'
        ) }} as span_days
    from dim_as_of_date
    cross join purchase_occasions
    group by dim_as_of_date.as_of_date

),

-- A young brand keeps two thirds of its days to learn from.
histories as (

    select
        'forecast' as history_name,
        as_of_date,
        0 as later_span_days
    from spans

    union all

    select
        'backtest' as history_name,
        as_of_date,
        least({{ var('clv_backtest_days') }}, {{ integer_divide('span_days', 3) }})
            as later_span_days
    from spans
    where span_days >= 3

),

occasions as (

    select
        histories.history_name,
        histories.later_span_days,
        cast({{ dbt.dateadd('day', '-later_span_days', 'as_of_date') }} as date) as until_date,
        purchase_occasions.customer_key,
        purchase_occasions.first_purchase_date,
        purchase_occasions.purchase_date,
        purchase_occasions.revenue_amount,
        -- A day without a known value counts as a purchase, and says nothing of spend.
        purchase_occasions.purchase_number > 1
        and purchase_occasions.unvalued_order_count = 0 as is_valued_repeat
    from histories
    cross join purchase_occasions

),

totals as (

    select
        history_name,
        customer_key,
        until_date,
        later_span_days,
        first_purchase_date,
        max(purchase_date) filter (where purchase_date <= until_date) as last_purchase_date,
        count(*) filter (where purchase_date <= until_date) - 1 as repeat_days,
        count(*) filter (where purchase_date <= until_date and is_valued_repeat)
            as valued_repeat_days,
        sum(revenue_amount) filter (where purchase_date <= until_date) as revenue_amount,
        sum(revenue_amount) filter (where purchase_date <= until_date and is_valued_repeat)
            as repeat_revenue_amount,
        count(*) filter (where purchase_date > until_date) as later_purchase_days,
        sum(revenue_amount) filter (where purchase_date > until_date) as later_revenue_amount
    from occasions
    where first_purchase_date <= until_date
    group by history_name, customer_key, until_date, later_span_days, first_purchase_date

),

final as (

    select
        history_name,
        customer_key,
        until_date,
        first_purchase_date,
        last_purchase_date,
        cast(repeat_days as integer) as repeat_days,
        cast(
            {{ dbt.datediff('first_purchase_date', 'last_purchase_date', 'day') }} as integer
        ) as recency_days,
        cast({{ dbt.datediff('first_purchase_date', 'until_date', 'day') }} as integer) as age_days,
        cast(valued_repeat_days as integer) as valued_repeat_days,
        {{ money_total('revenue_amount') }} as revenue_amount,
        {{ money_total('coalesce(repeat_revenue_amount, 0)') }} as repeat_revenue_amount,
        cast(later_span_days as integer) as later_span_days,
        cast(later_purchase_days as integer) as later_purchase_days,
        {{ money_total('coalesce(later_revenue_amount, 0)') }} as later_revenue_amount
    from totals

)

select * from final
