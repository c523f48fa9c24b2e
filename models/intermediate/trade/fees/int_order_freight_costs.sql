{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

shipments as (

    select * from {{ touched_keys.touched_rows(ref('int_shipments_localized')) }}
    where order_key is not null

),

rates as (

    select * from {{ touched_keys.touched_rows(ref('int_order_exchange_rates')) }}

),

-- An order may go in several parcels: total them before the join.
parcel_totals as (

    select
        order_key,
        sum(freight_cost_amount) as freight_cost_amount
    from shipments
    group by order_key

),

final as (

    select
        rates.order_key,
        {{ exchanged(
            'parcel_totals.freight_cost_amount', 'rates.cost_from_rate', 'rates.cost_to_rate'
        ) }} as freight_cost_amount
    from rates
    inner join parcel_totals
        on rates.order_key = parcel_totals.order_key

)

select * from final
