-- Amounts add up; a cost that is not known makes its margins null. Discounts are taken off one by
-- one, and what others settle of them is added again.

{% set sums = [
    'gross', 'seller_discount', 'platform_discount', 'partner_discount', 'points_discount',
    'settled_discount', 'revenue', 'refund', 'refunded_since',
] %}
{% set places = [
    'freight', 'packing', 'insurance', 'commission', 'service_fee', 'payment_fee', 'advertising',
    'partner_commission', 'apart',
] %}
{% set before_cm2 = places[:6] %}
{% set counts = ['line_count', 'uncosted_line_count', 'unit_count', 'gift_unit_count'] %}
{% set keys = ['shop_key', 'channel', 'product_key', 'month_date', 'currency_code'] %}

with

margin_lines as (

    select * from {{ ref('margin_lines') }}

),

margin_unassigned as (

    select * from {{ ref('margin_unassigned') }}

),

of_lines as (

    select
        count(*) as line_count,
        count(case when cost_amount is null then 1 end) as uncosted_line_count,
        sum(quantity) as unit_count,
        sum(case when is_gift then quantity else 0 end) as gift_unit_count,
        sum(cost_amount) as cost_amount,
        sum(case when is_gift then cost_amount else 0 end) as gift_cost_amount,
        {% for name in sums + places -%}
        sum({{ name }}_amount) as {{ name }}_amount,
        {% endfor -%}
        {{ keys | join(', ') }}
    from margin_lines
    group by {{ keys | join(', ') }}
    union all
    select
        {% for name in counts + ['cost_amount', 'gift_cost_amount'] -%}
        0 as {{ name }},
        {% endfor -%}
        {% for name in sums -%}
        0 as {{ name }}_amount,
        {% endfor -%}
        {% for place in places -%}
        sum(case when waterfall_place = '{{ place }}' then fee_amount else 0 end)
            as {{ place }}_amount,
        {% endfor -%}
        {{ keys | join(', ') }}
    from margin_unassigned
    group by {{ keys | join(', ') }}

),

summed as (

    select
        {% for name in counts -%}
        cast(sum({{ name }}) as bigint) as {{ name }},
        {% endfor -%}
        {{ money_total('case when sum(uncosted_line_count) = 0 then sum(cost_amount) end') }}
            as cost_amount,
        {{ money_total('sum(coalesce(gift_cost_amount, 0))') }} as gift_cost_amount,
        {% for name in sums + places -%}
        {{ money_total('sum(' ~ name ~ '_amount)') }} as {{ name }}_amount,
        {% endfor -%}
        {{ keys | join(', ') }}
    from of_lines
    group by {{ keys | join(', ') }}

),

margins as (

    select
        *,
        gross_amount - seller_discount_amount - platform_discount_amount
        - partner_discount_amount - points_discount_amount as paid_amount,
        revenue_amount - refund_amount as net_revenue_amount,
        revenue_amount - refund_amount - cost_amount as cm1_amount,
        {{ before_cm2 | join('_amount + ') }}_amount as cm2_cost_amount
    from summed

),

final as (

    select
        {{ keys | join(', ') }},
        {{ counts | join(', ') }},
        {% for name in [
            'gross', 'seller_discount', 'platform_discount', 'partner_discount',
            'points_discount', 'paid', 'settled_discount', 'revenue', 'refund', 'net_revenue',
            'cost', 'cm1',
        ] + before_cm2 -%}
        {{ money_total(name ~ '_amount') }} as {{ name }}_amount,
        {% endfor -%}
        {{ money_total('cm1_amount - cm2_cost_amount') }} as cm2_amount,
        advertising_amount,
        partner_commission_amount,
        {{ money_total(
            'cm1_amount - cm2_cost_amount - advertising_amount - partner_commission_amount'
        ) }} as cm3_amount,
        apart_amount,
        gift_cost_amount,
        {{ money_total('net_revenue_amount + refunded_since_amount') }} as as_first_told_amount,
        refunded_since_amount
    from margins

)

select * from final
