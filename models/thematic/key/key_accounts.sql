-- The customers who spent most in the last year: how often they order, what, and when the next
-- order is due by their own median interval.

with

dim_as_of_date as (

    select
        as_of_date,
        cast({{ dbt.dateadd('day', -365, 'as_of_date') }} as date) as year_before_date
    from {{ ref('dim_as_of_date') }}

),

occasions as (

    select
        purchase_occasions.*,
        dim_as_of_date.as_of_date,
        purchase_occasions.purchase_date > dim_as_of_date.year_before_date as is_in_year
    from {{ ref('purchase_occasions') }} as purchase_occasions
    cross join dim_as_of_date

),

customers as (

    select
        customer_key,
        as_of_date,
        count(*) as purchase_days,
        max(purchase_date) as last_purchase_date,
        sum(case when is_in_year then revenue_amount else 0 end) as year_revenue_amount,
        sum(case when is_in_year then order_count else 0 end) as year_order_count,
        percentile_cont(0.25) within group (order by cast(days_since_previous as double))
            as p25_days,
        percentile_cont(0.5) within group (order by cast(days_since_previous as double))
            as median_days,
        percentile_cont(0.75) within group (order by cast(days_since_previous as double))
            as p75_days,
        count(days_since_previous) as interval_count
    from occasions
    group by customer_key, as_of_date

),

-- Equal revenue, equal place: nobody is left out for want of a rule.
placed as (

    select
        *,
        rank() over (order by year_revenue_amount desc) as place,
        count(*) over () as buyer_count,
        sum(year_revenue_amount) over () as all_revenue_amount
    from customers
    where year_revenue_amount > 0

),

key_customers as (

    select
        *,
        cast(round(median_days) as integer) as median_whole_days
    from placed
    where
        place <= ceil({{ var('key_account_share') }} * buyer_count)
        and purchase_days >= {{ var('key_account_purchase_days') }}

),

bought as (

    select
        key_customers.customer_key,
        fct_order_lines.product_key,
        dim_products.category_1,
        sum(fct_order_lines.quantity) as unit_count
    from key_customers
    inner join {{ ref('bridge_account_customer') }} as bridge_account_customer
        on key_customers.customer_key = bridge_account_customer.customer_key
    inner join {{ ref('fct_orders') }} as fct_orders
        on bridge_account_customer.account_key = fct_orders.account_key
    inner join {{ ref('fct_order_lines') }} as fct_order_lines
        on fct_orders.order_key = fct_order_lines.order_key
    left join {{ ref('dim_products') }} as dim_products
        on fct_order_lines.product_key = dim_products.product_key
    inner join dim_as_of_date
        on
            fct_orders.purchase_date <= dim_as_of_date.as_of_date
            and fct_orders.purchase_date > dim_as_of_date.year_before_date
    where
        fct_orders.is_valid
        and fct_order_lines.product_key is not null
        and fct_order_lines.quantity > 0
        and not fct_order_lines.is_gift
    group by key_customers.customer_key, fct_order_lines.product_key, dim_products.category_1

),

by_category as (

    select
        customer_key,
        category_1,
        sum(unit_count) as unit_count
    from bought
    group by customer_key, category_1

),

top_categories as (

    select * from by_category
    where category_1 is not null
    qualify row_number() over (
        partition by customer_key order by unit_count desc, category_1 asc
    ) = 1

),

mixes as (

    select
        *,
        sum(unit_count) over (partition by customer_key) as all_unit_count
    from bought
    qualify row_number() over (
        partition by customer_key order by unit_count desc, product_key asc
    ) = 1

),

expected as (

    select
        *,
        case
            when interval_count >= 2
                then cast(
                    {{ dbt.dateadd('day', 'median_whole_days', 'last_purchase_date') }} as date
                )
        end as expected_next_date
    from key_customers

),

final as (

    select
        expected.customer_key,
        expected.as_of_date,
        cast(expected.place as integer) as place,
        {{ money_total('expected.year_revenue_amount') }} as year_revenue_amount,
        {{ ratio('expected.year_revenue_amount', 'expected.all_revenue_amount') }}
            as revenue_share,
        cast(expected.year_order_count as integer) as year_order_count,
        cast(coalesce(mixes.all_unit_count, 0) as bigint) as year_unit_count,
        cast(expected.purchase_days as integer) as purchase_days,
        expected.median_days,
        expected.p75_days - expected.p25_days as spread_days,
        expected.last_purchase_date,
        expected.expected_next_date,
        cast(
            {{ dbt.datediff('expected.expected_next_date', 'expected.as_of_date', 'day') }}
            as integer
        ) as days_past_due,
        mixes.product_key as top_product_key,
        {{ ratio('mixes.unit_count', 'mixes.all_unit_count') }} as top_product_share,
        top_categories.category_1 as top_category,
        {{ ratio('top_categories.unit_count', 'mixes.all_unit_count') }} as top_category_share,
        case when expected.interval_count < 2 then 'too_few_purchases' end as missing_reason
    from expected
    left join mixes
        on expected.customer_key = mixes.customer_key
    left join top_categories
        on expected.customer_key = top_categories.customer_key

)

select * from final
