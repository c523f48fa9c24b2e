-- What the carriers ask for a parcel, summed over its rows of the last bill that has it. A bill is
-- often the whole company's: parcels of other shops find no order.

with

source as (

    select * from {{ source('exports', 'parcel_rows') }}
    where tracking_no is not null and freight_cost_amount is not null

),

latest as (

    select
        *,
        dense_rank() over (partition by tracking_no order by _batch_id desc) as delivery_number
    from source

),

summed as (

    select
        tracking_no,
        cast(sum(freight_cost_amount) as decimal(18, 4)) as freight_cost_amount,
        cast(max(weight_kg) as decimal(18, 4)) as weight_kg,
        max(_batch_id) as batch_id,
        max(_loaded_at) as loaded_at
    from latest
    where delivery_number = 1
    group by tracking_no

)

select * from summed
