-- All null where nothing has landed.

with

orders as (

    select * from {{ ref('int_orders_validated') }}

),

refunds as (

    select * from {{ ref('int_refunds_localized') }}

),

days as (

    select
        ordered_date as date_day,
        purchase_date,
        loaded_at
    from orders
    union all
    select
        booked_date as date_day,
        cast(null as date) as purchase_date,
        loaded_at
    from refunds

),

landing as (

    select {{ local_date('max(loaded_at)', "'" ~ var('default_time_zone') ~ "'") }} as landed_date
    from days

),

final as (

    select
        max(landing.landed_date) as landed_date,
        least(min(days.date_day), min(days.purchase_date)) as first_date,
        greatest(max(days.date_day), max(days.purchase_date)) as last_date,
        max(case when days.purchase_date <= landing.landed_date then days.purchase_date end)
            as last_purchase_date
    from days
    cross join landing

)

select * from final
