-- A step's amount is that of the step before and its causes; a step that no file tells of is null.
-- Steps do not add up with each other, months do.

{% set causes = [
    'not_paid', 'not_due', 'refunded', 'subsidy', 'fee', 'moved', 'other_period', 'unmatched',
    'unexplained',
] %}
{# Step, the one before, what must be told of the shop, the causes that lie between. #}
{% set steps = [
    ('ordered', none, 'true', []),
    ('paid', 'ordered', 'true', ['not_paid', 'other_period']),
    ('settled', 'paid', 'is_settlement_told', [
        'not_due', 'refunded', 'subsidy', 'fee', 'other_period', 'unmatched', 'unexplained',
    ]),
    ('wallet', 'settled', 'is_settlement_told', [
        'not_due', 'other_period', 'unmatched', 'unexplained',
    ]),
    ('bank', 'wallet', 'is_bank_told', ['not_due', 'moved', 'unexplained']),
] %}

with

money_shop_months as (

    select * from {{ ref('money_shop_months') }}

),

final as (

    {% for step, before, is_told, has_causes in steps -%}
    select
        shop_key,
        month_date,
        currency_code,
        {{ loop.index }} as step_number,
        '{{ step }}' as step_code,
        {{ 'cast(null as decimal(28, 4))' if before is none
            else 'case when ' ~ is_told ~ ' then ' ~ before ~ '_amount end' }}
            as previous_amount,
        {% for cause in causes -%}
        case
            when {{ is_told }} then {{ step ~ '_' ~ cause ~ '_amount' if cause in has_causes
                else 'cast(0 as decimal(28, 4))' }}
        end as {{ cause }}_amount,
        {% endfor -%}
        case when {{ is_told }} then {{ step }}_amount end as amount
    from money_shop_months
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from final
