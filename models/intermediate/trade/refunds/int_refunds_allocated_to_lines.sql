-- Refunds are booked one after the other: one that names a line on that line, one of the whole
-- order over what was paid for each line and not yet given back, by the largest remainder; so is
-- one that names a line that the order no longer has. No line gives back more than was paid for
-- it, nor all of them more than the order (of which a return as a line takes off). Amounts in
-- minor units, a last part of one counted whole; the recursion walks an order's refunds, few
-- even for the longest.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

{% set no_refund_yet %}
    select
        order_key,
        line_number,
        cast(0 as bigint) as refund_number,
        cast('' as string) as refund_key,
        paid_units as left_units,
        cast(0 as {{ type_wide_integer() }}) as refund_units
    from paid_lines
{% endset %}

{% set next_refund %}
    select
        order_key,
        line_number,
        refund_number,
        refund_key,
        cast(left_units - refund_units as {{ type_wide_integer() }}) as left_units,
        cast(refund_units as {{ type_wide_integer() }}) as refund_units
    from (
        select
            *,
            floor_units + case
                when row_number() over (
                    partition by order_key
                    order by remainder desc, weight desc, line_number asc
                ) <= to_book_units - sum(floor_units) over (partition by order_key) then 1
                else 0
            end as refund_units
        from (
            select
                *,
                coalesce({{ integer_divide('to_book_units * weight', 'total_weight') }}, 0)
                    as floor_units,
                to_book_units * weight - floor_units * total_weight as remainder
            from (
                select
                    *,
                    cast(sum(weight) over (partition by order_key) as {{ type_wide_integer() }})
                        as total_weight,
                    least(
                        order_refund_units,
                        total_weight,
                        greatest(sum(left_units) over (partition by order_key), 0)
                    ) as to_book_units
                from (
                    select
                        booked.order_key,
                        booked.line_number,
                        booked.left_units,
                        refund_amounts.refund_number,
                        refund_amounts.refund_key,
                        refund_amounts.goods_units as order_refund_units,
                        case
                            when
                                coalesce(refund_amounts.named_line_number, booked.line_number)
                                = booked.line_number
                                then greatest(booked.left_units, 0)
                            else 0
                        end as weight
                    from booked
                    inner join refund_amounts
                        on
                            booked.order_key = refund_amounts.order_key
                            and booked.refund_number + 1 = refund_amounts.refund_number
                ) as weighed
            ) as totalled
        ) as floored
    ) as ranked
{% endset %}

with recursive

refund_amounts as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_split_into_goods_and_tax')) }}

),

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_before_refunds')) }}

),

paid_lines as (

    select
        order_lines.order_key,
        order_lines.line_number,
        order_lines.product_key,
        order_lines.quantity,
        order_lines.minor_unit_digits,
        order_lines.base_rate,
        order_lines.paid_amount,
        order_lines.settled_discount_amount,
        {{ to_minor_units('order_lines.paid_amount', 'order_lines.minor_unit_digits', 'ceil') }}
            as paid_units
    from order_lines
    where order_lines.order_key in (select refund_amounts.order_key from refund_amounts)

),

{{ recursive_cte('booked', no_refund_yet, next_refund) }},

final as (

    select
        booked.order_key,
        booked.line_number,
        booked.refund_key,
        booked.refund_number,
        booked.left_units,
        booked.refund_units,
        refund_amounts.refund_kind,
        refund_amounts.booked_date,
        refund_amounts.named_line_number,
        refund_amounts.named_quantity,
        paid_lines.product_key,
        paid_lines.quantity as line_quantity,
        paid_lines.minor_unit_digits,
        paid_lines.base_rate,
        paid_lines.paid_amount,
        paid_lines.paid_units,
        paid_lines.settled_discount_amount
    from booked
    inner join refund_amounts
        on booked.refund_key = refund_amounts.refund_key
    inner join paid_lines
        on
            booked.order_key = paid_lines.order_key
            and booked.line_number = paid_lines.line_number
    where booked.refund_number > 0

)

select * from final
