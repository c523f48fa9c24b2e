-- Orders and tickets of each customer as they were known on the as-of date: what was refunded,
-- closed or rated later is not.

with

accounts as (

    select * from {{ ref('bridge_account_customer') }}

),

dim_as_of_date as (

    select
        as_of_date,
        cast({{ dbt.dateadd('day', -90, 'as_of_date') }} as date) as quarter_before_date
    from {{ ref('dim_as_of_date') }}

),

refunded_orders as (

    select fct_refund_lines.order_key
    from {{ ref('fct_refund_lines') }} as fct_refund_lines
    {{ until_as_of_date('fct_refund_lines.booked_date') }}
    group by fct_refund_lines.order_key
    having sum(fct_refund_lines.refund_amount) > 0

),

orders as (

    select
        accounts.customer_key,
        count(*) as order_count,
        count(refunded_orders.order_key) as refunded_order_count,
        count(distinct fct_orders.platform_code) as platform_count
    from {{ ref('fct_orders') }} as fct_orders
    inner join accounts
        on fct_orders.account_key = accounts.account_key
    left join refunded_orders
        on fct_orders.order_key = refunded_orders.order_key
    {{ until_as_of_date('fct_orders.purchase_date') }}
    where fct_orders.is_valid
    group by accounts.customer_key

),

-- A ticket that was closed later was still open, and its stars were not given yet.
tickets_then as (

    select
        accounts.customer_key,
        fct_tickets.opened_date,
        coalesce(
            {{ local_date(
                'fct_tickets.closed_at',
                "coalesce(dim_shops.time_zone, '" ~ var('default_time_zone') ~ "')",
            ) }} <= dim_as_of_date.as_of_date, false
        ) as is_closed,
        fct_tickets.opened_date > dim_as_of_date.quarter_before_date as is_recent,
        fct_tickets.closed_at,
        fct_tickets.csat_score
    from {{ ref('fct_tickets') }} as fct_tickets
    inner join accounts
        on fct_tickets.account_key = accounts.account_key
    left join {{ ref('dim_shops') }} as dim_shops
        on fct_tickets.shop_key = dim_shops.shop_key
    {{ until_as_of_date('fct_tickets.opened_date') }}

),

rated as (

    select
        *,
        case when is_closed or closed_at is null then csat_score end as known_score
    from tickets_then

),

tickets as (

    select
        customer_key,
        count(*) as ticket_count,
        count(case when not is_closed then 1 end) as open_ticket_count,
        max(opened_date) as last_ticket_date,
        {{ ratio('sum(known_score)', 'count(known_score)') }} as csat_mean,
        min(case when is_recent then known_score end) as lowest_csat_score
    from rated
    group by customer_key

),

final as (

    select
        coalesce(orders.customer_key, tickets.customer_key) as customer_key,
        cast(coalesce(orders.order_count, 0) as bigint) as order_count,
        cast(coalesce(orders.refunded_order_count, 0) as bigint) as refunded_order_count,
        cast(coalesce(orders.platform_count, 0) as integer) as platform_count,
        cast(coalesce(tickets.ticket_count, 0) as bigint) as ticket_count,
        cast(coalesce(tickets.open_ticket_count, 0) as bigint) as open_ticket_count,
        tickets.last_ticket_date,
        tickets.csat_mean,
        cast(tickets.lowest_csat_score as integer) as lowest_csat_score
    from orders
    full join tickets
        on orders.customer_key = tickets.customer_key

)

select * from final
