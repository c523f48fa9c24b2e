-- What buyers say of a product: its ratings, the reasons for which it comes back, and what they ask
-- about, in the last days, against all other products. Ratings are shares of the product's reviews,
-- reasons and topics are per line sold in the same days; who bought before may still write.

with

dim_as_of_date as (

    select
        as_of_date,
        cast({{ dbt.dateadd('day', -var('product_insight_days'), 'as_of_date') }} as date)
            as since_date
    from {{ ref('dim_as_of_date') }}

),

sold as (

    select
        fct_order_lines.product_key,
        count(*) as line_count
    from {{ ref('fct_order_lines') }} as fct_order_lines
    {{ until_as_of_date('fct_order_lines.purchase_date') }}
    where
        fct_order_lines.purchase_date > dim_as_of_date.since_date
        and fct_order_lines.is_valid
        and fct_order_lines.product_key is not null
        and fct_order_lines.quantity > 0
        and not fct_order_lines.is_gift
    group by fct_order_lines.product_key

),

reviews as (

    select
        fct_reviews.product_key,
        cast(fct_reviews.rating as string) as feedback_value,
        count(*) as feedback_count
    from {{ ref('fct_reviews') }} as fct_reviews
    {{ until_as_of_date('fct_reviews.created_date') }}
    where
        fct_reviews.created_date > dim_as_of_date.since_date
        and fct_reviews.product_key is not null
        and fct_reviews.rating is not null
    group by fct_reviews.product_key, cast(fct_reviews.rating as string)

),

-- A line that came back in two parts for one reason came back once.
refunds as (

    select
        fct_refund_lines.product_key,
        coalesce(fct_refunds.refund_reason, 'unknown') as feedback_value,
        count(distinct fct_refund_lines.order_line_key) as feedback_count
    from {{ ref('fct_refund_lines') }} as fct_refund_lines
    inner join {{ ref('fct_refunds') }} as fct_refunds
        on fct_refund_lines.refund_key = fct_refunds.refund_key
    {{ until_as_of_date('fct_refund_lines.booked_date') }}
    where
        fct_refund_lines.booked_date > dim_as_of_date.since_date
        and fct_refund_lines.product_key is not null
    group by fct_refund_lines.product_key, coalesce(fct_refunds.refund_reason, 'unknown')

),

tickets as (

    select
        fct_tickets.product_key,
        coalesce(fct_tickets.topic, 'unknown') as feedback_value,
        count(*) as feedback_count
    from {{ ref('fct_tickets') }} as fct_tickets
    {{ until_as_of_date('fct_tickets.opened_date') }}
    where
        fct_tickets.opened_date > dim_as_of_date.since_date
        and fct_tickets.product_key is not null
    group by fct_tickets.product_key, coalesce(fct_tickets.topic, 'unknown')

),

-- Of how many: reviews of the product, or lines sold of it.
told as (

    select
        product_key,
        'rating' as feedback_kind,
        feedback_value,
        feedback_count,
        sum(feedback_count) over (partition by product_key) as base_count
    from reviews
    {% for kind, relation in [('refund_reason', 'refunds'), ('ticket_topic', 'tickets')] -%}
    union all
    select
        {{ relation }}.product_key,
        '{{ kind }}' as feedback_kind,
        {{ relation }}.feedback_value,
        {{ relation }}.feedback_count,
        coalesce(sold.line_count, 0) as base_count
    from {{ relation }}
    left join sold
        on {{ relation }}.product_key = sold.product_key
    {% endfor %}
),

bases as (

    select
        (select sum(line_count) from sold) as line_count,
        (select sum(feedback_count) from reviews) as review_count

),

compared as (

    select
        told.*,
        sum(told.feedback_count) over (
            partition by told.feedback_kind, told.feedback_value
        ) - told.feedback_count as other_feedback_count,
        case when told.feedback_kind = 'rating' then bases.review_count else bases.line_count end
        - told.base_count as other_base_count
    from told
    cross join bases

),

final as (

    select
        product_key,
        feedback_kind,
        feedback_value,
        cast(feedback_count as bigint) as feedback_count,
        cast(base_count as bigint) as base_count,
        {{ ratio('feedback_count', 'base_count') }} as rate,
        {{ ratio('other_feedback_count', 'other_base_count') }} as other_rate,
        {% set shares = [
            'feedback_count', 'base_count', 'other_feedback_count', 'other_base_count'
        ] -%}
        {{ share_ratio(*shares) }} as rate_ratio,
        {{ is_more_than_chance(
            'feedback_count',
            'base_count * other_feedback_count / nullif(cast(other_base_count as double), 0)'
        ) }} as is_more_than_chance
    from compared

)

select * from final
