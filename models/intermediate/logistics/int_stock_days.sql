-- Grain: one row per SKU, warehouse and day with a movement, a count or a change in what waits to be
-- shipped: what moved, by kind. Warehouse null: paid units that are in no parcel yet.

with

movements as (

    select * from {{ ref('int_stock_movements_valued') }}

),

stock_counts as (

    select * from {{ ref('int_stock_counts_unioned') }}
    qualify row_number() over (
        partition by warehouse_id, sku_id, counted_date order by source asc
    ) = 1

),

reservations as (

    select * from {{ ref('int_stock_reservations') }}

),

moved as (

    select
        warehouse_id,
        sku_id,
        moved_date as date_day,
        max(movement_number) as last_movement_number,
        sum(quantity) as net_quantity,
        sum(case when movement_kind = 'receipt' then quantity else 0 end) as received_quantity,
        -sum(case when movement_kind = 'sale' then quantity else 0 end) as sold_quantity,
        sum(case when movement_kind = 'return' then quantity else 0 end) as returned_quantity,
        sum(case when movement_kind = 'transfer' and quantity > 0 then quantity else 0 end)
            as transferred_in_quantity,
        -sum(case when movement_kind = 'transfer' and quantity < 0 then quantity else 0 end)
            as transferred_out_quantity,
        sum(case when movement_kind = 'adjustment' then quantity else 0 end) as adjusted_quantity,
        -sum(case when movement_kind = 'damage' then quantity else 0 end) as damaged_quantity,
        sum(case when quantity > 0 then value_change_amount end) as value_in_amount,
        -sum(case when quantity < 0 then value_change_amount end) as value_out_amount,
        count(case when value_change_amount is null then 1 end) as unvalued_count,
        -sum(case when movement_kind = 'sale' then value_change_amount end) as sold_cost_amount,
        sum(case when movement_kind = 'return' then value_change_amount end)
            as returned_cost_amount
    from movements
    group by warehouse_id, sku_id, moved_date

),

days as (

    select
        warehouse_id,
        sku_id,
        date_day
    from moved
    union
    select
        warehouse_id,
        sku_id,
        counted_date as date_day
    from stock_counts
    union
    select
        warehouse_id,
        sku_id,
        date_day
    from reservations

),

final as (

    select
        days.warehouse_id,
        days.sku_id,
        days.date_day,
        cast(coalesce(moved.net_quantity, 0) as bigint) as net_quantity,
        cast(coalesce(moved.received_quantity, 0) as bigint) as received_quantity,
        cast(coalesce(moved.sold_quantity, 0) as bigint) as sold_quantity,
        cast(coalesce(moved.returned_quantity, 0) as bigint) as returned_quantity,
        cast(coalesce(moved.transferred_in_quantity, 0) as bigint) as transferred_in_quantity,
        cast(coalesce(moved.transferred_out_quantity, 0) as bigint) as transferred_out_quantity,
        cast(coalesce(moved.adjusted_quantity, 0) as bigint) as adjusted_quantity,
        cast(coalesce(moved.damaged_quantity, 0) as bigint) as damaged_quantity,
        case
            when coalesce(moved.unvalued_count, 0) = 0 then coalesce(moved.value_in_amount, 0)
        end as value_in_amount,
        case
            when coalesce(moved.unvalued_count, 0) = 0 then coalesce(moved.value_out_amount, 0)
        end as value_out_amount,
        case
            when coalesce(moved.unvalued_count, 0) = 0 then coalesce(moved.sold_cost_amount, 0)
        end as sold_cost_amount,
        case
            when coalesce(moved.unvalued_count, 0) = 0 then coalesce(moved.returned_cost_amount, 0)
        end as returned_cost_amount,
        last_movements.average_unit_cost,
        stock_counts.on_hand_quantity as counted_quantity,
        coalesce(reservations.reserved_change, 0) as reserved_change
    from days
    left join moved
        on
            days.warehouse_id = moved.warehouse_id
            and days.sku_id = moved.sku_id
            and days.date_day = moved.date_day
    left join movements as last_movements
        on
            moved.warehouse_id = last_movements.warehouse_id
            and moved.sku_id = last_movements.sku_id
            and moved.last_movement_number = last_movements.movement_number
    left join stock_counts
        on
            days.warehouse_id = stock_counts.warehouse_id
            and days.sku_id = stock_counts.sku_id
            and days.date_day = stock_counts.counted_date
    left join reservations
        on
            days.warehouse_id is not distinct from reservations.warehouse_id
            and days.sku_id = reservations.sku_id
            and days.date_day = reservations.date_day

)

select * from final
