-- Each arrival keeps a share of the former average: before / (before + arriving), nothing where
-- there was no stock or no cost. Two steps in a row are one step of the same form, so that the
-- chain is composed in rounds of 1, 2, 4, … arrivals, which reach 16,384 of them. Shares are
-- doubles from 0 to 1 and nothing is subtracted, so that no digit is lost; ten digits are right,
-- six are kept.

{{ config(
    materialized='incremental',
    meta={'touched_key': stock_position(), 'touched_by': {
        'int_stock_movements_balanced': stock_position(),
    }},
) }}

{% set rounds = 14 %}

with

arrivals as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_movements_balanced')) }}
    where is_costed

),

numbered as (

    select
        *,
        row_number() over (
            partition by warehouse_id, sku_id order by movement_number asc
        ) as arrival_number
    from arrivals

),

shared as (

    select
        *,
        case
            when stock_before_quantity <= 0 then cast(0 as double)
            when arrival_number = 1 and opening_unit_cost_amount is null then cast(0 as double)
            else
                cast(stock_before_quantity as double)
                / cast(stock_before_quantity + quantity as double)
        end as share_before
    from numbered

),

-- What was there in the beginning is part of the first step.
averaged_0 as (

    select
        warehouse_id,
        sku_id,
        movement_key,
        moved_at,
        arrival_number,
        case when arrival_number = 1 then cast(0 as double) else share_before end as kept_share,
        cast(unit_cost_amount as double) * (1 - share_before)
        + case
            when arrival_number = 1
                then share_before * coalesce(cast(opening_unit_cost_amount as double), 0)
            else 0
        end as average_cost
    from shared

),

{% for round in range(1, rounds + 1) -%}
{% set distance = 2 ** (round - 1) -%}
averaged_{{ round }} as (

    select
        warehouse_id,
        sku_id,
        movement_key,
        moved_at,
        arrival_number,
        kept_share * coalesce(lag(kept_share, {{ distance }}) over arrival_order, 0) as kept_share,
        average_cost
        + kept_share * coalesce(lag(average_cost, {{ distance }}) over arrival_order, 0)
            as average_cost
    from averaged_{{ round - 1 }}
    window arrival_order as (
        partition by warehouse_id, sku_id order by arrival_number asc
    )

),

{% endfor -%}
final as (

    select
        warehouse_id,
        sku_id,
        movement_key,
        moved_at,
        arrival_number,
        cast(
            round(cast(average_cost as decimal(28, 10)), 6) as decimal(20, 6)
        ) as average_unit_cost
    from averaged_{{ rounds }}

)

select * from final
