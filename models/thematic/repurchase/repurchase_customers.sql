-- When each customer is expected to buy again, and who is overdue on the as-of date.

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

repurchase_intervals as (

    select * from {{ ref('repurchase_intervals') }}

),

customer_paces as (

    select
        customer_key,
        min(purchase_date) as first_purchase_date,
        max(purchase_date) as last_purchase_date,
        cast(count(*) as integer) as purchase_occasions,
        percentile_cont(0.5) within group (
            order by cast(days_since_previous as double)
        ) as own_interval_days
    from purchase_occasions
    group by customer_key

),

typical as (

    select
        customer_paces.*,
        dim_as_of_date.as_of_date,
        coalesce(
            customer_paces.own_interval_days, repurchase_intervals.median_days
        ) as typical_interval_days,
        case
            when customer_paces.own_interval_days is not null then 'own'
            when repurchase_intervals.median_days is not null then 'brand'
        end as interval_basis
    from customer_paces
    cross join dim_as_of_date
    left join repurchase_intervals
        on customer_paces.purchase_occasions = repurchase_intervals.purchase_number

),

expected as (

    select
        *,
        cast(
        -- Half a day more counts as a day: a cast alone rounds on one engine, cuts on another.
            {{ dbt.dateadd(
                'day', 'cast(floor(typical_interval_days + 0.5) as integer)', 'last_purchase_date'
            ) }} as date
        ) as expected_next_date
    from typical

),

final as (

    select
        customer_key,
        as_of_date,
        purchase_occasions,
        first_purchase_date,
        last_purchase_date,
        typical_interval_days,
        interval_basis,
        expected_next_date,
        coalesce(as_of_date > expected_next_date, false) as is_overdue,
        case
            when as_of_date > expected_next_date
                then cast({{ dbt.datediff('expected_next_date', 'as_of_date', 'day') }} as integer)
            when expected_next_date is not null then 0
        end as overdue_days
    from expected

)

select * from final
