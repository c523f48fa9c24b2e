-- Every customer in one tier: core, occasional, cart or favourite alone, or visitor. What is bought
-- in the pre-sale and sale of a festival stands apart from everyday purchases.

with

dim_customers as (

    select * from {{ ref('dim_customers') }}

),

dim_as_of_date as (

    select
        as_of_date,
        cast({{ dbt.dateadd('day', -365, 'as_of_date') }} as date) as year_before_date
    from {{ ref('dim_as_of_date') }}

),

dim_dates as (

    select
        date_day,
        festival_phase in ('presale', 'sale') as is_festival
    from {{ ref('dim_dates') }}

),

purchases as (

    select
        purchase_occasions.customer_key,
        count(*) as purchase_days,
        count(
            case when purchase_occasions.purchase_date > dim_as_of_date.year_before_date then 1 end
        ) as year_purchase_days,
        count(case when dim_dates.is_festival then 1 end) as festival_purchase_days,
        sum(case when dim_dates.is_festival then purchase_occasions.revenue_amount else 0 end)
            as festival_revenue_amount,
        sum(purchase_occasions.revenue_amount) as revenue_amount
    from {{ ref('purchase_occasions') }} as purchase_occasions
    cross join dim_as_of_date
    left join dim_dates
        on purchase_occasions.purchase_date = dim_dates.date_day
    group by purchase_occasions.customer_key

),

wishes as (

    select
        bridge_account_customer.customer_key,
        count(*) as wish_count,
        max(fct_web_events.occurred_date) as last_wish_date
    from {{ ref('fct_web_events') }} as fct_web_events
    inner join {{ ref('bridge_account_customer') }} as bridge_account_customer
        on fct_web_events.account_key = bridge_account_customer.account_key
    {{ until_as_of_date('fct_web_events.occurred_date') }}
    where fct_web_events.event_kind in ('cart', 'favourite')
    group by bridge_account_customer.customer_key

),

counted as (

    select
        dim_customers.customer_key,
        dim_as_of_date.as_of_date,
        coalesce(purchases.purchase_days, 0) as purchase_days,
        coalesce(purchases.year_purchase_days, 0) as year_purchase_days,
        coalesce(purchases.festival_purchase_days, 0) as festival_purchase_days,
        coalesce(purchases.festival_revenue_amount, 0) as festival_revenue_amount,
        coalesce(purchases.revenue_amount, 0) as revenue_amount,
        coalesce(wishes.wish_count, 0) as wish_count,
        wishes.last_wish_date
    from dim_customers
    cross join dim_as_of_date
    left join purchases
        on dim_customers.customer_key = purchases.customer_key
    left join wishes
        on dim_customers.customer_key = wishes.customer_key
    -- Who was first seen later was nobody's customer yet.
    where
        purchases.customer_key is not null
        or dim_customers.first_seen_at is null
        or cast(dim_customers.first_seen_at as date) <= dim_as_of_date.as_of_date

),

final as (

    select
        customer_key,
        as_of_date,
        case
            when year_purchase_days >= {{ var('core_purchase_days') }} then 'core'
            when purchase_days > 0 then 'occasional'
            when wish_count > 0 then 'cart_or_favourite'
            else 'visitor'
        end as tier,
        cast(purchase_days as integer) as purchase_days,
        cast(year_purchase_days as integer) as year_purchase_days,
        cast(festival_purchase_days as integer) as festival_purchase_days,
        cast(purchase_days - festival_purchase_days as integer) as everyday_purchase_days,
        {{ ratio('festival_purchase_days', 'purchase_days') }} as festival_rate,
        {{ money_total('festival_revenue_amount') }} as festival_revenue_amount,
        {{ money_total('revenue_amount - festival_revenue_amount') }} as everyday_revenue_amount,
        cast(wish_count as integer) as wish_count,
        last_wish_date
    from counted

)

select * from final
