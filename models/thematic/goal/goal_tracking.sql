-- What is to be reached by now has the shape of the same month a year ago, if it was sold in from
-- its first day; else of the three months before; else of the days passed. A refund rate is to be
-- at most its goal, on every day.

with

goal_sums as (

    select * from {{ ref('goal_sums') }}

),

based as (

    select
        *,
        metric_code = 'refund_rate' as is_at_most,
        passed_days = month_days as is_over,
        case
            when metric_code = 'refund_rate' or passed_days = 0 then null
            when first_day <= year_ago_date and year_ago_value > 0 then 'year_ago'
            when first_day <= quarter_date and quarter_value > 0 then 'months_before'
            else 'days_passed'
        end as expected_basis,
        case
            when not is_scope_known then 'no_such_shop'
            when passed_days = 0 then 'not_begun'
            when first_day is null or first_day > last_day(month_date) then 'nothing_sold'
            when metric_code = 'new_customers' and buyer_count = 0 then 'no_buyers_named'
            when month_value is null then 'no_exchange_rate'
            when metric_code = 'refund_rate' and month_revenue_base_amount = 0 then 'nothing_sold'
        end as lacking
    from goal_sums

),

shaped as (

    select
        *,
        case
            when expected_basis = 'year_ago'
                then {{ quotient('year_ago_by_now_value', 'year_ago_value', 4) }}
            when expected_basis = 'months_before'
                then {{ quotient('quarter_by_now_value', 'quarter_value', 4) }}
            when expected_basis = 'days_passed'
                then {{ quotient('passed_days', 'month_days', 4) }}
        end as expected_share
    from based

),

valued as (

    select
        *,
        case when is_at_most then goal_value * month_revenue_base_amount else goal_value end
            as goal_amount,
        case
            when lacking is not null then null
            when is_at_most then {{ ratio('month_value', 'month_revenue_base_amount') }}
            else month_value
        end as actual_value,
        case when is_at_most then goal_value else goal_value * expected_share end as expected_value
    from shaped

),

judged as (

    select
        *,
        case
            when goal_value is null then 'no_goal'
            when lacking = 'not_begun' then 'not_begun'
            when lacking is not null then 'unknown'
            when is_at_most and month_value > goal_amount
                then case when is_over then 'missed' else 'behind' end
            when is_at_most then case when is_over then 'met' else 'on_track' end
            when month_value >= goal_amount then 'met'
            when is_over then 'missed'
            when month_value >= expected_value then 'on_track'
            else 'behind'
        end as status
    from valued

),

final as (

    select
        month_date,
        metric_code,
        platform_code,
        shop_id,
        shop_key,
        passed_days,
        is_over,
        cast(goal_value as decimal(28, 4)) as goal_value,
        cast(actual_value as decimal(28, 6)) as actual_value,
        case when lacking is null then {{ ratio('month_value', 'goal_amount') }} end as goal_share,
        expected_basis,
        cast(expected_share as decimal(18, 4)) as expected_share,
        cast(expected_value as decimal(28, 4)) as expected_value,
        cast(
            case
                when lacking is not null or is_over or is_at_most then actual_value
                else {{ quotient('month_value', 'expected_share', 4) }}
            end as decimal(28, 6)
        ) as projected_value,
        status,
        case
            when goal_value is null then 'no_goal'
            when lacking <> 'not_begun' then lacking
        end as status_reason
    from judged

)

select * from final
