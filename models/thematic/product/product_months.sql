-- What was sold of each product in each month, what of that came back, and what buyers said and
-- asked: dense from the first month in which it was sold. Gifts are not sold.

with

fct_order_lines as (

    select * from {{ ref('fct_order_lines') }}
    where
        is_valid
        and product_key is not null
        and quantity > 0
        and not is_gift

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

sales as (

    select
        fct_order_lines.product_key,
        cast(date_trunc('month', fct_order_lines.purchase_date) as date) as month_date,
        count(*) as line_count,
        sum(fct_order_lines.quantity) as unit_count,
        sum(fct_order_lines.net_revenue_base_amount) as net_revenue_base_amount,
        count(case when fct_order_lines.refund_amount > 0 then 1 end) as refunded_line_count
    from fct_order_lines
    {{ until_as_of_date('fct_order_lines.purchase_date') }}
    group by
        fct_order_lines.product_key,
        cast(date_trunc('month', fct_order_lines.purchase_date) as date)

),

reviews as (

    select
        fct_reviews.product_key,
        cast(date_trunc('month', fct_reviews.created_date) as date) as month_date,
        count(fct_reviews.rating) as review_count,
        sum(fct_reviews.rating) as rating_sum,
        sum(fct_reviews.rating * fct_reviews.rating) as rating_square_sum
    from {{ ref('fct_reviews') }} as fct_reviews
    {{ until_as_of_date('fct_reviews.created_date') }}
    where fct_reviews.product_key is not null
    group by
        fct_reviews.product_key,
        cast(date_trunc('month', fct_reviews.created_date) as date)

),

tickets as (

    select
        fct_tickets.product_key,
        cast(date_trunc('month', fct_tickets.opened_date) as date) as month_date,
        count(*) as ticket_count
    from {{ ref('fct_tickets') }} as fct_tickets
    {{ until_as_of_date('fct_tickets.opened_date') }}
    where fct_tickets.product_key is not null
    group by
        fct_tickets.product_key,
        cast(date_trunc('month', fct_tickets.opened_date) as date)

),

first_months as (

    select
        product_key,
        min(month_date) as first_month_date
    from sales
    group by product_key

),

months as (

    select
        first_months.product_key,
        first_months.first_month_date,
        dim_as_of_date.as_of_date,
        {{ month_series('first_months.first_month_date', 'dim_as_of_date.as_of_date') }}
            as month_date
    from first_months
    cross join dim_as_of_date

),

final as (

    select
        months.product_key,
        months.month_date,
        last_day(months.month_date) <= months.as_of_date as is_finished,
        cast({{ dbt.datediff('months.first_month_date', 'months.month_date', 'month') }} as integer)
            as months_since_first,
        cast(coalesce(sales.line_count, 0) as bigint) as line_count,
        cast(coalesce(sales.unit_count, 0) as bigint) as unit_count,
        cast(coalesce(sales.net_revenue_base_amount, 0) as decimal(28, 4))
            as net_revenue_base_amount,
        cast(coalesce(sales.refunded_line_count, 0) as bigint) as refunded_line_count,
        cast(coalesce(reviews.review_count, 0) as bigint) as review_count,
        cast(coalesce(reviews.rating_sum, 0) as bigint) as rating_sum,
        cast(coalesce(reviews.rating_square_sum, 0) as bigint) as rating_square_sum,
        cast(coalesce(tickets.ticket_count, 0) as bigint) as ticket_count
    from months
    left join sales
        on months.product_key = sales.product_key and months.month_date = sales.month_date
    left join reviews
        on months.product_key = reviews.product_key and months.month_date = reviews.month_date
    left join tickets
        on months.product_key = tickets.product_key and months.month_date = tickets.month_date

)

select * from final
