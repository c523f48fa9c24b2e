-- At most as many pieces as the line has. An exchange that names no pieces replaces all of its
-- line, one that names no line all of its order; a line that the order no longer has gets none.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

refunds as (

    select * from {{ ref('int_refunds_localized') }}
    where
        is_completed and refund_kind = 'exchange' and order_key is not null
        and {{ touched_keys.touched() }}

),

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_before_refunds')) }}

),

replaced as (

    select
        order_lines.order_key,
        order_lines.line_number,
        order_lines.quantity as line_quantity,
        case
            when refunds.line_number is not null then refunds.quantity
        end as named_quantity
    from refunds
    inner join order_lines
        on
            refunds.order_key = order_lines.order_key
            and coalesce(refunds.line_number, order_lines.line_number) = order_lines.line_number

),

final as (

    select
        order_key,
        line_number,
        cast(
            greatest(
                least(sum(coalesce(named_quantity, line_quantity)), max(line_quantity)), 0
            ) as integer
        ) as exchanged_quantity
    from replaced
    group by order_key, line_number

)

select * from final
