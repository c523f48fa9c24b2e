-- Warehouse null: no pieces, only units that wait.

{{ config(
    materialized='incremental',
    meta={'touched_key': stock_position(), 'touched_by': {
        'int_stock_days': stock_position(),
        'int_stock_openings': stock_position(),
    }},
) }}

with

days as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_days')) }}

),

openings as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_openings')) }}

),

running as (

    select
        days.*,
        openings.first_counted_date,
        openings.opening_unit_cost_amount,
        cast(
            coalesce(openings.opening_quantity, 0) + sum(days.net_quantity) over day_order
            as bigint
        ) as closing_quantity,
        cast(sum(days.reserved_change) over day_order as bigint) as reserved_quantity,
        count(days.average_unit_cost) over day_order as cost_number,
        {{ dbt.dateadd('day', -1, 'lead(days.date_day) over day_order') }} as next_eve,
        row_number() over day_order = 1 as is_first
    from days
    left join openings
        on
            days.warehouse_id = openings.warehouse_id
            and days.sku_id = openings.sku_id
    window day_order as (
        partition by days.warehouse_id, days.sku_id order by days.date_day asc
    )

),

carried as (

    select
        *,
        cast(
            coalesce(
                max(average_unit_cost) over (partition by warehouse_id, sku_id, cost_number),
                opening_unit_cost_amount
            ) as decimal(20, 6)
        ) as closing_unit_cost
    from running

),

final as (

    select
        *,
        closing_quantity - net_quantity as opening_quantity,
        case
            when closing_quantity = 0 then {{ money_total(0) }}
            else {{ money_total('round(closing_quantity * closing_unit_cost, 4)') }}
        end as closing_value_amount
    from carried

)

select * from final
