-- Days compare by the part of their month that has passed, so that a last day is the whole month.
-- A goal whose shops sold nothing has a row as well.

with

goal_days as (

    select * from {{ ref('goal_days') }}

),

goal_months as (

    select
        *,
        cast({{ dbt.dateadd('month', -12, 'month_date') }} as date) as year_ago_date,
        cast({{ dbt.dateadd('month', -3, 'month_date') }} as date) as quarter_date
    from {{ ref('goal_months') }}

),

matched as (

    select
        goal_months.*,
        goal_days.date_day,
        goal_days.buyer_count,
        goal_days.revenue_base_amount,
        case
            when goal_months.metric_code = 'revenue' then goal_days.revenue_base_amount
            when goal_months.metric_code = 'orders' then goal_days.order_count
            when goal_months.metric_code = 'new_customers' then goal_days.new_customer_count
            when goal_days.revenue_base_amount is not null then goal_days.refund_base_amount
        end as day_value,
        date_trunc('month', goal_days.date_day) = goal_months.month_date as is_month,
        date_trunc('month', goal_days.date_day) = goal_months.year_ago_date as is_year_ago,
        goal_days.date_day >= goal_months.quarter_date
        and goal_days.date_day < goal_months.month_date as is_quarter,
        extract(day from goal_days.date_day) * goal_months.month_days
        <= goal_months.passed_days * extract(day from last_day(goal_days.date_day)) as is_by_now
    from goal_months
    left join goal_days
        on
            (
                goal_months.platform_code is null
                or goal_months.platform_code = goal_days.platform_code
            )
            and (goal_months.shop_id is null or goal_months.shop_id = goal_days.shop_id)

),

final as (

    select
        month_date,
        platform_code,
        shop_id,
        shop_key,
        metric_code,
        goal_value,
        is_scope_known,
        month_days,
        passed_days,
        year_ago_date,
        quarter_date,
        {% for value, days in [
            ('month_value', 'is_month'),
            ('year_ago_value', 'is_year_ago'),
            ('year_ago_by_now_value', 'is_year_ago and is_by_now'),
            ('quarter_value', 'is_quarter'),
            ('quarter_by_now_value', 'is_quarter and is_by_now'),
        ] -%}
        cast(
            case
                when count(case when {{ days }} and day_value is null then 1 end) = 0
                    then coalesce(sum(case when {{ days }} then day_value end), 0)
            end as decimal(28, 4)
        ) as {{ value }},
        {% endfor -%}
        cast(sum(case when is_month then revenue_base_amount end) as decimal(28, 4))
            as month_revenue_base_amount,
        cast(coalesce(sum(buyer_count), 0) as bigint) as buyer_count,
        min(date_day) as first_day
    from matched
    group by
        month_date, platform_code, shop_id, shop_key, metric_code, goal_value, is_scope_known,
        month_days, passed_days, year_ago_date, quarter_date

)

select * from final
