-- Grain: one row per movement of an account's points, signed, with the balance that it leaves:
-- never sum balances.

with

point_movements as (

    select * from {{ ref('int_point_movements_balanced') }}

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
