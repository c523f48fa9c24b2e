-- How much of what a shop offers is sold in a month, and how many pieces stand in an order. What is
-- offered follows from the prices of the shop's listings.

with

fct_order_lines as (

    select * from {{ ref('fct_order_lines') }}
    where
        is_valid
        and quantity > 0
        and not is_gift

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

sold as (

    select
        fct_order_lines.shop_key,
        fct_order_lines.product_key,
        fct_order_lines.order_key,
        cast(date_trunc('month', fct_order_lines.purchase_date) as date) as month_date,
        sum(fct_order_lines.quantity) as unit_count
    from fct_order_lines
    {{ until_as_of_date('fct_order_lines.purchase_date') }}
    where fct_order_lines.shop_key is not null
    group by
        fct_order_lines.shop_key,
        fct_order_lines.product_key,
        fct_order_lines.order_key,
        cast(date_trunc('month', fct_order_lines.purchase_date) as date)

),

-- A price holds in every month that its spell touches.
offered as (

    select distinct
        dim_product_prices.shop_key,
        dim_product_prices.product_key,
        {{ month_series(
            'dim_product_prices.valid_from_date',
            "least(coalesce(cast(dim_product_prices.valid_to_at as date), "
            ~ "dim_as_of_date.as_of_date), dim_as_of_date.as_of_date)",
        ) }} as month_date
    from {{ ref('dim_product_prices') }} as dim_product_prices
    cross join dim_as_of_date
    where
        dim_product_prices.price_kind = 'listing'
        and dim_product_prices.shop_key is not null
        and dim_product_prices.product_key is not null

),

sales as (

    select
        shop_key,
        month_date,
        count(distinct order_key) as order_count,
        sum(unit_count) as unit_count,
        count(distinct product_key) as sold_product_count
    from sold
    group by shop_key, month_date

),

offers as (

    select
        offered.shop_key,
        offered.month_date,
        count(distinct offered.product_key) as offered_product_count,
        count(distinct sold.product_key) as moving_product_count
    from offered
    left join sold
        on
            offered.shop_key = sold.shop_key
            and offered.product_key = sold.product_key
            and offered.month_date = sold.month_date
    group by offered.shop_key, offered.month_date

),

final as (

    select
        coalesce(sales.shop_key, offers.shop_key) as shop_key,
        coalesce(sales.month_date, offers.month_date) as month_date,
        last_day(coalesce(sales.month_date, offers.month_date)) <= dim_as_of_date.as_of_date
            as is_finished,
        cast(coalesce(sales.order_count, 0) as bigint) as order_count,
        cast(coalesce(sales.unit_count, 0) as bigint) as unit_count,
        {{ ratio('sales.unit_count', 'sales.order_count') }} as units_per_order,
        cast(coalesce(sales.sold_product_count, 0) as bigint) as sold_product_count,
        cast(offers.offered_product_count as bigint) as offered_product_count,
        cast(offers.moving_product_count as bigint) as moving_product_count,
        {{ ratio('offers.moving_product_count', 'offers.offered_product_count') }} as moving_rate
    from sales
    full join offers
        on sales.shop_key = offers.shop_key and sales.month_date = offers.month_date
    cross join dim_as_of_date

)

select * from final
