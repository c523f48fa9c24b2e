-- Where an order bears tax on top, cash holds tax in the order's (the named line's) proportion,
-- counted over all refunds so far so that the last one takes the rest; not where the refund
-- tells its tax apart, nor where it is exactly the price of the goods. A presumed refund takes
-- everything.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

refunds as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_localized')) }}
    where refund_number is not null and is_order_valid

),

order_lines as (

    select
        order_key,
        line_number,
        quantity,
        minor_unit_digits,
        {{ to_minor_units('paid_amount', 'minor_unit_digits', 'ceil') }} as paid_units,
        {{ to_minor_units('coalesce(tax_amount, 0)', 'minor_unit_digits', 'round') }} as tax_units
    from {{ touched_keys.touched_rows(ref('int_order_lines_before_refunds')) }}

),

joined as (

    select
        refunds.order_key,
        refunds.refund_key,
        refunds.refund_number,
        refunds.is_presumed,
        refunds.tax_amount is not null as is_tax_apart,
        refunds.refund_kind,
        refunds.booked_date,
        refunds.quantity as named_quantity,
        max(order_lines.minor_unit_digits) as minor_unit_digits,
        {{ to_minor_units(
            'max(refunds.cash_amount)', 'max(order_lines.minor_unit_digits)', 'round'
        ) }} as cash_units,
        max(
            case when order_lines.line_number = refunds.line_number then order_lines.line_number end
        ) as named_line_number,
        {% for part in ['paid', 'tax'] -%}
        cast(
            coalesce(
                max(
                    case
                        when order_lines.line_number = refunds.line_number
                            then order_lines.{{ part }}_units
                    end
                ),
                sum(order_lines.{{ part }}_units)
            ) as {{ type_wide_integer() }}
        ) as {{ part }}_units,
        {% endfor -%}
        max(case when order_lines.line_number = refunds.line_number then order_lines.quantity end)
            as line_quantity,
        cast(greatest(sum(order_lines.paid_units), 0) as {{ type_wide_integer() }})
            as order_paid_units
    from refunds
    inner join order_lines
        on refunds.order_key = order_lines.order_key
    group by
        refunds.order_key, refunds.refund_key, refunds.refund_number, refunds.is_presumed,
        refunds.tax_amount, refunds.refund_kind, refunds.booked_date, refunds.quantity

),

-- A line below zero takes off the order: no line is worth more than the order.
capped as (

    select
        *,
        least(greatest(paid_units, 0), order_paid_units) as goods_total_units
    from joined

),

taxed as (

    select
        *,
        case
            when
                is_presumed or is_tax_apart or tax_units = 0
                or cash_units in (paid_units, goods_total_units)
                or coalesce(
                    cash_units * line_quantity = paid_units * named_quantity, false
                )
                then 0
            else cash_units
        end as taxed_units
    from capped

),

accumulated as (

    select
        *,
        least(
            {{ integer_divide(
                '(2 * sum(taxed_units) over so_far * tax_units + goods_total_units + tax_units)',
                '(2 * (goods_total_units + tax_units))',
            ) }},
            tax_units
        ) as tax_so_far_units
    from taxed
    window so_far as (
        partition by order_key, named_line_number
        order by refund_number
        rows between unbounded preceding and current row
    )

),

final as (

    select
        order_key,
        refund_key,
        refund_number,
        refund_kind,
        booked_date,
        named_line_number,
        named_quantity,
        minor_unit_digits,
        cast(
            case
                when is_presumed then tax_units
                when taxed_units = 0 then 0
                else tax_so_far_units - coalesce(lag(tax_so_far_units) over of_line, 0)
            end as {{ type_wide_integer() }}
        ) as tax_units,
        cast(
            case
                when is_presumed then goods_total_units
                when taxed_units = 0 then cash_units
                else
                    cash_units - tax_so_far_units + coalesce(lag(tax_so_far_units) over of_line, 0)
            end as {{ type_wide_integer() }}
        ) as goods_units
    from accumulated
    window of_line as (partition by order_key, named_line_number order by refund_number)

)

select * from final
