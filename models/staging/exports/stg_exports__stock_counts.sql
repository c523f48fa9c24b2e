-- An inventory file without a day is of the day on which it landed. Of two files that count a SKU
-- of one place and day, the last one counts.

with

source as (

    select * from {{ source('exports', 'stock_rows') }}
    where sku_id is not null and on_hand is not null

),

latest as (

    select
        *,
        coalesce(counted_on, cast(_loaded_at as date)) as counted_date,
        dense_rank() over (
            partition by
                platform, shop_id, sku_id, location,
                coalesce(counted_on, cast(_loaded_at as date))
            order by _batch_id desc
        ) as delivery_number
    from source

),

final as (

    select
        concat_ws(' ', platform, shop_id, location) as warehouse_id,
        sku_id,
        counted_date,
        cast(sum(on_hand) as integer) as on_hand_quantity,
        cast(sum(reserved) as integer) as reserved_quantity,
        cast(sum(inbound) as integer) as in_transit_quantity,
        max(_batch_id) as batch_id,
        max(_loaded_at) as loaded_at
    from latest
    where delivery_number = 1
    group by concat_ws(' ', platform, shop_id, location), sku_id, counted_date

)

select * from final
