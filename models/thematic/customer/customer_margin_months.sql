-- What is earned with customers on the day of their first purchase, and with those who came back.
-- Amounts add up; a cost that is not known makes the margins null.

{%- set fees = [
    'freight', 'packing', 'insurance', 'commission', 'service_fee', 'payment_fee',
] %}

with

margin_lines as (

    select * from {{ ref('margin_lines') }}

),

fct_order_lines as (

    select * from {{ ref('fct_order_lines') }}

),

fct_orders as (

    select * from {{ ref('fct_orders') }}

),

bridge_account_customer as (

    select * from {{ ref('bridge_account_customer') }}

),

first_purchases as (

    select
        customer_key,
        purchase_date as first_purchase_date
    from {{ ref('purchase_occasions') }}
    where purchase_number = 1

),

lines as (

    select
        margin_lines.*,
        fct_order_lines.order_key,
        first_purchases.customer_key,
        case
            when first_purchases.customer_key is null then 'unknown'
            when fct_order_lines.purchase_date = first_purchases.first_purchase_date then 'new'
            else 'returning'
        end as buyer_kind
    from margin_lines
    inner join fct_order_lines
        on margin_lines.order_line_key = fct_order_lines.order_line_key
    inner join fct_orders
        on fct_order_lines.order_key = fct_orders.order_key
    left join bridge_account_customer
        on fct_orders.account_key = bridge_account_customer.account_key
    left join first_purchases
        on bridge_account_customer.customer_key = first_purchases.customer_key

),

summed as (

    select
        month_date,
        currency_code,
        buyer_kind,
        count(distinct customer_key) as customer_count,
        count(distinct order_key) as order_count,
        sum(quantity) as unit_count,
        count(case when cost_amount is null then 1 end) as uncosted_line_count,
        {{ money_total('sum(revenue_amount)') }} as revenue_amount,
        {{ money_total('sum(refund_amount)') }} as refund_amount,
        {{ money_total('sum(cost_amount)') }} as known_cost_amount,
        {{ money_total('sum(' ~ fees | join('_amount + ') ~ '_amount)') }} as fee_amount
    from lines
    group by month_date, currency_code, buyer_kind

),

margins as (

    select
        *,
        {{ money_total('revenue_amount - refund_amount') }} as net_revenue_amount,
        case
            when uncosted_line_count = 0
                then {{ money_total('revenue_amount - refund_amount - known_cost_amount') }}
        end as cm1_amount
    from summed

),

final as (

    select
        month_date,
        currency_code,
        buyer_kind,
        cast(customer_count as bigint) as customer_count,
        cast(order_count as bigint) as order_count,
        cast(unit_count as bigint) as unit_count,
        cast(uncosted_line_count as bigint) as uncosted_line_count,
        revenue_amount,
        refund_amount,
        net_revenue_amount,
        cm1_amount,
        {{ money_total('cm1_amount - fee_amount') }} as cm2_amount,
        {{ ratio('cm1_amount', 'net_revenue_amount') }} as cm1_rate,
        {{ ratio('cm1_amount - fee_amount', 'net_revenue_amount') }} as cm2_rate
    from margins

)

select * from final
