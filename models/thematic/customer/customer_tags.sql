-- What is true of a customer, with the value and the limit that say so: the rules are the rows of
-- the seed customer_tag_rules, a tag is given from its limit on.

with

dim_as_of_date as (

    select
        as_of_date,
        cast({{ dbt.dateadd('day', -90, 'as_of_date') }} as date) as quarter_before_date,
        cast(
            extract(month from {{ dbt.dateadd('day', 1, 'as_of_date') }}) as integer
        ) as month_of_tomorrow
    from {{ ref('dim_as_of_date') }}

),

accounts as (

    select * from {{ ref('bridge_account_customer') }}

),

-- fct_orders tells all refunds, later ones too.
refunded_orders as (

    select fct_refund_lines.order_key
    from {{ ref('fct_refund_lines') }} as fct_refund_lines
    {{ until_as_of_date('fct_refund_lines.booked_date') }}
    group by fct_refund_lines.order_key
    having sum(fct_refund_lines.refund_amount) > 0

),

refunds as (

    select
        accounts.customer_key,
        count(*) as order_count,
        count(refunded_orders.order_key) as refunded_count,
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
        coalesce(
            {{ local_date(
                'fct_tickets.closed_at',
                "coalesce(dim_shops.time_zone, '" ~ var('default_time_zone') ~ "')",
            ) }} <= dim_as_of_date.as_of_date, false
        ) as is_closed,
        fct_tickets.closed_at is null as is_open,
        fct_tickets.opened_date > dim_as_of_date.quarter_before_date as is_recent,
        fct_tickets.csat_score
    from {{ ref('fct_tickets') }} as fct_tickets
    inner join accounts
        on fct_tickets.account_key = accounts.account_key
    left join {{ ref('dim_shops') }} as dim_shops
        on fct_tickets.shop_key = dim_shops.shop_key
    {{ until_as_of_date('fct_tickets.opened_date') }}

),

tickets as (

    select
        customer_key,
        5 - min(case when is_recent and (is_closed or is_open) then csat_score end)
            as missing_stars,
        count(case when not is_closed then 1 end) as open_count
    from tickets_then
    group by customer_key

),

{%- set measures = [
    ('high_value', 'monetary_score', ref('rfm_customers'), none),
    ('core', 'year_purchase_days', ref('customer_tiers'), none),
    ('key_account', '1', ref('key_accounts'), none),
    ('key_account_due', 'days_past_due', ref('key_accounts'), none),
    ('new', '1', ref('lifecycle_customers'), "stage = 'new'"),
    ('festival_only', 'festival_rate', ref('customer_tiers'), 'purchase_days >= 2'),
    ('multi_platform', 'platform_count', 'refunds', none),
    ('overdue', 'overdue_days', ref('repurchase_customers'), none),
    (
        'slipping', 'days_since_last_purchase', ref('lifecycle_customers'),
        "stage in ('cooling', 'dormant')",
    ),
    ('probably_gone', '1 - alive_rate', ref('clv_customers'), none),
    (
        'returns_often', 'cast(refunded_count as double) / order_count', 'refunds',
        'order_count >= 3',
    ),
    ('unhappy', 'missing_stars', 'tickets', none),
    ('waiting', 'open_count', 'tickets', none),
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
