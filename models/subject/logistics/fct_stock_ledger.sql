-- Quantities and values at the end of a day are not additive over days; what moved is.

{{ config(
    materialized='incremental',
    meta={'touched_key': stock_position(), 'touched_by': {
        'int_stock_days_balanced': stock_position(),
    }},
) }}

with

days as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_days_balanced')) }}

),

valued as (

    select
        days.*,
        {{ product_key('days') }} as product_key,
        case
            when days.is_first and days.opening_quantity = 0 then {{ money_total(0) }}
            when days.is_first
                then {{ money_total('days.opening_quantity * days.opening_unit_cost_amount') }}
            else lag(days.closing_value_amount) over (
                partition by days.warehouse_id, days.sku_id order by days.date_day asc
            )
        end as opening_value_amount
    from days

),

final as (

    select
        {{ surrogate_key(['warehouse_id', 'sku_id', 'date_day']) }} as stock_ledger_key,
        warehouse_id,
        product_key,
        sku_id,
        date_day as valid_from_date,
        cast(next_eve as date) as valid_to_date,
        opening_quantity,
        received_quantity,
        sold_quantity,
        returned_quantity,
        transferred_in_quantity,
        transferred_out_quantity,
        adjusted_quantity,
        damaged_quantity,
        closing_quantity,
        cast(counted_quantity as bigint) as counted_quantity,
        cast(counted_quantity as bigint) - closing_quantity as count_difference,
        first_counted_date is not null as is_opening_counted,
        reserved_quantity,
        closing_quantity - reserved_quantity as available_to_ship_quantity,
        closing_unit_cost as average_unit_cost,
        opening_value_amount,
        {{ money_total('value_in_amount') }} as value_in_amount,
        {{ money_total('value_out_amount') }} as value_out_amount,
        {{ money_total(
            'closing_value_amount - opening_value_amount - value_in_amount + value_out_amount'
        ) }} as revaluation_amount,
        closing_value_amount,
        {{ money_total('sold_cost_amount - returned_cost_amount') }} as cost_of_goods_sold_amount
    from valued

)

select * from final
