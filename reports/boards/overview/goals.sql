-- One row per goal of the as-of date's month, the brand's first; its metrics also without a goal.
select
    metric_code as metric,
    coalesce(
        shop_name, platform_name, goal_tracking.shop_id, goal_tracking.platform_code, 'brand'
    ) as scope,
    coalesce(
        shop_name, platform_name_zh, goal_tracking.shop_id, goal_tracking.platform_code
    ) as scope_zh,
    coalesce(status_reason, status) as state,
    actual_value as reached,
    goal_value as goal,
    expected_value as expected,
    projected_value as at_end,
    case metric_code when 'revenue' then 'money' when 'refund_rate' then 'rate' else 'count' end
        as unit
from thematic.goal_tracking
inner join subject.dim_as_of_date
    on goal_tracking.month_date = date_trunc('month', dim_as_of_date.as_of_date)
left join subject.dim_platforms on goal_tracking.platform_code = dim_platforms.platform_code
left join subject.dim_shops on goal_tracking.shop_key = dim_shops.shop_key
order by
    goal_tracking.platform_code is not null,
    goal_tracking.platform_code,
    goal_tracking.shop_id nulls first,
    case metric_code
        when 'revenue' then 1 when 'orders' then 2 when 'new_customers' then 3 else 4
    end
