-- A fee of a whole order is spread over its lines by what was paid for them, to the last digit.

with

margin_fees as (

    select * from {{ ref('margin_fees') }}
    where order_key is not null

),

fct_order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

order_fees as (

    select
        order_key,
        waterfall_place,
        sum(fee_amount) as fee_amount
    from margin_fees
    where order_line_key is null
    group by order_key, waterfall_place

),

-- Spread by order and place: the macro spreads one amount over the lines of one key.
order_fee_lines as (

    select
        order_fees.order_key || ' ' || order_fees.waterfall_place as order_key,
        order_fees.waterfall_place,
        fct_order_lines.order_line_key,
        fct_order_lines.line_number,
        case when order_fees.fee_amount < 0 then -1 else 1 end as fee_sign,
        {{ to_money_units('abs(order_fees.fee_amount)') }} as fee_total_units,
        {{ to_money_units('fct_order_lines.paid_amount') }} as paid_units
    from order_fees
    inner join fct_order_lines
        on order_fees.order_key = fct_order_lines.order_key

),

{{ spread_amount(
    'order_fee_lines', 'fee_spread', 'fee_total_units', 'paid_units', 'fee', capped=false,
) }},

line_fees as (

    select
        order_line_key,
        waterfall_place,
        fee_amount
    from margin_fees
    where order_line_key is not null
    union all
    select
        order_line_key,
        waterfall_place,
        fee_sign * {{ from_money_units('fee_units') }} as fee_amount
    from fee_spread

),

final as (

    select
        order_line_key,
        waterfall_place,
        {{ money_total('sum(fee_amount)') }} as fee_amount
    from line_fees
    group by order_line_key, waterfall_place

)

select * from final
