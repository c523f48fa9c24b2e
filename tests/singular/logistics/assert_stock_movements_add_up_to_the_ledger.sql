-- What stands in the end is the opening and every movement, whatever its kind and its day.

with

movements as (

    select
        warehouse_id,
        sku_id,
        sum(quantity) as quantity
    from {{ ref('int_stock_movements_unioned') }}
    group by warehouse_id, sku_id

),

openings as (

    select * from {{ ref('int_stock_openings') }}

),

closings as (

    select * from {{ ref('fct_stock_ledger') }}
    where warehouse_id is not null and valid_to_date is null

)

select
    openings.warehouse_id,
    openings.sku_id,
    openings.opening_quantity,
    movements.quantity,
    closings.closing_quantity
from openings
left join movements
    on
        openings.warehouse_id = movements.warehouse_id
        and openings.sku_id = movements.sku_id
full outer join closings
    on
        openings.warehouse_id = closings.warehouse_id
        and openings.sku_id = closings.sku_id
where
    openings.opening_quantity + coalesce(movements.quantity, 0)
    is distinct from closings.closing_quantity
