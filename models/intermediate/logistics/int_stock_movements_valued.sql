-- Grain: one row per stock movement, with the average cost after it and what it changes in value:
-- at its own cost where it brings one, else at the average.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': stock_position(),
        'touched_by': [
            'int_stock_movements_balanced',
            'int_stock_costs_averaged',
        ],
    },
) }}

with

movements as (

    select * from {{ ref('int_stock_movements_balanced') }}
    where {{ touched(stock_position()) }}

),

averages as (

    select * from {{ ref('int_stock_costs_averaged') }}
    where {{ touched(stock_position()) }}

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
        *,
        coalesce(
            max(new_unit_cost) over (partition by warehouse_id, sku_id, cost_number),
            opening_unit_cost_amount
        ) as average_unit_cost
    from spelled

),

final as (

    select
        *,
        cast(
            round(
                quantity * case when is_costed then unit_cost_amount else average_unit_cost end, 4
            ) as decimal(18, 4)
        ) as value_change_amount
    from carried

)

select * from final
