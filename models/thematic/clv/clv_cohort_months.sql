-- What the customers of a platform and month of first purchase left in each month since: net
-- revenue and contribution before advertising, in the reporting currency, on any platform.

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

later_refunds as (

    select
        fct_refund_lines.order_key,
        sum(fct_refund_lines.refund_amount) as refund_amount
    from {{ ref('fct_refund_lines') }} as fct_refund_lines
    inner join dim_as_of_date
        on fct_refund_lines.booked_date > dim_as_of_date.as_of_date
    group by fct_refund_lines.order_key

),

-- An order of zero has no rate of its own, but what it costs: it takes that of its day's others.
rates as (

    select
        currency_code,
        purchase_date,
        {{ ratio('sum(revenue_base_amount)', 'sum(revenue_amount)') }} as day_rate
    from {{ ref('fct_orders') }}
    where is_valid and revenue_base_amount is not null
    group by currency_code, purchase_date

),

-- What was refunded later is not known yet.
orders as (

    select
        bridge_account_customer.customer_key,
        fct_orders.purchase_date,
        fct_orders.net_revenue_base_amount,
        fct_orders.contribution_amount,
        coalesce(later_refunds.refund_amount, 0) as later_refund_amount,
        coalesce(
            {{ ratio('fct_orders.revenue_base_amount', 'fct_orders.revenue_amount') }},
            rates.day_rate
        ) as base_rate
    from {{ ref('fct_orders') }} as fct_orders
    inner join {{ ref('bridge_account_customer') }} as bridge_account_customer
        on fct_orders.account_key = bridge_account_customer.account_key
    left join later_refunds
        on fct_orders.order_key = later_refunds.order_key
    left join rates
        on
            fct_orders.currency_code = rates.currency_code
            and fct_orders.purchase_date = rates.purchase_date
    {{ until_as_of_date('fct_orders.purchase_date') }}
    where fct_orders.is_valid

),

later_orders as (

    select
        clv_first_orders.platform_code,
        clv_first_orders.cohort_month,
        {{ dbt.datediff('clv_first_orders.cohort_month', 'orders.purchase_date', 'month') }}
            as months_since_first,
        orders.net_revenue_base_amount
        + {{ to_base('orders.later_refund_amount', 'orders.base_rate') }}
            as net_revenue_base_amount,
        {{ to_base(
            '(orders.contribution_amount + orders.later_refund_amount)', 'orders.base_rate'
        ) }} as contribution_base_amount
    from {{ ref('clv_first_orders') }} as clv_first_orders
    inner join orders
        on clv_first_orders.customer_key = orders.customer_key

),

months as (

    select
        platform_code,
        cohort_month,
        cast(months_since_first as integer) as months_since_first,
        sum(coalesce(net_revenue_base_amount, 0)) as net_revenue_amount,
        sum(coalesce(contribution_base_amount, 0)) as contribution_amount,
        count(case when contribution_base_amount is null then 1 end) as unvalued_order_count
    from later_orders
    group by platform_code, cohort_month, cast(months_since_first as integer)

),

final as (

    select
        platform_code,
        cohort_month,
        months_since_first,
        cast(unvalued_order_count as bigint) as unvalued_order_count,
        {{ money_total('net_revenue_amount') }} as net_revenue_amount,
        {{ money_total('contribution_amount') }} as contribution_amount,
        {{ money_total(
            'sum(contribution_amount) over (partition by platform_code, cohort_month'
            ~ ' order by months_since_first)'
        ) }} as contribution_so_far_amount
    from months

)

select * from final
