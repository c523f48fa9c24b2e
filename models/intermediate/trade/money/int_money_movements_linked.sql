-- A line is found where one line alone of the order has the SKU.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'moved_at',
        'touched_key': 'money_movement_key',
        'touched_by': {
            'int_order_lines_with_line_discounts': 'select money_movement_key'
                ~ ' from {int_money_movements_localized}'
                ~ ' where order_key in (select order_key from changed_rows)',
            'int_refunds_localized': 'select money_movement_key'
                ~ ' from {int_money_movements_localized}'
                ~ ' where refund_id in (select refund_id from changed_rows)',
            'int_money_files': 'select money_movement_key from {int_money_movements_localized}'
                ~ ' where money_file_key in (select money_file_key from changed_rows)',
        },
    },
) }}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_money_movements_localized')) }}

),

classified as (

    select * from {{ touched_keys.touched_rows(ref('int_money_movements_classified')) }}

),

order_lines as (

    select * from {{ ref('int_order_lines_with_line_discounts') }}

),

refunds as (

    select * from {{ ref('int_refunds_localized') }}

),

money_files as (

    select * from {{ ref('int_money_files') }}

),

told_again as (

    select * from {{ touched_keys.touched_rows(ref('int_money_told_again')) }}

),

money_classes as (

    select * from {{ ref('money_classes') }}

),

only_lines as (

    select
        order_key,
        product_key,
        max(order_line_key) as order_line_key
    from order_lines
    where
        product_key is not null
        and order_key in (select movements.order_key from movements)
    group by order_key, product_key
    having count(*) = 1

),

named_refunds as (

    select
        shop_key,
        refund_id,
        min(refund_key) as refund_key
    from refunds
    where refund_id in (select movements.refund_id from movements)
    group by shop_key, refund_id

),

final as (

    select
        movements.*,
        classified.money_class_code,
        money_classes.side,
        only_lines.order_line_key,
        named_refunds.refund_key,
        money_files.is_balance_proved,
        coalesce(told_again.is_told_elsewhere, false) as is_told_elsewhere
    from movements
    inner join classified
        on movements.money_movement_key = classified.money_movement_key
    inner join money_classes
        on classified.money_class_code = money_classes.money_class_code
    left join only_lines
        on
            movements.order_key = only_lines.order_key
            and movements.product_key = only_lines.product_key
    left join named_refunds
        on
            movements.shop_key = named_refunds.shop_key
            and movements.refund_id = named_refunds.refund_id
    left join told_again
        on movements.money_movement_key = told_again.money_movement_key
    left join money_files
        on movements.money_file_key = money_files.money_file_key

)

select * from final
