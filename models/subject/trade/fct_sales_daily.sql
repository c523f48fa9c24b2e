-- Valid orders count on their purchase date (no prefix) and on the day they were ordered
-- (ordered_), refunds on the day they are booked. Refunds of which no shop is known have days
-- without one. Buyers and orders of several days or shops may be the same.

{% set sales_amounts = [
    'gross', 'seller_discount', 'platform_discount', 'partner_discount', 'points_discount', 'paid',
    'freight', 'tax', 'payable', 'revenue',
] %}

with

orders as (

    select * from {{ ref('int_orders_with_amounts') }}
    where is_valid

),

placed_orders as (

    select * from {{ ref('int_orders_with_amounts') }}
    where not coalesce(is_test, false)

),

refunds as (

    select * from {{ ref('int_refunds_with_amounts') }}
    where is_completed and booked_date is not null

),

purchases as (

    select
        shop_key,
        currency_code,
        purchase_date as date_day,
        count(*) as order_count,
        count(distinct account_key) as buyer_count,
        cast(sum(unit_count) as bigint) as unit_count,
        {% for amount in sales_amounts -%}
        sum({{ amount }}_amount) as {{ amount }}_amount,
        {% endfor -%}
        -- Unknown when one order's is; an order without lines has no revenue to convert.
        case
            when count(revenue_base_amount) = count(revenue_amount)
                then coalesce(sum(revenue_base_amount), 0)
        end as revenue_base_amount
    from orders
    group by shop_key, currency_code, purchase_date

),

placements as (

    select
        shop_key,
        currency_code,
        ordered_date as date_day,
        count(*) as placed_order_count,
        count(case when is_valid then 1 end) as ordered_order_count,
        sum(case when is_valid then paid_amount end) as ordered_paid_amount,
        sum(case when is_valid then revenue_amount end) as ordered_revenue_amount
    from placed_orders
    group by shop_key, currency_code, ordered_date

),

refund_totals as (

    select
        shop_key,
        currency_code,
        booked_date as date_day,
        count(*) as refund_count,
        sum(refund_paid_amount) as refund_paid_amount,
        sum(refund_amount) as refund_amount,
        sum(refund_freight_amount) as refund_freight_amount,
        case
            when count(refund_base_amount) = count(*) then sum(refund_base_amount)
        end as refund_base_amount
    from refunds
    group by shop_key, currency_code, booked_date

),

days_with_events as (

    select
        shop_key,
        currency_code,
        date_day
    from purchases
    union all
    select
        shop_key,
        currency_code,
        date_day
    from placements
    union all
    select
        shop_key,
        currency_code,
        date_day
    from refund_totals

),

spans as (

    select
        shop_key,
        currency_code,
        min(date_day) as first_day,
        max(max(date_day)) over () as last_day
    from days_with_events
    group by shop_key, currency_code

),

days as (

    select
        shop_key,
        currency_code,
        {{ date_series('first_day', 'last_day') }} as date_day
    from spans

),

joined as (

    select
        days.shop_key,
        days.currency_code,
        days.date_day,
        {% for count in ['order_count', 'buyer_count', 'unit_count'] -%}
        coalesce(purchases.{{ count }}, 0) as {{ count }},
        {% endfor -%}
        {% for amount in sales_amounts -%}
        {{ money_total('coalesce(purchases.' ~ amount ~ '_amount, 0)') }} as {{ amount }}_amount,
        {% endfor -%}
        coalesce(placements.placed_order_count, 0) as placed_order_count,
        coalesce(placements.ordered_order_count, 0) as ordered_order_count,
        {{ money_total('coalesce(placements.ordered_paid_amount, 0)') }} as ordered_paid_amount,
        {{ money_total('coalesce(placements.ordered_revenue_amount, 0)') }}
            as ordered_revenue_amount,
        coalesce(refund_totals.refund_count, 0) as refund_count,
        {% for amount in ['refund_paid', 'refund', 'refund_freight'] -%}
        {{ money_total('coalesce(refund_totals.' ~ amount ~ '_amount, 0)') }}
            as {{ amount }}_amount,
        {% endfor -%}
        -- A day without sales is worth nothing in any currency; one with sales but no rate is
        -- unknown.
        {{ money_total(
            'case when purchases.order_count is null then 0 else purchases.revenue_base_amount end'
        ) }} as revenue_base_amount,
        {{ money_total(
            'case when refund_totals.refund_count is null then 0 '
            ~ 'else refund_totals.refund_base_amount end'
        ) }} as refund_base_amount
    from days
    left join purchases
        on
            days.shop_key is not distinct from purchases.shop_key
            and days.currency_code = purchases.currency_code
            and days.date_day = purchases.date_day
    left join placements
        on
            days.shop_key is not distinct from placements.shop_key
            and days.currency_code = placements.currency_code
            and days.date_day = placements.date_day
    left join refund_totals
        on
            days.shop_key is not distinct from refund_totals.shop_key
            and days.currency_code = refund_totals.currency_code
            and days.date_day = refund_totals.date_day

),

final as (

    select
        {{ surrogate_key(['shop_key', 'currency_code', 'date_day']) }} as sales_day_key,
        *,
        {{ money_total('revenue_amount - refund_amount') }} as net_revenue_amount,
        {{ money_total('revenue_base_amount - refund_base_amount') }} as net_revenue_base_amount
    from joined

)

select * from final
