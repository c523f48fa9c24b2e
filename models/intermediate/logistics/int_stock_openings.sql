-- The first count says what a warehouse began with, carried back over the movements up to its
-- day, which it holds already: a count stands at the end of its day. What was never counted
-- begins with nothing. A piece is worth what it cost on the day of that count, else of the first
-- movement.

{% set positions_of_products = 'select ' ~ stock_position() ~ ' from ' %}
{% set of_changes = ' where sku_id in (select sku_id from changed_rows)' %}

{{ config(
    materialized='incremental',
    meta={
        'touched_key': stock_position(),
        'touched_by': {
            'int_stock_movements_localized': stock_position(),
            'int_stock_counts_unioned': stock_position(),
            'int_product_costs': positions_of_products ~ '{int_stock_movements_localized}'
                ~ of_changes ~ ' union all ' ~ positions_of_products
                ~ '{int_stock_counts_unioned}' ~ of_changes,
        },
    },
) }}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_movements_localized')) }}

),

stock_counts as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_counts_unioned')) }}

),

product_costs as (

    select * from {{ ref('int_product_costs') }}

),

first_counts as (

    select * from stock_counts
    qualify row_number() over (
        partition by warehouse_id, sku_id order by counted_date asc, source asc
    ) = 1

),

stocked as (

    select
        warehouse_id,
        sku_id,
        min(moved_date) as first_moved_date
    from (
        select
            warehouse_id,
            sku_id,
            moved_date
        from movements
        union all
        select
            warehouse_id,
            sku_id,
            cast(null as date) as moved_date
        from stock_counts
    ) as positions
    group by warehouse_id, sku_id

),

moved_before as (

    select
        movements.warehouse_id,
        movements.sku_id,
        sum(movements.quantity) as quantity
    from movements
    inner join first_counts
        on
            movements.warehouse_id = first_counts.warehouse_id
            and movements.sku_id = first_counts.sku_id
            and movements.moved_date <= first_counts.counted_date
    group by movements.warehouse_id, movements.sku_id

),

final as (

    select
        stocked.warehouse_id,
        stocked.sku_id,
        first_counts.counted_date as first_counted_date,
        cast(
            coalesce(first_counts.on_hand_quantity - coalesce(moved_before.quantity, 0), 0)
            as bigint
        ) as opening_quantity,
        product_costs.unit_cost_amount as opening_unit_cost_amount
    from stocked
    left join first_counts
        on
            stocked.warehouse_id = first_counts.warehouse_id
            and stocked.sku_id = first_counts.sku_id
    left join moved_before
        on
            stocked.warehouse_id = moved_before.warehouse_id
            and stocked.sku_id = moved_before.sku_id
    left join product_costs
        on
            stocked.sku_id = product_costs.sku_id
            and coalesce(first_counts.counted_date, stocked.first_moved_date)
            between product_costs.counts_from_date and product_costs.counts_to_date

)

select * from final
