with

orders as (

    select * from {{ ref('int_orders_localized') }}

),

order_counts as (

    select
        order_currency_code,
        count(*) as order_count
    from orders
    group by order_currency_code

),

most_used as (

    select
        max_by(
            order_currency_code, lpad(cast(order_count as string), 20, '0') || order_currency_code
        ) as currency_code
    from order_counts

),

final as (

    select
        coalesce(
            {{ text_setting('reporting_currency') }},
            currency_code,
            '{{ var("default_currency") }}'
        ) as currency_code
    from most_used

)

select * from final
