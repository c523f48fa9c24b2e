-- Warehouse null: in no parcel yet.

{% set reserved_on = 'select ' ~ stock_position_on('reserved_date') ~ ' from ' %}
{% set released_on = 'select ' ~ stock_position_on('released_date') ~ ' from ' %}
{% set of_changes = ' where sku_id in (select sku_id from changed_rows)' %}

{{ config(
    materialized='incremental',
    meta={
        'touched_key': stock_position_on('date_day'),
        'touched_by': {
            'int_units_reserved': reserved_on ~ 'changed_rows union all ' ~ released_on
                ~ 'changed_rows',
            'int_stock_openings': reserved_on ~ '{int_units_reserved}' ~ of_changes
                ~ ' union all ' ~ released_on ~ '{int_units_reserved}' ~ of_changes,
        },
    },
) }}

with

reserved as (

    select * from {{ ref('int_units_reserved') }}

),

stocked as (

    select sku_id
    from {{ ref('int_stock_openings') }}
    group by sku_id

),

changes as (

    select
        warehouse_id,
        sku_id,
        reserved_date as date_day,
        quantity as reserved_change
    from reserved
    where {{ touched_keys.touched(stock_position_on('reserved_date')) }}
    union all
    select
        warehouse_id,
        sku_id,
        released_date as date_day,
        -quantity as reserved_change
    from reserved
    where
        released_date is not null
        and {{ touched_keys.touched(stock_position_on('released_date')) }}

),

final as (

    select
        changes.warehouse_id,
        changes.sku_id,
        changes.date_day,
        cast(sum(changes.reserved_change) as bigint) as reserved_change
    from changes
    inner join stocked
        on changes.sku_id = stocked.sku_id
    group by changes.warehouse_id, changes.sku_id, changes.date_day
    having sum(changes.reserved_change) <> 0

)

select * from final
