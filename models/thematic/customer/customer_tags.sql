-- What is true of a customer, with the value and the limit that say so: the rules are the rows of
-- the seed customer_tag_rules, a tag is given from its limit on.

with

dim_as_of_date as (

    select
        cast(
            extract(month from {{ dbt.dateadd('day', 1, 'as_of_date') }}) as integer
        ) as month_of_tomorrow
    from {{ ref('dim_as_of_date') }}

),

{%- set measures = [
    ('high_value', 'monetary_score', ref('rfm_customers'), none),
    ('core', '1', ref('customer_tiers'), "tier = 'core'"),
    ('key_account', '1', ref('key_accounts'), none),
    ('key_account_due', 'days_past_due', ref('key_accounts'), none),
    ('new', '1', ref('lifecycle_customers'), "stage = 'new'"),
    ('festival_only', 'festival_rate', ref('customer_tiers'), 'purchase_days >= 2'),
    ('multi_platform', 'platform_count', ref('customer_totals'), none),
    ('overdue', 'overdue_days', ref('repurchase_customers'), none),
    (
        'slipping', 'days_since_last_purchase', ref('lifecycle_customers'),
        "stage in ('cooling', 'dormant')",
    ),
    ('probably_gone', '1 - alive_rate', ref('clv_customers'), none),
    (
        'returns_often', 'cast(refunded_order_count as double) / order_count',
        ref('customer_totals'), 'order_count >= 3',
    ),
    ('unhappy', '5 - lowest_csat_score', ref('customer_totals'), none),
    ('waiting', 'open_ticket_count', ref('customer_totals'), none),
] %}

measured as (

    {% for tag, value, relation, condition in measures -%}
    select
        customer_key,
        '{{ tag }}' as tag_code,
        cast({{ value }} as decimal(18, 4)) as measured_value
    from {{ relation }}
    {% if condition %}where {{ condition }}
    {% endif -%}
    union all
    {% endfor -%}
    select
        dim_customers.customer_key,
        'birthday_month' as tag_code,
        cast(1 as decimal(18, 4)) as measured_value
    from {{ ref('dim_customers') }} as dim_customers
    inner join {{ ref('customer_tiers') }} as customer_tiers
        on dim_customers.customer_key = customer_tiers.customer_key
    inner join dim_as_of_date
        on dim_customers.birth_month = dim_as_of_date.month_of_tomorrow

),

final as (

    select
        measured.customer_key,
        rules.tag_code,
        rules.tag_name,
        rules.tag_name_zh,
        rules.measured as rule_text,
        measured.measured_value,
        rules.limit_value
    from measured
    inner join {{ ref('customer_tag_rules') }} as rules
        on
            measured.tag_code = rules.tag_code
            and measured.measured_value >= rules.limit_value

)

select * from final
