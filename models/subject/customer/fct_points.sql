{{ config(materialized='incremental', meta={'touched_key': 'point_movement_key'}) }}

with

point_movements as (

    select * from {{ touched_keys.touched_rows(ref('int_point_movements_balanced')) }}

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
