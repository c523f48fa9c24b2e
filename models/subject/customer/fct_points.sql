{{ config(
    materialized='incremental',
    meta={'touched_key': 'point_movement_key', 'touched_by': ['int_point_movements_balanced']},
) }}

with

point_movements as (

    select * from {{ touched_rows(ref('int_point_movements_balanced'), 'point_movement_key') }}

),

final as (

    select
        point_movement_key,
        source,
        platform_code,
        movement_id,
        account_key,
        order_key,
        point_reason,
        source_reason,
        occurred_at,
        occurred_date,
        points,
        balance_points
    from point_movements

)

select * from final
