-- How fast stock is sold: of what a warehouse had and received in a month, and per day on which
-- there was any. Days without stock sell nothing, and say nothing of what buyers wanted.

with

stock_days as (

    select
        fct_stock_daily.*,
        cast(date_trunc('month', fct_stock_daily.date_day) as date) as month_date,
        -- Before the first day that is known, what its movements leave.
        coalesce(
            lag(fct_stock_daily.closing_quantity) over (
                partition by fct_stock_daily.warehouse_id, fct_stock_daily.product_key
                order by fct_stock_daily.date_day
            ),
            fct_stock_daily.closing_quantity - fct_stock_daily.received_quantity
            + fct_stock_daily.sold_quantity - fct_stock_daily.returned_quantity
        ) as quantity_before,
        row_number() over (
            partition by
                fct_stock_daily.warehouse_id, fct_stock_daily.product_key,
                date_trunc('month', fct_stock_daily.date_day)
            order by fct_stock_daily.date_day asc
        ) as day_number,
        row_number() over (
            partition by
                fct_stock_daily.warehouse_id, fct_stock_daily.product_key,
                date_trunc('month', fct_stock_daily.date_day)
            order by fct_stock_daily.date_day desc
        ) as days_to_last
    from {{ ref('fct_stock_daily') }} as fct_stock_daily
    where fct_stock_daily.product_key is not null

),

by_day as (

    select
        product_key,
        month_date,
        date_day,
        sum(case when day_number = 1 then quantity_before else 0 end) as opening_quantity,
        sum(received_quantity) as received_quantity,
        sum(sold_quantity) as sold_quantity,
        sum(returned_quantity) as returned_quantity,
        sum(case when days_to_last = 1 then closing_quantity else 0 end) as closing_quantity,
        max(case when closing_quantity > 0 or sold_quantity > 0 then 1 else 0 end) as has_stock
    from stock_days
    group by product_key, month_date, date_day

),

summed as (

    select
        product_key,
        month_date,
        count(*) as day_count,
        sum(has_stock) as in_stock_day_count,
        sum(opening_quantity) as opening_quantity,
        sum(received_quantity) as received_quantity,
        sum(sold_quantity) as sold_quantity,
        sum(returned_quantity) as returned_quantity,
        sum(closing_quantity) as closing_quantity
    from by_day
    group by product_key, month_date

),

final as (

    select
        product_key,
        month_date,
        cast(day_count as integer) as day_count,
        cast(in_stock_day_count as integer) as in_stock_day_count,
        cast(opening_quantity as bigint) as opening_quantity,
        cast(received_quantity as bigint) as received_quantity,
        cast(sold_quantity as bigint) as sold_quantity,
        cast(returned_quantity as bigint) as returned_quantity,
        cast(closing_quantity as bigint) as closing_quantity,
        case
            when opening_quantity + received_quantity > 0
                then {{ ratio('sold_quantity', 'opening_quantity + received_quantity') }}
        end as sell_through_rate,
        {{ ratio('sold_quantity', 'in_stock_day_count') }} as units_per_day
    from summed

)

select * from final
