-- Our sales and price in a category of a platform in a month beside what competitors show there. A
-- competitor's sales are what its counter gained since the last month in which it was seen just
-- before; a counter that fell was set back, and tells nothing.

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

seen as (

    select
        fct_market_listings.platform_code,
        fct_market_listings.category,
        fct_market_listings.shop_name,
        fct_market_listings.listing_id,
        cast(date_trunc('month', fct_market_listings.observed_date) as date) as month_date,
        fct_market_listings.price_amount,
        fct_market_listings.sales_count
    from {{ ref('fct_market_listings') }} as fct_market_listings
    {{ until_as_of_date('fct_market_listings.observed_date') }}
    where fct_market_listings.category is not null
    qualify row_number() over (
        partition by
            fct_market_listings.platform_code,
            fct_market_listings.category,
            fct_market_listings.listing_id,
            fct_market_listings.shop_name,
            date_trunc('month', fct_market_listings.observed_date)
        order by
            fct_market_listings.observed_date desc, fct_market_listings.market_listing_key asc
    ) = 1

),

gained as (

    select
        *,
        case
            when
                {{ dbt.datediff('lag(month_date) over of_listing', 'month_date', 'month') }} = 1
                and sales_count >= lag(sales_count) over of_listing
                then sales_count - lag(sales_count) over of_listing
        end as sold_count
    from seen
    window of_listing as (
        partition by platform_code, category, shop_name, listing_id order by month_date
    )

),

market as (

    select
        platform_code,
        category,
        month_date,
        count(*) as listing_count,
        count(sold_count) as measured_listing_count,
        sum(sold_count) as market_unit_count,
        min(price_amount) as lowest_price_amount,
        cast(
            round(
                percentile_cont(0.5) within group (order by cast(price_amount as double)), 4
            ) as decimal(18, 4)
        ) as median_price_amount,
        max(price_amount) as highest_price_amount
    from gained
    group by platform_code, category, month_date

),

-- Competitors' categories are ours at whichever level has that name.
products as (

    select distinct
        dim_products.product_key,
        market.category
    from {{ ref('dim_products') }} as dim_products
    inner join market
        on market.category in (
            dim_products.category_1, dim_products.category_2, dim_products.category_3
        )

),

own as (

    select
        fct_order_lines.platform_code,
        products.category,
        cast(date_trunc('month', fct_order_lines.purchase_date) as date) as month_date,
        sum(fct_order_lines.quantity) as own_unit_count,
        sum(fct_order_lines.revenue_amount) as own_revenue_amount
    from {{ ref('fct_order_lines') }} as fct_order_lines
    inner join products
        on fct_order_lines.product_key = products.product_key
    inner join {{ ref('dim_platforms') }} as dim_platforms
        on
            fct_order_lines.platform_code = dim_platforms.platform_code
            and fct_order_lines.currency_code = dim_platforms.currency_code
    {{ until_as_of_date('fct_order_lines.purchase_date') }}
    where
        fct_order_lines.is_valid
        and fct_order_lines.quantity > 0
        and not fct_order_lines.is_gift
    group by
        fct_order_lines.platform_code,
        products.category,
        cast(date_trunc('month', fct_order_lines.purchase_date) as date)

),

final as (

    select
        market.platform_code,
        market.category,
        market.month_date,
        last_day(market.month_date) <= dim_as_of_date.as_of_date as is_finished,
        dim_platforms.currency_code,
        cast(market.listing_count as integer) as listing_count,
        cast(market.measured_listing_count as integer) as measured_listing_count,
        cast(coalesce(own.own_unit_count, 0) as bigint) as own_unit_count,
        cast(market.market_unit_count as bigint) as market_unit_count,
        {{ ratio(
            'coalesce(own.own_unit_count, 0)',
            '(coalesce(own.own_unit_count, 0) + market.market_unit_count)',
        ) }} as unit_share,
        cast({{ quotient('own.own_revenue_amount', 'own.own_unit_count', 4) }} as decimal(18, 4))
            as own_price_amount,
        market.lowest_price_amount,
        market.median_price_amount,
        market.highest_price_amount,
        {{ ratio(
            'own.own_revenue_amount',
            'cast(market.median_price_amount * own.own_unit_count as decimal(28, 4))',
        ) }} as price_ratio
    from market
    cross join dim_as_of_date
    left join own
        on
            market.platform_code = own.platform_code
            and market.category = own.category
            and market.month_date = own.month_date
    left join {{ ref('dim_platforms') }} as dim_platforms
        on market.platform_code = dim_platforms.platform_code

)

select * from final
