-- The brand's metrics of the current month have a row also where nobody set a goal.

{% set metrics = ['revenue', 'orders', 'new_customers', 'refund_rate'] %}

with

goals as (

    select * from {{ ref('goals') }}

),

dim_as_of_date as (

    select
        as_of_date,
        cast(date_trunc('month', as_of_date) as date) as as_of_month_date
    from {{ ref('dim_as_of_date') }}

),

metrics as (

    {% for metric in metrics -%}
    select '{{ metric }}' as metric_code
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

without_goal as (

    select
        dim_as_of_date.as_of_month_date as month_date,
        metrics.metric_code
    from dim_as_of_date
    cross join metrics
    left join goals
        on
            dim_as_of_date.as_of_month_date = goals.month_date
            and metrics.metric_code = goals.metric_code
            and goals.platform_code is null
    where goals.metric_code is null

),

listed as (

    select
        month_date,
        platform_code,
        shop_id,
        metric_code,
        goal_value
    from goals
    union all
    select
        month_date,
        cast(null as {{ dbt.type_string() }}) as platform_code,
        cast(null as {{ dbt.type_string() }}) as shop_id,
        metric_code,
        cast(null as decimal(28, 4)) as goal_value
    from without_goal

),

-- A platform is known by its shops.
scopes as (

    select
        platform_code,
        shop_id,
        shop_key
    from {{ ref('dim_shops') }}
    where shop_id is not null
    union all
    select distinct
        platform_code,
        cast(null as {{ dbt.type_string() }}) as shop_id,
        cast(null as {{ dbt.type_string() }}) as shop_key
    from {{ ref('dim_shops') }}

),

final as (

    select
        listed.month_date,
        listed.platform_code,
        listed.shop_id,
        scopes.shop_key,
        listed.metric_code,
        listed.goal_value,
        listed.platform_code is null or scopes.platform_code is not null as is_scope_known,
        cast(extract(day from last_day(listed.month_date)) as integer) as month_days,
        cast(greatest(0, least(
            {{ dbt.datediff('listed.month_date', 'dim_as_of_date.as_of_date', 'day') }} + 1,
            extract(day from last_day(listed.month_date))
        )) as integer) as passed_days
    from listed
    cross join dim_as_of_date
    left join scopes
        on
            listed.platform_code = scopes.platform_code
            and coalesce(listed.shop_id, '') = coalesce(scopes.shop_id, '')

)

select * from final
