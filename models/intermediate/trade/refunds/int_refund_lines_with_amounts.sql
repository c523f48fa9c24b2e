-- The settled discount goes back in proportion to the cash given back so far, so that a line
-- given back whole takes all of its revenue; so does every line once the order has nothing left
-- to give, of which a line below zero took a part. A line for which nothing was paid goes back
-- by pieces, or with the last of the order's money.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

booked as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_allocated_to_lines')) }}

),

of_orders as (

    select
        order_key,
        line_number,
        refund_key,
        refund_number,
        refund_kind,
        booked_date,
        named_line_number,
        abs(named_quantity) as named_quantity,
        product_key,
        abs(line_quantity) as line_quantity,
        minor_unit_digits,
        base_rate,
        paid_amount,
        paid_units,
        {{ to_minor_units('settled_discount_amount', 'minor_unit_digits') }} as settled_units,
        refund_units,
        sum(left_units) over (partition by refund_key) as order_left_units,
        sum(refund_units) over (
            partition by order_key
            order by refund_number
            range between unbounded preceding and current row
        ) as order_refunded_units
    from booked

),

pieces as (

    select
        *,
        case
            when refund_kind = 'exchange' then 0
            when named_line_number = line_number then coalesce(named_quantity, line_quantity)
            when named_line_number is null and order_left_units = 0 then line_quantity
            else 0
        end as refund_quantity
    from of_orders

),

accumulated as (

    select
        *,
        sum(refund_units) over so_far as refunded_units,
        least(sum(refund_quantity) over so_far, line_quantity) as refunded_quantity
    from pieces
    window so_far as (
        partition by order_key, line_number
        order by refund_number
        rows between unbounded preceding and current row
    )

),

taken_back as (

    select
        *,
        case
            when order_left_units <= 0 and order_refunded_units > 0 and paid_units > 0
                then settled_units
            when paid_units > 0
                then {{ integer_divide('settled_units * refunded_units', 'paid_units') }}
            else coalesce(
                {{ integer_divide('settled_units * refunded_quantity', 'line_quantity') }}, 0
            )
        end as settled_back_units
    from accumulated

),

-- The last minor unit of a line with a price below one gives back what is left, not more.
totalled as (

    select
        *,
        least(
            {{ from_minor_units('refunded_units', 'minor_unit_digits') }},
            greatest(paid_amount, 0)
        ) as refunded_paid_amount,
        {{ from_minor_units('settled_back_units', 'minor_unit_digits') }}
            as refunded_settled_amount
    from taken_back

),

converted as (

    select
        *,
        {{ to_base('(refunded_paid_amount + refunded_settled_amount)') }} as refunded_base_amount
    from totalled

),

-- What a refund takes is what is taken back so far less what was before: rounded so, an order's
-- refunds add up to its own amount in the reporting currency too.
final as (

    select
        order_key,
        line_number,
        refund_key,
        product_key,
        booked_date,
        {{ money(
            'refunded_paid_amount - coalesce(lag(refunded_paid_amount) over line_refunds, 0)'
        ) }} as refund_paid_amount,
        {{ money(
            'refunded_settled_amount - coalesce(lag(refunded_settled_amount) over line_refunds, 0)'
        ) }} as refund_settled_amount,
        refunded_base_amount - coalesce(lag(refunded_base_amount) over line_refunds, 0)
            as refund_base_amount
    from converted
    window line_refunds as (partition by order_key, line_number order by refund_number)

)

select * from final
where refund_paid_amount > 0 or refund_settled_amount > 0
