{{ config(
    materialized='incremental',
    meta={'ordered_by': 'moved_date', 'touched_key': 'money_movement_key'},
) }}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_money_movements_linked')) }}

),

final as (

    select
        money_movement_key,
        source,
        platform_code,
        shop_key,
        layout,
        wallet,
        book,
        is_told_elsewhere,
        row_id as movement_id,
        moved_at,
        moved_date,
        is_moved_date_assumed,
        movement_currency_code as currency_code,
        {{ money('movement_amount') }} as amount,
        movement_type,
        fee_name,
        part_name,
        money_class_code,
        side,
        order_id,
        order_key,
        order_line_key,
        refund_key,
        product_key,
        statement_id,
        payout_id,
        period_from_date,
        period_to_date,
        {{ money('balance_after_amount') }} as balance_after_amount,
        money_file_key,
        is_balance_proved
    from movements

)

select * from final
