-- A movement counts at its own cost where it brings one, else at the average.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'moved_at',
        'touched_key': stock_position_on('moved_at'),
        'touched_by': {
            'int_stock_movements_balanced':
                stock_days_from_first_change('int_stock_movements_balanced'),
            'int_stock_costs_averaged':
                stock_days_from_first_change('int_stock_movements_balanced'),
        },
    },
) }}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_movements_balanced')) }}

),

averages as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_costs_averaged')) }}

),

averages_before as (

    select
        warehouse_id,
        sku_id,
        max_by(average_unit_cost, arrival_number) as average_unit_cost
    from {{ ref('int_stock_costs_averaged') }}
    where not ({{ touched_keys.touched() }})
    group by warehouse_id, sku_id

),

spelled as (

    select
        movements.*,
        averages.average_unit_cost as new_unit_cost,
        count(averages.average_unit_cost) over (
            partition by movements.warehouse_id, movements.sku_id
            order by movements.movement_number asc
            rows between unbounded preceding and current row
        ) as cost_number
    from movements
    left join averages
        on movements.movement_key = averages.movement_key

),

carried as (

    select
        spelled.*,
        coalesce(
            max(spelled.new_unit_cost) over (
                partition by spelled.warehouse_id, spelled.sku_id, spelled.cost_number
            ),
            averages_before.average_unit_cost,
            spelled.opening_unit_cost_amount
        ) as average_unit_cost
    from spelled
    left join averages_before
        on
            spelled.warehouse_id = averages_before.warehouse_id
            and spelled.sku_id = averages_before.sku_id

),

final as (

    select
        *,
        {{ money_total(
            'round('
            ~ 'quantity * case when is_costed then unit_cost_amount else average_unit_cost end, 4)'
        ) }} as value_change_amount
    from carried

)

select * from final
