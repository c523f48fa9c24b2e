-- 复购率: of those who bought inside a window up to the as-of date, who bought on two days or more.
-- Buyers of several windows are the same people: nothing adds up.

with

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}
    where as_of_date is not null

),

windows as (

    {% for days in var('repurchase_window_days') %}
    select
        '{{ days }} days' as window_name,
        cast({{ days }} as integer) as window_days
    union all
    {% endfor %}
    select
        'ever' as window_name,
        cast(null as integer) as window_days

),

-- A window of 30 days is the as-of date and the 29 days before it.
buyers as (

    select
        windows.window_name,
        purchase_occasions.customer_key,
        count(*) as purchase_occasions
    from windows
    cross join dim_as_of_date
    inner join purchase_occasions
        on
            windows.window_days is null
            or {{ dbt.datediff(
                'purchase_occasions.purchase_date', 'dim_as_of_date.as_of_date', 'day'
            ) }}
            < windows.window_days
    group by
        windows.window_name,
        purchase_occasions.customer_key

),

final as (

    select
        windows.window_name,
        windows.window_days,
        dim_as_of_date.as_of_date,
        cast(count(buyers.customer_key) as integer) as buyers,
        cast(count(case when buyers.purchase_occasions >= 2 then 1 end) as integer)
            as repeat_buyers,
        {{ ratio(
            'count(case when buyers.purchase_occasions >= 2 then 1 end)',
            'count(buyers.customer_key)',
        ) }} as repurchase_rate
    from windows
    cross join dim_as_of_date
    left join buyers
        on windows.window_name = buyers.window_name
    group by
        windows.window_name,
        windows.window_days,
        dim_as_of_date.as_of_date

)

select * from final
