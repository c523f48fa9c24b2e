-- Warehouse null: paid units that are in no parcel yet.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': stock_position_on('date_day'),
        'touched_by': {
            'int_stock_movements_with_costs': stock_position_on('moved_date'),
            'int_stock_counts_unioned': stock_position_on('counted_date'),
            'int_stock_reservations': stock_position_on('date_day'),
        },
    },
) }}

{% set quantities = [
    'net_quantity', 'received_quantity', 'sold_quantity', 'returned_quantity',
    'transferred_in_quantity', 'transferred_out_quantity', 'adjusted_quantity', 'damaged_quantity',
] %}
{% set amounts = [
    'value_in_amount', 'value_out_amount', 'sold_cost_amount', 'returned_cost_amount',
] %}

with

movements as (

    select * from {{ touched_keys.touched_rows(
        ref('int_stock_movements_with_costs'), stock_position_on('moved_date')
    ) }}

),

counted as (

    select
        *,
        counted_date as date_day
    from {{ ref('int_stock_counts_unioned') }}
    where {{ touched_keys.touched(stock_position_on('counted_date')) }}
    qualify row_number() over (
        partition by warehouse_id, sku_id, counted_date order by source asc
    ) = 1

),

reservations as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_reservations')) }}

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

    {% for relation in ['moved', 'counted', 'reservations'] -%}
    select
        warehouse_id,
        sku_id,
        date_day
    from {{ relation }}
    {% if not loop.last -%} union {%- endif %}
    {% endfor %}
),

final as (

    select
        days.warehouse_id,
        days.sku_id,
        days.date_day,
        {% for name in quantities -%}
        cast(coalesce(moved.{{ name }}, 0) as bigint) as {{ name }},
        {% endfor -%}
        {% for name in amounts -%}
        case when coalesce(moved.unvalued_count, 0) = 0 then coalesce(moved.{{ name }}, 0) end
            as {{ name }},
        {% endfor -%}
        last_movements.average_unit_cost,
        counted.on_hand_quantity as counted_quantity,
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
    left join counted
        on
            days.warehouse_id = counted.warehouse_id
            and days.sku_id = counted.sku_id
            and days.date_day = counted.date_day
    left join reservations
        on
            coalesce(days.warehouse_id, '') = coalesce(reservations.warehouse_id, '')
            and days.sku_id = reservations.sku_id
            and days.date_day = reservations.date_day

)

select * from final
