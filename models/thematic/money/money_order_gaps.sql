-- What an order never got, or got too much, counts in the month of its payment (in the wallet: of
-- its first line on a statement); what came in another month adds up to zero over its months.

{% set gaps = [
    ('paid_not_paid', 'case when is_paid then 0 else -ordered_amount end'),
    ('paid_other_period', 'case when is_paid then paid_amount - ordered_amount else 0 end'),
    ('settled_not_due',
        'case when has_goods_settled then 0 else never_settled_amount - short_amount end'),
    ('settled_refunded', 'settled_refund_amount - never_settled_amount'),
    ('settled_subsidy', 'settled_subsidy_amount'),
    ('settled_fee', 'settled_fee_amount'),
    ('settled_other_period',
        'case when is_paid then settled_goods_amount - paid_amount + short_amount else 0 end'),
    ('settled_unmatched', 'case when is_paid then 0 else settled_goods_amount end'),
    ('settled_unexplained', 'settled_unexplained_amount'
        ~ ' + case when has_goods_settled then never_settled_amount - short_amount else 0 end'),
    ('wallet_not_due', 'case when has_only_statements then -settled_amount else 0 end'),
    ('wallet_other_period', 'case when is_in_both then wallet_amount - settled_amount'
        ~ ' - case when is_first_settled_month then order_wallet_gap_amount else 0 end else 0 end'),
    ('wallet_unmatched', 'case when is_in_both or has_only_statements then 0'
        ~ ' else wallet_amount - settled_amount end'),
    ('wallet_unexplained', 'case when is_in_both and is_first_settled_month'
        ~ ' then order_wallet_gap_amount else 0 end'),
] %}

with

money_order_months as (

    select
        *,
        settled_goods_amount + settled_subsidy_amount + settled_refund_amount
        + settled_fee_amount + settled_unexplained_amount as settled_amount
    from {{ ref('money_order_months') }}

),

totalled as (

    select
        *,
        max(case when is_paid_month then 1 else 0 end) over of_order = 1 as is_paid,
        sum(paid_amount) over of_order as order_paid_amount,
        sum(settled_goods_amount) over of_order as order_goods_amount,
        sum(refunded_amount + settled_refund_amount) over of_order as order_open_refund_amount,
        sum(wallet_amount - settled_amount) over of_order as order_wallet_gap_amount,
        sum(settled_line_count) over of_order as order_settled_line_count,
        sum(wallet_line_count) over of_order as order_wallet_line_count,
        min(case when settled_line_count > 0 then month_date end) over of_order
            as first_settled_month_date
    from money_order_months
    window of_order as (partition by shop_key, order_key, currency_code)

),

judged as (

    select
        *,
        case when is_paid_month then order_paid_amount - order_goods_amount else 0 end
            as short_amount,
        order_key is not null and order_goods_amount <> 0 as has_goods_settled,
        month_date = first_settled_month_date as is_first_settled_month,
        order_key is not null and order_settled_line_count > 0 and order_wallet_line_count > 0
            as is_in_both,
        order_key is not null and order_wallet_line_count = 0 as has_only_statements
    from totalled

),

-- A refund that no statement takes back was taken before it paid out.
refunded as (

    select
        *,
        case
            when is_paid_month
                then least(greatest(short_amount, 0), greatest(order_open_refund_amount, 0))
            else 0
        end as never_settled_amount
    from judged

),

final as (

    select
        {% for gap, amount in gaps -%}
        {{ money_total(amount) }} as {{ gap }}_amount,
        {% endfor -%}
        shop_key,
        order_key,
        month_date,
        currency_code
    from refunded

)

select * from final
