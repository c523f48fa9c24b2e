-- Of one instant, what comes in stands before what leaves. `is_costed`: the movement brings its
-- own cost.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'moved_at',
        'touched_key': stock_position_on('moved_at'),
        'touched_by': {
            'int_stock_movements_localized':
                stock_days_from_first_change('int_stock_movements_localized'),
            'int_stock_openings': 'select ' ~ stock_position_on('moved_at')
                ~ ' from {int_stock_movements_localized} where ' ~ stock_position()
                ~ ' in (select ' ~ stock_position() ~ ' from changed_rows)',
        },
    },
) }}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_movements_localized')) }}

),

-- What no run touched stands before all that it did.
movements_before as (

    select
        warehouse_id,
        sku_id,
        count(*) as movement_count,
        sum(quantity) as quantity
    from {{ ref('int_stock_movements_localized') }}
    where not ({{ touched_keys.touched() }})
    group by warehouse_id, sku_id

),

openings as (

    select * from {{ ref('int_stock_openings') }}

),

numbered as (

    select
        movements.*,
        openings.opening_unit_cost_amount,
        openings.opening_quantity,
        movements.quantity > 0
        and movements.movement_kind in ('receipt', 'transfer')
        and coalesce(movements.unit_cost_amount >= 0, false) as is_costed,
        coalesce(movements_before.movement_count, 0)
        + row_number() over movement_order as movement_number,
        coalesce(movements_before.quantity, 0)
        + sum(movements.quantity) over movement_order as moved_quantity
    from movements
    left join movements_before
        on
            movements.warehouse_id = movements_before.warehouse_id
            and movements.sku_id = movements_before.sku_id
    left join openings
        on
            movements.warehouse_id = openings.warehouse_id
            and movements.sku_id = openings.sku_id
    window movement_order as (
        partition by movements.warehouse_id, movements.sku_id
        order by movements.moved_at asc, movements.quantity desc, movements.movement_key asc
        rows between unbounded preceding and current row
    )

),

final as (

    select
        *,
        cast(opening_quantity + moved_quantity - quantity as bigint) as stock_before_quantity
    from numbered

)

select * from final
