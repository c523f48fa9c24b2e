-- Where each product stands at the end of each month, by its share of all purchases in the last
-- three months against the three before: a share, so that a festival makes nothing grow. Beside it,
-- what comes back, is rated low or asked about more than chance explains.

{%- set recent = 'rows between 2 preceding and current row' %}
{%- set earlier = 'rows between 5 preceding and 3 preceding' %}

with

product_months as (

    select * from {{ ref('product_months') }}
    where is_finished

),

all_months as (

    select
        month_date,
        sum(line_count) as line_count,
        sum(refunded_line_count) as refunded_line_count,
        sum(ticket_count) as ticket_count,
        sum(review_count) as review_count,
        sum(rating_sum) as rating_sum,
        min(month_date) over () as first_month_date
    from product_months
    group by month_date

),

-- The month of the launch is a part of a month: nothing is compared with it.
months as (

    select
        product_months.*,
        all_months.line_count as all_line_count,
        all_months.refunded_line_count as all_refunded_line_count,
        all_months.ticket_count as all_ticket_count,
        all_months.review_count as all_review_count,
        all_months.rating_sum as all_rating_sum,
        case when product_months.months_since_first > 0 then product_months.line_count end
            as whole_line_count,
        case when product_months.months_since_first > 0 then all_months.line_count end
            as all_whole_line_count,
        min(product_months.month_date) over of_product as first_month_date,
        all_months.first_month_date as all_first_month_date,
        dim_products.launched_date
    from product_months
    inner join all_months
        on product_months.month_date = all_months.month_date
    left join {{ ref('dim_products') }} as dim_products
        on product_months.product_key = dim_products.product_key
    window of_product as (partition by product_months.product_key)

),

summed as (

    select
        product_key,
        month_date,
        first_month_date = all_first_month_date
        and coalesce(launched_date < all_first_month_date, true) as is_older_than_data,
        {% for name in [
            'line_count', 'refunded_line_count', 'ticket_count', 'review_count', 'rating_sum',
            'rating_square_sum',
        ] -%}
        sum({{ name }}) over recent as {{ name }},
        {% endfor -%}
        {% for name in [
            'line_count', 'refunded_line_count', 'ticket_count', 'review_count', 'rating_sum',
        ] -%}
        sum(all_{{ name }}) over recent as all_{{ name }},
        {% endfor -%}
        sum(whole_line_count) over earlier as earlier_line_count,
        sum(all_whole_line_count) over earlier as all_earlier_line_count
    from months
    window
        recent as (partition by product_key order by month_date {{ recent }}),
        earlier as (partition by product_key order by month_date {{ earlier }})

),

compared as (

    select
        *,
        {% set shares = [
            'line_count', 'all_line_count', 'earlier_line_count', 'all_earlier_line_count'
        ] -%}
        {{ share_ratio(*shares) }} as share_ratio,
        {{ share_ratio_bound(*shares, sign='-') }} as share_ratio_low,
        {{ share_ratio_bound(*shares, sign='+') }} as share_ratio_high,
        line_count * all_refunded_line_count / nullif(cast(all_line_count as double), 0)
            as expected_refunded_lines,
        line_count * all_ticket_count / nullif(cast(all_line_count as double), 0)
            as expected_tickets
    from summed

),

final as (

    select
        product_key,
        month_date,
        case
            when earlier_line_count is null and not is_older_than_data then 'introduction'
            when
                earlier_line_count is null
                or line_count + earlier_line_count < {{ var('product_stage_lines') }}
                then null
            when share_ratio_low > 1 and share_ratio >= {{ var('product_stage_change') }}
                then 'growth'
            when share_ratio_high < 1 and share_ratio <= 1.0 / {{ var('product_stage_change') }}
                then 'decline'
            else 'maturity'
        end as stage,
        case
            when earlier_line_count is null and is_older_than_data then 'no_history'
            when line_count + earlier_line_count < {{ var('product_stage_lines') }}
                then 'too_few_sales'
        end as missing_reason,
        cast(line_count as bigint) as line_count,
        cast(earlier_line_count as bigint) as earlier_line_count,
        {{ ratio('line_count', 'all_line_count') }} as line_share,
        {{ ratio('earlier_line_count', 'all_earlier_line_count') }} as earlier_line_share,
        share_ratio,
        share_ratio_low,
        share_ratio_high,
        {{ ratio('refunded_line_count', 'line_count') }} as refunded_rate,
        {{ is_more_than_chance('refunded_line_count', 'expected_refunded_lines') }}
            as is_refunded_often,
        cast(review_count as bigint) as review_count,
        {{ ratio('rating_sum', 'review_count') }} as average_rating,
        -- The mean is below that of all by 1.96 of its standard errors.
        coalesce(
            review_count >= 5
            and rating_sum / cast(review_count as double) + 1.959964e0 * sqrt(
                (
                    rating_square_sum - cast(rating_sum as double) * rating_sum / review_count
                ) / (review_count - 1) / review_count
            ) < all_rating_sum / cast(all_review_count as double),
            false
        ) as is_rated_low,
        {{ ratio('ticket_count', 'line_count') }} as ticket_rate,
        {{ is_more_than_chance('ticket_count', 'expected_tickets') }} as is_asked_often
    from compared

)

select * from final
